import { h, icon, iconButton } from '../dom.js'
import { confirmDialog } from '../dialog.js'
import { keepFocus } from '../focus.js'
import { t } from '../i18n.js'
import { openMenu } from '../menu.js'
import { answer } from './app-events.js'
import { onTheme, themeParams } from './theme.js'

let open

/** The Mini App that is open, if one is. */
export const openedApp = () => open

/**
 * A Mini App or a game in a frame beside the chat. It and the page speak by messages, as with Telegram's own web
 * client: `{eventType, eventData}` as JSON in both directions.
 */
export class AppWindow {
  isExpanded = false
  isFullscreen = false
  needsConfirmation = false
  settingsVisible = false

  /** `launch` is `{url, bot, title, app}`; `app` is absent for a game. `actions` are what the conversation can do. */
  constructor(launch, { store, session, actions }) {
    open?.close()
    open = this
    this.restoreFocus = keepFocus()
    Object.assign(this, { launch, store, session, actions })
    this.frame = h('iframe', { class: 'app-frame', src: launch.url, title: launch.title,
      sandbox: 'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals',
      allow: 'clipboard-write; fullscreen', referrerpolicy: 'no-referrer' })
    this.leave = iconButton('close', t('close'), () => (this.#back ? this.send('back_button_pressed') : this.askToClose()))
    this.more = iconButton('more', t('menu'), () => this.#menu())
    this.head = h('header', { class: 'app-head' }, this.leave, h('span', { class: 'app-title' }, launch.title), this.more)
    this.secondary = this.#button('secondary')
    this.main = this.#button('main')
    this.foot = h('footer', { class: 'app-foot', hidden: true }, this.secondary, this.main)
    this.element = h('section', { class: 'app-window', role: 'dialog', 'aria-label': launch.title,
      onkeydown: (event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        this.askToClose()
      } }, this.head, this.frame, this.foot)
    document.querySelector('.app').append(this.element)
    this.listener = (event) => this.#received(event)
    addEventListener('message', this.listener)
    this.endTheme = onTheme(() => this.send('theme_changed', { theme_params: themeParams() }))
    this.observer = new ResizeObserver(() => this.sendViewport())
    this.observer.observe(this.frame)
    this.frame.focus()
  }

  #button(kind) {
    return h('button', { type: 'button', class: `app-button ${kind}`, hidden: true, onclick: () => this.send(`${kind}_button_pressed`) })
  }

  /** Tells the app something. */
  send(eventType, eventData = null) {
    this.frame.contentWindow?.postMessage(JSON.stringify({ eventType, eventData }), '*')
  }

  sendViewport() {
    const { clientWidth: width, clientHeight: height } = this.frame
    this.send('viewport_changed', { width, height, is_expanded: this.isExpanded, is_state_stable: true })
  }

  #received(event) {
    if (event.source !== this.frame.contentWindow || typeof event.data !== 'string') return
    let message
    try {
      message = JSON.parse(event.data)
    } catch {
      return
    }
    if (typeof message?.eventType === 'string') answer(this, message.eventType, message.eventData ?? {})
  }

  expand() {
    this.isExpanded = true
    this.element.classList.add('expanded')
    this.sendViewport()
  }

  setFullscreen(on) {
    if (on === this.isFullscreen) return this.send('fullscreen_failed', { error: 'ALREADY_FULLSCREEN' })
    this.isFullscreen = on
    this.element.classList.toggle('fullscreen', on)
    return this.send('fullscreen_changed', { is_fullscreen: on })
  }

  #back = false

  setBack(visible) {
    this.#back = visible
    this.leave.replaceChildren(icon(visible ? 'back' : 'close'))
    this.leave.setAttribute('aria-label', t(visible ? 'back' : 'close'))
    this.leave.title = t(visible ? 'back' : 'close')
  }

  /** What the app says of its main or its secondary button; what it leaves out stays. */
  setButton(kind, { is_visible: visible, is_active: active, is_progress_visible: busy, text, color, text_color: ink, position, has_shine_effect: shine }) {
    const button = this[kind]
    if (text !== undefined) button.textContent = text
    if (visible !== undefined) button.hidden = !visible || button.textContent.trim() === ''
    if (active !== undefined) button.disabled = !active
    if (busy !== undefined) button.toggleAttribute('aria-busy', busy)
    if (shine !== undefined) button.classList.toggle('shine', shine)
    if (isColor(color)) button.style.background = color
    if (isColor(ink)) button.style.color = ink
    if (position) this.foot.dataset.position = position
    this.foot.hidden = this.main.hidden && this.secondary.hidden
  }

  setColor(part, { color, color_key: key }) {
    const value = key ? themeParams()[key] : color
    if (isColor(value)) (part === 'frame' ? this.frame : this[part]).style.background = value
  }

  #menu() {
    openMenu(this.more, [
      this.settingsVisible ? { icon: 'filter', label: t('appSettings'), run: () => this.send('settings_button_pressed') } : null,
      { icon: 'shuffle', label: t('appReload'), run: () => { this.frame.src = this.launch.url } },
      { icon: 'close', label: t('close'), danger: true, run: () => this.askToClose() },
    ], { label: t('menu') })
  }

  askToClose() {
    if (!this.needsConfirmation) return this.close()
    return confirmDialog(this.launch.title, t('appCloseQuestion'), t('close'), () => this.close())
  }

  close() {
    removeEventListener('message', this.listener)
    this.observer.disconnect()
    this.endTheme()
    const hadFocus = this.element.contains(document.activeElement) || document.activeElement === document.body
    this.element.remove()
    if (hadFocus) this.restoreFocus()
    if (open === this) open = undefined
    if (this.launch.app) void this.session.closeApp(this.launch.app)
  }
}

const isColor = (text) => typeof text === 'string' && /^#[0-9a-f]{3,8}$/i.test(text)
