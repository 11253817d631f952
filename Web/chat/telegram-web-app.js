/**
 * `window.Telegram.WebApp` for Mini Apps that load it from the simulator. Written from the documentation of the
 * interface (core.telegram.org/bots/webapps), version 9.1; it speaks the protocol of frames, as the service's own
 * script does in a browser, so that either of them can be used.
 */
(() => {
  'use strict'

  const VERSION = '9.1'
  const parameters = Object.fromEntries(new URLSearchParams(readFragment()))

  /** What the app was opened with; kept for when it loads another page of its own. */
  function readFragment() {
    const key = 'quartet.webapp.fragment'
    const fragment = location.hash.slice(1)
    const at = fragment.indexOf('tgWebApp')
    try {
      if (at >= 0) sessionStorage.setItem(key, fragment.slice(at))
      return at >= 0 ? fragment.slice(at) : sessionStorage.getItem(key) ?? ''
    } catch {
      return at >= 0 ? fragment.slice(at) : ''
    }
  }

  // MARK: Messages

  const native = new Map()
  const listeners = new Map()
  const framed = window.parent !== window

  function post(eventType, eventData = null) {
    if (framed) window.parent.postMessage(JSON.stringify({ eventType, eventData }), '*')
  }

  function receive(eventType, eventData) {
    for (const handler of native.get(eventType) ?? []) handler(eventData ?? {})
  }

  const on = (eventType, handler) => native.set(eventType, [...(native.get(eventType) ?? []), handler])

  function emit(name, detail) {
    for (const handler of [...(listeners.get(name) ?? [])]) handler.call(WebApp, detail)
  }

  addEventListener('message', (event) => {
    if (event.source !== window.parent || typeof event.data !== 'string') return
    try {
      const { eventType, eventData } = JSON.parse(event.data)
      receive(eventType, eventData)
    } catch {
      // Not one of ours.
    }
  })

  /** Questions with a number, whose answers come as an event that bears it. */
  const asked = new Map()

  function request(eventType, data, answered) {
    const id = Math.random().toString(36).slice(2)
    asked.set(id, answered)
    post(eventType, { req_id: id, ...data })
  }

  function settle(data) {
    const answered = asked.get(data.req_id)
    asked.delete(data.req_id)
    answered?.(data)
  }

  // MARK: State

  function parseQuery(query) {
    const data = {}
    for (const [name, value] of new URLSearchParams(query)) {
      try {
        data[name] = /^[[{]/.test(value) ? JSON.parse(value) : value
      } catch {
        data[name] = value
      }
    }
    return data
  }

  const initData = parameters.tgWebAppData ?? ''
  const state = {
    theme: {}, expanded: false, height: innerHeight, stableHeight: innerHeight, fullscreen: false, active: true, confirms: false,
    swipes: true, locked: false, header: 'bg_color', background: 'bg_color', bottom: 'bottom_bar_bg_color',
    safe: { top: 0, bottom: 0, left: 0, right: 0 }, contentSafe: { top: 0, bottom: 0, left: 0, right: 0 },
  }

  const colorOf = (value) => state.theme[value] ?? (value.startsWith('#') ? value : '#ffffff')

  function isDark(color) {
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
    return Math.sqrt(0.299 * red * red + 0.587 * green * green + 0.114 * blue * blue) < 120
  }

  function setVariables(values) {
    for (const [name, value] of Object.entries(values)) document.documentElement.style.setProperty(`--tg-${name}`, value)
  }

  function setTheme(theme) {
    state.theme = { ...theme }
    const scheme = theme.bg_color && isDark(theme.bg_color) ? 'dark' : 'light'
    WebApp.colorScheme = scheme
    WebApp.themeParams = state.theme
    setVariables({ 'color-scheme': scheme })
    for (const [name, value] of Object.entries(theme)) setVariables({ [`theme-${name.replaceAll('_', '-')}`]: value })
  }

  function setViewport({ height, is_state_stable: stable, is_expanded: expanded }) {
    if (height !== undefined) state.height = height
    if (stable && height !== undefined) state.stableHeight = height
    if (expanded !== undefined) state.expanded = expanded
    setVariables({ 'viewport-height': `${state.height}px`, 'viewport-stable-height': `${state.stableHeight}px` })
  }

  function setInset(kind, inset) {
    state[kind] = { ...state[kind], ...inset }
    const name = kind === 'safe' ? 'safe-area-inset' : 'content-safe-area-inset'
    for (const [side, value] of Object.entries(state[kind])) setVariables({ [`${name}-${side}`]: `${value}px` })
  }

  // MARK: Parts

  /** For calls that answer the part they were made on: the second argument only runs. */
  const chained = (self) => self

  const BackButton = toggle('web_app_setup_back_button', 'backButtonClicked')
  const SettingsButton = toggle('web_app_setup_settings_button', 'settingsButtonClicked')

  function toggle(eventType, name) {
    let visible = false
    const set = (value) => {
      if (visible !== value) post(eventType, { is_visible: value })
      visible = value
      return button
    }
    const button = {
      get isVisible() { return visible },
      set isVisible(value) { set(Boolean(value)) },
      show: () => set(true),
      hide: () => set(false),
      onClick: (handler) => listen(button, name, handler),
      offClick: (handler) => unlisten(button, name, handler),
    }
    return button
  }

  function listen(self, name, handler) {
    WebApp.onEvent(name, handler)
    return self
  }

  function unlisten(self, name, handler) {
    WebApp.offEvent(name, handler)
    return self
  }

  function bottomButton(type, text, colors) {
    const name = `${type}ButtonClicked`
    const values = { text, isVisible: false, isActive: true, isProgressVisible: false, hasShineEffect: false, position: 'left' }
    const chosen = {}
    const tell = () => post(`web_app_setup_${type}_button`, {
      is_visible: values.isVisible, is_active: values.isActive, is_progress_visible: values.isProgressVisible, text: values.text,
      color: button.color, text_color: button.textColor, has_shine_effect: values.hasShineEffect,
      ...(type === 'secondary' ? { position: values.position } : {}),
    })
    const set = (changes) => {
      for (const [key, value] of Object.entries(changes)) {
        if (value === undefined) continue
        if (key === 'text' && String(value).trim() === '') throw new Error('WebAppBottomButtonParamInvalid')
        if (key === 'color' || key === 'textColor') chosen[key] = value || undefined
        else values[key] = value
      }
      tell()
      return button
    }
    const button = {
      type,
      setText: (value) => set({ text: String(value).trim() }),
      onClick: (handler) => listen(button, name, handler),
      offClick: (handler) => unlisten(button, name, handler),
      show: () => set({ isVisible: true }),
      hide: () => set({ isVisible: false }),
      enable: () => set({ isActive: true }),
      disable: () => set({ isActive: false }),
      showProgress: (leaveActive) => set({ isProgressVisible: true, isActive: Boolean(leaveActive) }),
      hideProgress: () => set({ isProgressVisible: false, isActive: true }),
      setParams: (given) => set({ text: given.text, color: given.color, textColor: given.text_color, isActive: given.is_active,
        isVisible: given.is_visible, hasShineEffect: given.has_shine_effect, position: given.position }),
    }
    for (const key of Object.keys(values)) Object.defineProperty(button, key, { get: () => values[key], set: (value) => set({ [key]: value }), enumerable: true })
    for (const [key, fallback] of Object.entries(colors)) {
      Object.defineProperty(button, key, { get: () => chosen[key] ?? colorOf(fallback), set: (value) => set({ [key]: value }), enumerable: true })
    }
    return button
  }

  const MainButton = bottomButton('main', 'Continue', { color: 'button_color', textColor: 'button_text_color' })
  const SecondaryButton = bottomButton('secondary', 'Cancel', { color: 'bottom_bar_bg_color', textColor: 'button_color' })

  const haptic = (data) => {
    post('web_app_trigger_haptic_feedback', data)
    return HapticFeedback
  }
  const HapticFeedback = {
    impactOccurred: (style) => haptic({ type: 'impact', impact_style: style }),
    notificationOccurred: (type) => haptic({ type: 'notification', notification_type: type }),
    selectionChanged: () => haptic({ type: 'selection_change' }),
  }

  function invoke(method, params, callback) {
    request('web_app_invoke_custom_method', { method, params }, ({ result, error }) => callback?.(error ?? null, error ? undefined : result))
  }
  const CloudStorage = {
    setItem: (key, value, callback) => chained(CloudStorage, invoke('saveStorageValue', { key, value }, callback)),
    getItem: (key, callback) => chained(CloudStorage, invoke('getStorageValues', { keys: [key] }, (error, result) => callback?.(error, result?.[key]))),
    getItems: (keys, callback) => chained(CloudStorage, invoke('getStorageValues', { keys }, callback)),
    removeItem: (key, callback) => chained(CloudStorage, invoke('deleteStorageValues', { keys: [key] }, callback)),
    removeItems: (keys, callback) => chained(CloudStorage, invoke('deleteStorageValues', { keys }, callback)),
    getKeys: (callback) => chained(CloudStorage, invoke('getStorageKeys', {}, callback)),
  }

  function deviceStorage(kind) {
    const ask = (verb, data, callback, read) => chained(storage, request(`web_app_${kind}_${verb}`, data, (answer) =>
      (answer.error ? callback?.(answer.error) : callback?.(null, read(answer), answer.can_restore))))
    const storage = {
      setItem: (key, value, callback) => ask('save_key', { key, value }, callback, () => true),
      getItem: (key, callback) => ask('get_key', { key }, callback, (answer) => answer.value),
      removeItem: (key, callback) => ask('save_key', { key, value: null }, callback, () => true),
      clear: (callback) => ask('clear', {}, callback, () => true),
    }
    for (const suffix of ['key_saved', 'key_received', 'cleared', 'failed']) on(`${kind}_${suffix}`, settle)
    return storage
  }
  const DeviceStorage = deviceStorage('device_storage')
  const SecureStorage = deviceStorage('secure_storage')
  SecureStorage.restoreItem = (key, callback) => chained(SecureStorage, request('web_app_secure_storage_restore_key', { key }, ({ error, value }) => callback?.(error ?? null, value)))

  /** Answers that come one at a time and bear no number. */
  const single = new Map()

  function askOnce(eventType, data, answer, callback) {
    if (single.has(answer)) throw new Error('WebAppRequestPending')
    single.set(answer, callback)
    post(eventType, data)
  }

  function settleOnce(answer, ...given) {
    const callback = single.get(answer)
    single.delete(answer)
    callback?.(...given)
  }

  const BiometricManager = {
    isInited: false, isBiometricAvailable: false, biometricType: 'unknown', isAccessRequested: false, isAccessGranted: false,
    isBiometricTokenSaved: false, deviceId: '',
    init: (callback) => chained(BiometricManager, askOnce('web_app_biometry_get_info', null, 'biometry', callback)),
    requestAccess: (_, callback) => chained(BiometricManager, callback?.(false)),
    authenticate: (_, callback) => chained(BiometricManager, callback?.(false)),
    updateBiometricToken: (_, callback) => chained(BiometricManager, callback?.(false)),
    openSettings: () => BiometricManager,
  }
  on('biometry_info_received', () => {
    BiometricManager.isInited = true
    settleOnce('biometry')
    emit('biometricManagerUpdated')
  })

  const LocationManager = {
    isInited: false, isLocationAvailable: false, isAccessRequested: false, isAccessGranted: false,
    init: (callback) => chained(LocationManager, askOnce('web_app_check_location', null, 'location', callback)),
    getLocation: (callback) => chained(LocationManager, askOnce('web_app_request_location', null, 'place', callback)),
    openSettings: () => LocationManager,
  }
  on('location_checked', () => {
    LocationManager.isInited = true
    settleOnce('location')
    emit('locationManagerUpdated')
  })
  on('location_requested', (data) => settleOnce('place', data.available ? data : null))

  function sensor(eventType, name) {
    const device = { isStarted: false, x: null, y: null, z: null,
      start: (given, callback) => {
        on(`${eventType}_failed`, ({ error }) => {
          callback?.(false)
          emit(`${name}Failed`, { error })
        })
        post(`web_app_start_${eventType}`, given ?? {})
        return device
      },
      stop: (callback) => {
        post(`web_app_stop_${eventType}`)
        callback?.(true)
        return device
      } }
    return device
  }

  // MARK: The app

  function color(part, key, eventType) {
    return {
      get: () => colorOf(state[part]),
      set: (value) => {
        state[part] = value
        post(eventType, key && value in state.theme ? { color_key: value } : { color: colorOf(value) })
      },
      enumerable: true,
    }
  }

  const WebApp = {
    initData, initDataUnsafe: parseQuery(initData), version: parameters.tgWebAppVersion ?? VERSION,
    platform: parameters.tgWebAppPlatform ?? 'unknown', colorScheme: 'light', themeParams: {},
    BackButton, SettingsButton, MainButton, SecondaryButton, HapticFeedback, CloudStorage, DeviceStorage, SecureStorage, BiometricManager,
    LocationManager, Accelerometer: sensor('accelerometer', 'accelerometer'), Gyroscope: sensor('gyroscope', 'gyroscope'),
    DeviceOrientation: sensor('device_orientation', 'deviceOrientation'),
    get isExpanded() { return state.expanded },
    get viewportHeight() { return state.height },
    get viewportStableHeight() { return state.stableHeight },
    get isFullscreen() { return state.fullscreen },
    get isActive() { return state.active },
    get isOrientationLocked() { return state.locked },
    get safeAreaInset() { return state.safe },
    get contentSafeAreaInset() { return state.contentSafe },
    get isClosingConfirmationEnabled() { return state.confirms },
    set isClosingConfirmationEnabled(value) {
      state.confirms = Boolean(value)
      post('web_app_setup_closing_behavior', { need_confirmation: state.confirms })
    },
    get isVerticalSwipesEnabled() { return state.swipes },
    set isVerticalSwipesEnabled(value) {
      state.swipes = Boolean(value)
      post('web_app_setup_swipe_behavior', { allow_vertical_swipe: state.swipes })
    },

    isVersionAtLeast: (wanted) => {
      const [have, need] = [WebApp.version, String(wanted)].map((text) => text.split('.').map(Number))
      for (let at = 0; at < Math.max(have.length, need.length); at += 1) {
        if ((have[at] ?? 0) !== (need[at] ?? 0)) return (have[at] ?? 0) > (need[at] ?? 0)
      }
      return true
    },
    onEvent: (name, handler) => listeners.set(name, [...(listeners.get(name) ?? []).filter((each) => each !== handler), handler]),
    offEvent: (name, handler) => listeners.set(name, (listeners.get(name) ?? []).filter((each) => each !== handler)),

    ready: () => post('web_app_ready'),
    expand: () => post('web_app_expand'),
    close: (options) => post('web_app_close', options?.return_back ? { return_back: true } : null),
    requestFullscreen: () => post('web_app_request_fullscreen'),
    exitFullscreen: () => post('web_app_exit_fullscreen'),
    lockOrientation: () => {
      state.locked = true
      post('web_app_toggle_orientation_lock', { locked: true })
    },
    unlockOrientation: () => {
      state.locked = false
      post('web_app_toggle_orientation_lock', { locked: false })
    },
    hideKeyboard: () => post('web_app_hide_keyboard'),
    setHeaderColor: (value) => { WebApp.headerColor = value },
    setBackgroundColor: (value) => { WebApp.backgroundColor = value },
    setBottomBarColor: (value) => { WebApp.bottomBarColor = value },
    enableClosingConfirmation: () => { WebApp.isClosingConfirmationEnabled = true },
    disableClosingConfirmation: () => { WebApp.isClosingConfirmationEnabled = false },
    enableVerticalSwipes: () => { WebApp.isVerticalSwipesEnabled = true },
    disableVerticalSwipes: () => { WebApp.isVerticalSwipesEnabled = false },

    sendData: (data) => {
      const size = new TextEncoder().encode(data ?? '').length
      if (size === 0 || size > 4096) throw new Error('WebAppDataInvalid')
      post('web_app_data_send', { data })
    },
    switchInlineQuery: (query, types = []) => {
      if (!parameters.tgWebAppBotInline) throw new Error('WebAppInlineModeDisabled')
      post('web_app_switch_inline_query', { query, chat_types: types })
    },
    openLink: (url, options = {}) => post('web_app_open_link', { url: new URL(url, location.href).href, ...options }),
    openTelegramLink: (url) => {
      const link = new URL(url, location.href)
      if (link.hostname !== 't.me' && link.hostname !== 'telegram.me') throw new Error('WebAppTgUrlInvalid')
      post('web_app_open_tg_link', { path_full: link.pathname + link.search })
    },
    openInvoice: (url, callback) => {
      const match = /^https?:\/\/(?:t\.me|telegram\.me)\/(?:\$|invoice\/)([A-Za-z0-9\-_=]+)$/.exec(url)
      if (!match) throw new Error('WebAppInvoiceUrlInvalid')
      askOnce('web_app_open_invoice', { slug: match[1] }, `invoice ${match[1]}`, callback)
    },
    shareToStory: (media, given = {}) => post('web_app_share_to_story', { media_url: media, ...given }),
    shareMessage: (id, callback) => askOnce('web_app_send_prepared_message', { id }, 'prepared', callback),
    downloadFile: ({ url, file_name: name }, callback) =>
      askOnce('web_app_request_file_download', { url, file_name: name }, 'download', callback),
    addToHomeScreen: () => post('web_app_add_to_home_screen'),
    checkHomeScreenStatus: (callback) => askOnce('web_app_check_home_screen', null, 'home', callback),
    setEmojiStatus: (id, given = {}, callback) => askOnce('web_app_set_emoji_status', { custom_emoji_id: id, ...given }, 'emoji', callback),
    requestEmojiStatusAccess: (callback) => askOnce('web_app_request_emoji_status_access', null, 'emojiAccess', callback),
    requestWriteAccess: (callback) => askOnce('web_app_request_write_access', null, 'write', callback),
    requestContact: (callback) => askOnce('web_app_request_phone', null, 'phone', callback),
    readTextFromClipboard: (callback) => request('web_app_read_text_from_clipboard', {}, ({ data }) => {
      callback?.(data ?? null)
      emit('clipboardTextReceived', { data: data ?? null })
    }),

    showPopup: (given, callback) => {
      const buttons = given.buttons?.length ? given.buttons : [{ id: '', type: 'close' }]
      if (!given.message || given.message.length > 256 || buttons.length > 3) throw new Error('WebAppPopupParamInvalid')
      askOnce('web_app_open_popup', { title: given.title ?? '', message: given.message, buttons: buttons.map((button) =>
        ({ id: button.id ?? '', type: button.type ?? 'default', text: button.text })) }, 'popup', callback)
    },
    showAlert: (message, callback) => WebApp.showPopup({ message }, () => callback?.()),
    showConfirm: (message, callback) => WebApp.showPopup({ message, buttons: [{ type: 'ok', id: 'ok' }, { type: 'cancel' }] },
      (id) => callback?.(id === 'ok')),
    showScanQrPopup: (given, callback) => {
      scan = callback ?? (() => false)
      post('web_app_open_scan_qr_popup', { text: given?.text })
    },
    closeScanQrPopup: () => {
      scan = undefined
      post('web_app_close_scan_qr_popup')
    },
  }
  let scan
  Object.defineProperty(WebApp, 'headerColor', color('header', true, 'web_app_set_header_color'))
  Object.defineProperty(WebApp, 'backgroundColor', color('background', false, 'web_app_set_background_color'))
  Object.defineProperty(WebApp, 'bottomBarColor', color('bottom', false, 'web_app_set_bottom_bar_color'))

  // MARK: What comes

  on('theme_changed', ({ theme_params: theme }) => {
    setTheme(theme)
    emit('themeChanged')
  })
  on('viewport_changed', (data) => {
    setViewport(data)
    emit('viewportChanged', { isStateStable: Boolean(data.is_state_stable) })
  })
  on('safe_area_changed', (inset) => {
    setInset('safe', inset)
    emit('safeAreaChanged')
  })
  on('content_safe_area_changed', (inset) => {
    setInset('contentSafe', inset)
    emit('contentSafeAreaChanged')
  })
  on('visibility_changed', ({ is_visible: visible }) => {
    state.active = visible
    emit(visible ? 'activated' : 'deactivated')
  })
  for (const [eventType, name] of [['main_button_pressed', 'mainButtonClicked'], ['secondary_button_pressed', 'secondaryButtonClicked'],
    ['back_button_pressed', 'backButtonClicked'], ['settings_button_pressed', 'settingsButtonClicked']]) on(eventType, () => emit(name))
  on('popup_closed', ({ button_id: id }) => {
    settleOnce('popup', id ?? null)
    emit('popupClosed', { button_id: id ?? null })
  })
  on('qr_text_received', ({ data }) => {
    emit('qrTextReceived', { data })
    if (scan?.(data) === true) WebApp.closeScanQrPopup()
  })
  on('scan_qr_popup_closed', () => {
    scan = undefined
    emit('scanQrPopupClosed')
  })
  on('invoice_closed', ({ slug, status }) => {
    settleOnce(`invoice ${slug}`, status)
    emit('invoiceClosed', { url: `https://t.me/$${slug}`, status })
  })
  on('write_access_requested', ({ status }) => {
    settleOnce('write', status === 'allowed')
    emit('writeAccessRequested', { status })
  })
  on('phone_requested', ({ status }) => {
    if (status !== 'sent') {
      settleOnce('phone', false, { status })
      emit('contactRequested', { status })
      return
    }
    invoke('getRequestedContact', {}, (_, response) => {
      const answer = { status, response, responseUnsafe: parseQuery(response ?? '') }
      settleOnce('phone', true, answer)
      emit('contactRequested', answer)
    })
  })
  on('prepared_message_sent', () => {
    settleOnce('prepared', true)
    emit('shareMessageSent')
  })
  on('prepared_message_failed', ({ error }) => {
    settleOnce('prepared', false)
    emit('shareMessageFailed', { error })
  })
  on('file_download_requested', ({ status }) => {
    settleOnce('download', status === 'downloading')
    emit('fileDownloadRequested', { status })
  })
  on('home_screen_checked', ({ status }) => {
    settleOnce('home', status)
    emit('homeScreenChecked', { status })
  })
  on('home_screen_failed', ({ error }) => emit('homeScreenFailed', { error }))
  on('emoji_status_failed', ({ error }) => {
    settleOnce('emoji', false)
    emit('emojiStatusFailed', { error })
  })
  on('emoji_status_access_requested', ({ status }) => {
    settleOnce('emojiAccess', status === 'allowed')
    emit('emojiStatusAccessRequested', { status })
  })
  on('fullscreen_changed', ({ is_fullscreen: full }) => {
    state.fullscreen = Boolean(full)
    emit('fullscreenChanged')
  })
  on('fullscreen_failed', ({ error }) => emit('fullscreenFailed', { error }))
  on('custom_method_invoked', settle)
  on('clipboard_text_received', settle)
  on('reload_iframe', () => location.reload())

  // MARK: Start

  const Telegram = window.Telegram ?? (window.Telegram = {})
  Telegram.WebApp = WebApp
  Telegram.WebView = {
    initParams: parameters, isIframe: framed, onEvent: on, offEvent: (name, handler) => native.set(name, (native.get(name) ?? []).filter((each) => each !== handler)),
    postEvent: (eventType, callback, eventData) => {
      post(eventType, eventData)
      callback?.()
    },
    receiveEvent: receive, callEventCallbacks: receive,
  }
  Telegram.Utils = { urlSafeDecode: decodeURIComponent, urlParseQueryString: parseQuery }
  try {
    setTheme(JSON.parse(parameters.tgWebAppThemeParams ?? '{}'))
  } catch {
    setTheme({})
  }
  setViewport({ height: innerHeight, is_state_stable: true })
  setInset('safe', {})
  setInset('contentSafe', {})
  post('iframe_ready', { reload_supported: true })
  post('web_app_request_theme')
  post('web_app_request_viewport')
  post('web_app_request_safe_area')
  post('web_app_request_content_safe_area')
})()
