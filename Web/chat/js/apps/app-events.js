import { confirmDialog, field, openDialog } from '../dialog.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'
import { confirmLink, linkTarget } from '../links.js'
import { payLink } from '../dialogs/payment.js'
import { toast } from '../toast.js'
import { clearAll, keep, kept } from './device-storage.js'
import { themeParams } from './theme.js'

const NOWHERE = { top: 0, bottom: 0, left: 0, right: 0 }

/** A question whose answer an app awaits; what is shut counts as no. */
function ask(title, text, label) {
  return new Promise((resolve) => {
    openDialog({ title, body: h('p', {}, text), onclose: () => resolve(false),
      actions: [{ label: t('cancel') }, { label, primary: true, run: () => resolve(true) }] })
  })
}

/** What this page has no part for is answered at once, so that no app waits for ever. */
const unsupported = (eventType, eventData) => (app) => app.send(eventType, eventData)

/** What apps ask for, by the name of the event (core.telegram.org/api/web-events). */
const handlers = {
  iframe_ready: (app) => {
    app.element.classList.add('speaking')
    app.sendViewport()
  },
  web_app_ready: (app) => app.element.classList.add('ready'),
  web_app_expand: (app) => app.expand(),
  web_app_close: (app) => app.close(),
  web_app_request_theme: (app) => app.send('theme_changed', { theme_params: themeParams() }),
  web_app_request_viewport: (app) => app.sendViewport(),
  web_app_request_safe_area: (app) => app.send('safe_area_changed', NOWHERE),
  web_app_request_content_safe_area: (app) => app.send('content_safe_area_changed', NOWHERE),
  web_app_request_fullscreen: (app) => app.setFullscreen(true),
  web_app_exit_fullscreen: (app) => app.setFullscreen(false),
  web_app_setup_main_button: (app, data) => app.setButton('main', data),
  web_app_setup_secondary_button: (app, data) => app.setButton('secondary', data),
  web_app_setup_back_button: (app, data) => app.setBack(Boolean(data.is_visible)),
  web_app_setup_settings_button: (app, data) => { app.settingsVisible = Boolean(data.is_visible) },
  web_app_setup_closing_behavior: (app, data) => { app.needsConfirmation = Boolean(data.need_confirmation) },
  web_app_set_background_color: (app, data) => app.setColor('frame', data),
  web_app_set_header_color: (app, data) => app.setColor('head', data),
  web_app_set_bottom_bar_color: (app, data) => app.setColor('foot', data),
  web_app_trigger_haptic_feedback: (app, data) => {
    app.element.dataset.haptic = [data.type, data.impact_style ?? data.notification_type].filter(Boolean).join(' ')
    app.element.classList.remove('shaken')
    void app.element.offsetWidth
    app.element.classList.add('shaken')
  },
  web_app_data_send: async (app, data) => {
    if (await app.session.sendAppData(app.launch.app, String(data.data ?? ''))) app.close()
  },
  web_app_open_link: (app, data) => confirmLink(String(data.url ?? '')),
  web_app_open_tg_link: (app, data) => app.actions.openLink(`https://t.me${data.path_full ?? ''}`),
  web_app_open_invoice: async (app, data) => {
    const status = await payLink(String(data.slug ?? ''), app.session)
    app.send('invoice_closed', { slug: data.slug, status })
  },
  web_app_open_popup: (app, data) => popup(app, data),
  web_app_open_scan_qr_popup: (app, data) => scan(app, data),
  web_app_close_scan_qr_popup: (app) => app.scanner?.close(),
  web_app_read_text_from_clipboard: async (app, data) => {
    // Where the browser does not give it, the app is told so by an answer without a text.
    const text = await navigator.clipboard.readText().catch(() => null)
    app.send('clipboard_text_received', { req_id: data.req_id, data: text })
  },
  web_app_request_write_access: async (app) => {
    const allowed = await ask(app.launch.title, t('appWriteAccess', { name: app.launch.title }), t('allow'))
      && await app.session.allowApp(app.launch.app)
    app.send('write_access_requested', { status: allowed ? 'allowed' : 'cancelled' })
  },
  web_app_request_phone: async (app) => {
    const shared = await ask(app.launch.title, t('appPhone', { name: app.launch.title }), t('share'))
      && await app.session.shareAppContact(app.launch.app)
    app.contact = shared?.response
    app.send('phone_requested', { status: shared ? 'sent' : 'cancelled' })
  },
  web_app_invoke_custom_method: async (app, data) => {
    const { req_id: id, method, params } = data
    if (method === 'getRequestedContact') {
      app.send('custom_method_invoked', { req_id: id, result: app.contact ?? '' })
      return
    }
    const answered = await app.session.invokeApp(app.launch.app, method, params)
    app.send('custom_method_invoked', { req_id: id, ...answered })
  },
  web_app_switch_inline_query: (app, data) => {
    app.close()
    app.actions.switchInline(app.launch.bot, String(data.query ?? ''), data.chat_types)
  },
  web_app_send_prepared_message: async (app, data) => {
    const error = await app.actions.sharePrepared(String(data.id ?? ''))
    if (error) app.send('prepared_message_failed', { error })
    else app.send('prepared_message_sent')
  },
  web_app_request_file_download: async (app, data) => {
    const target = linkTarget(String(data.url ?? ''))
    const allowed = target && await ask(app.launch.title, t('downloadFile', { name: data.file_name, size: target }), t('download'))
    app.send('file_download_requested', { status: allowed ? 'downloading' : 'cancelled' })
    if (allowed) window.open(target, '_blank', 'noopener,noreferrer')
  },
  web_app_device_storage_save_key: (app, data) => store(app, 'device_storage', data),
  web_app_device_storage_get_key: (app, data) =>
    app.send('device_storage_key_received', { req_id: data.req_id, value: kept(app, 'device_storage', data.key) }),
  web_app_device_storage_clear: (app, data) => {
    clearAll(app, 'device_storage')
    app.send('device_storage_cleared', { req_id: data.req_id })
  },
  web_app_secure_storage_save_key: (app, data) => store(app, 'secure_storage', data),
  web_app_secure_storage_get_key: (app, data) =>
    app.send('secure_storage_key_received', { req_id: data.req_id, value: kept(app, 'secure_storage', data.key), can_restore: false }),
  web_app_secure_storage_restore_key: (app, data) =>
    app.send('secure_storage_failed', { req_id: data.req_id, error: 'RESTORE_UNAVAILABLE' }),
  web_app_secure_storage_clear: (app, data) => {
    clearAll(app, 'secure_storage')
    app.send('secure_storage_cleared', { req_id: data.req_id })
  },
  web_app_share_to_story: () => toast(t('appUnsupported')),
  web_app_check_home_screen: unsupported('home_screen_checked', { status: 'unsupported' }),
  web_app_add_to_home_screen: unsupported('home_screen_failed', { error: 'UNSUPPORTED' }),
  web_app_set_emoji_status: unsupported('emoji_status_failed', { error: 'SERVER_ERROR' }),
  web_app_request_emoji_status_access: unsupported('emoji_status_access_requested', { status: 'cancelled' }),
  web_app_biometry_get_info: unsupported('biometry_info_received', { available: false }),
  web_app_check_location: unsupported('location_checked', { available: false }),
  web_app_request_location: unsupported('location_requested', { available: false }),
  web_app_start_accelerometer: unsupported('accelerometer_failed', { error: 'UNSUPPORTED' }),
  web_app_start_gyroscope: unsupported('gyroscope_failed', { error: 'UNSUPPORTED' }),
  web_app_start_device_orientation: unsupported('device_orientation_failed', { error: 'UNSUPPORTED' }),
}

export function answer(app, eventType, eventData) {
  return Object.hasOwn(handlers, eventType) ? handlers[eventType](app, eventData) : undefined
}

function store(app, kind, { req_id: id, key, value }) {
  keep(app, kind, String(key ?? ''), value)
  app.send(`${kind}_key_saved`, { req_id: id })
}

const LABELS = { ok: 'ok', close: 'close', cancel: 'cancel' }

/** A message with one to three buttons; shutting it is told with no button. */
function popup(app, { title, message, buttons = [] }) {
  let chosen = {}
  openDialog({ title: title || app.launch.title, body: h('p', { class: 'alert-text' }, String(message ?? '')), className: 'alert',
    onclose: () => app.send('popup_closed', chosen),
    actions: buttons.slice(0, 3).map(({ id, type, text }, index) => ({
      label: LABELS[type] ? t(LABELS[type]) : text, primary: index === 0, danger: type === 'destructive',
      run: () => { chosen = { button_id: id ?? '' } } })) })
}

/** There is no camera here: what the code says is typed. */
function scan(app, { text }) {
  app.scanner?.close()
  const input = h('input', { required: true, autocomplete: 'off' })
  app.scanner = openDialog({ title: t('appScan'), body: [text ? h('p', {}, text) : null, field(t('appScanText'), input)],
    onclose: () => {
      app.scanner = undefined
      app.send('scan_qr_popup_closed')
    },
    actions: [{ label: t('ok'), primary: true, run: () => {
      app.send('qr_text_received', { data: input.value })
      return false
    } }] })
}
