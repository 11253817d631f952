import { avatar } from '../avatar.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'

/** The bots' commands above the composer: all of them from the menu button, or those that begin as what is typed. */
export class CommandList {
  #all = []
  #shown = []
  #at = 0
  #generation = 0
  menu

  constructor(store, session, composer) {
    this.store = store
    this.session = session
    this.composer = composer
    this.element = h('div', { class: 'popup commands', role: 'listbox', id: 'commands', hidden: true })
    store.on('chat', (id) => { if (id === this.chat) this.#reloadSoon() })
  }

  get available() {
    return this.#all.length > 0
  }

  forget() {
    this.#all = []
    this.menu = undefined
    this.close()
  }

  async load(chat) {
    this.chat = chat
    const generation = ++this.#generation
    const answer = await this.session.commands(chat)
    if (generation !== this.#generation) return
    this.#all = answer.commands
    this.menu = answer.menu
    this.composer.refresh()
  }

  #timer

  /** Commands may have changed with the chat; many changes ask once. */
  #reloadSoon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.load(this.chat), 250)
  }

  toggle() {
    if (!this.element.hidden) return this.close()
    this.#show(this.#all)
    return this.composer.focus()
  }

  suggest(text) {
    const match = /^\/(\w*)$/.exec(text)
    if (!match) return this.close()
    return this.#show(this.#all.filter(({ command }) => command.startsWith(match[1].toLowerCase())))
  }

  close() {
    this.element.hidden = true
    this.#shown = []
    for (const name of ['aria-activedescendant', 'aria-controls']) this.composer.input?.removeAttribute(name)
  }

  #show(commands) {
    this.#shown = commands
    this.#at = 0
    this.element.hidden = commands.length === 0
    this.element.setAttribute('aria-label', t('botMenu'))
    this.composer.input.setAttribute('aria-controls', 'commands')
    const group = this.store.chat?.type !== 'private'
    this.element.replaceChildren(...commands.map(({ command, description, bot }, index) =>
      h('button', { type: 'button', class: 'popup-item', role: 'option', id: `command-${index}`, tabindex: -1,
        onpointermove: () => this.#mark(index), onclick: () => this.#choose(index) },
      bot ? avatar(bot.id, bot.name, 'xs') : null,
      h('span', { class: 'command' }, `/${command}`, group && bot?.username ? h('span', { class: 'command-bot' }, `@${bot.username}`) : null),
      h('span', { class: 'command-text' }, description))))
    this.#mark(0)
  }

  #mark(index) {
    this.#at = index
    ;[...this.element.children].forEach((child, each) => child.setAttribute('aria-selected', String(each === index)))
    this.element.children[index]?.scrollIntoView({ block: 'nearest' })
    this.composer.input.setAttribute('aria-activedescendant', `command-${index}`)
  }

  #choose(index) {
    const { command, bot } = this.#shown[index]
    const several = new Set(this.#all.map((each) => each.bot?.id)).size > 1 || this.store.chat.type !== 'private'
    this.close()
    this.composer.setText('')
    this.session.send(this.chat, { text: `/${command}${several && bot?.username ? `@${bot.username}` : ''}` })
  }

  /** Takes a key of the composer; true where it was for the list. */
  key(event) {
    if (this.element.hidden) return false
    const count = this.#shown.length
    if (event.key === 'ArrowDown') this.#mark((this.#at + 1) % count)
    else if (event.key === 'ArrowUp') this.#mark((this.#at + count - 1) % count)
    else if (event.key === 'Enter' && !event.shiftKey) this.#choose(this.#at)
    else if (event.key === 'Tab') {
      const { command } = this.#shown[this.#at]
      this.close()
      this.composer.setText(`/${command} `)
    } else if (event.key === 'Escape') {
      this.close()
      event.stopPropagation()
    } else return false
    event.preventDefault()
    return true
  }
}
