import { askFor } from '../dialogs/key-requests.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'

/** The bot's keyboard below the composer. It can be put away and brought back; a one-time one goes when pressed. */
export class ReplyKeyboard {
  #chat
  #message
  #hidden = new Set()

  constructor(store, session, composer) {
    this.store = store
    this.session = session
    this.composer = composer
    this.element = h('div', { class: 'reply-keyboard', hidden: true, role: 'group' })
  }

  show(chat) {
    this.#chat = chat
    this.#message = undefined
  }

  get #keyboard() {
    return this.store.chats.get(this.#chat)?.reply_keyboard
  }

  /** A keyboard has just come: it is open, and a forced reply is begun. */
  opened() {
    this.#hidden.delete(this.#chat)
    const keyboard = this.#keyboard
    if (keyboard?.type === 'force_reply') {
      const message = this.store.timeline(this.#chat).find(keyboard.message)
      if (message) this.composer.replyTo(message)
    }
    this.refresh()
  }

  toggle() {
    if (this.#hidden.has(this.#chat)) this.#hidden.delete(this.#chat)
    else this.#hidden.add(this.#chat)
    this.refresh()
  }

  refresh() {
    const keyboard = this.#keyboard
    const usable = keyboard?.type === 'keyboard'
    const open = usable && !this.#hidden.has(this.#chat)
    this.element.hidden = !open
    this.element.setAttribute('aria-label', t('keyboard'))
    this.composer.keyboardButton.hidden = !usable
    this.composer.keyboardButton.setAttribute('aria-expanded', String(open))
    const identity = usable ? JSON.stringify(keyboard) : ''
    if (identity === this.#message) return
    this.#message = identity
    this.element.classList.toggle('tall', usable && !keyboard.resize)
    this.element.replaceChildren(...(usable ? keyboard.rows : []).map((buttons, row) =>
      h('div', { class: 'keyboard-row' }, buttons.map((button, column) =>
        h('button', { type: 'button', class: `reply-button${button.style ? ` style-${button.style}` : ''}`,
          onclick: () => this.#press(button, row, column) }, button.text)))))
  }

  async #press(button, row, column) {
    const keyboard = this.#keyboard
    const chat = this.#chat
    if (button.kind === 'web_app') return this.composer.openApp({ chat, message: keyboard.message, row, column })
    const given = await askFor(button, this.store)
    if (!given) return undefined
    if (keyboard.one_time) this.#hidden.add(chat)
    this.refresh()
    const result = button.kind === 'text'
      ? { message: await this.session.send(chat, { text: button.text, reply_to: this.store.chat?.type === 'private' ? undefined : keyboard.message }) }
      : await this.session.press(chat, keyboard.message, row, column, given)
    if (result?.message) this.store.putMessage(chat, result.message)
    return undefined
  }
}
