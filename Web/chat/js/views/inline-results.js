import { fileURL } from '../api.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'

const PAUSE = 300

/** Answers of an inline bot to "@bot question", above the composer. */
export class InlineResults {
  #query
  #timer
  #asked

  constructor(store, session, composer) {
    this.store = store
    this.session = session
    this.composer = composer
    this.element = h('div', { class: 'popup inline-results', hidden: true })
    store.on('inline', (answer) => { if (answer.query === this.#query) this.#show(answer) })
  }

  typed(text) {
    const match = /^@(\w+)\s(.*)$/s.exec(text)
    const bot = match && [...this.store.users.values()].find((user) => user.bot && user.username?.toLowerCase() === match[1].toLowerCase())
    if (!bot) return this.close()
    const asked = `${bot.id} ${match[2]}`
    if (asked === this.#asked) return undefined
    this.#asked = asked
    clearTimeout(this.#timer)
    this.#timer = setTimeout(async () => {
      const answer = await this.session.inline(bot.id, match[2], this.store.selected)
      if (asked === this.#asked) this.#query = answer?.query
    }, PAUSE)
    return undefined
  }

  close() {
    clearTimeout(this.#timer)
    this.#asked = undefined
    this.#query = undefined
    this.element.hidden = true
  }

  #show({ query, results, button }) {
    this.element.hidden = false
    this.element.replaceChildren(
      button ? h('button', { type: 'button', class: 'popup-item', onclick: () => this.composer.setText(button.start ? `/start ${button.start}` : '') }, button.text) : '',
      ...results.map((result) => h('button', { type: 'button', class: 'popup-item', onclick: () => {
        this.composer.setText('')
        this.close()
        this.session.chooseInline(query, result.id, this.store.selected)
      } },
      result.thumb ? h('img', { class: 'inline-thumb', alt: '', src: result.thumb.includes('/') ? result.thumb : fileURL(result.thumb) }) : null,
      h('span', { class: 'inline-text' }, h('span', { class: 'command' }, result.title ?? result.type),
        h('span', { class: 'command-text' }, result.description ?? result.text ?? '')))),
      results.length === 0 && !button ? h('p', { class: 'nothing' }, t('nothingFound')) : '')
  }

  key(event) {
    if (this.element.hidden || event.key !== 'Escape') return false
    this.close()
    event.preventDefault()
    event.stopPropagation()
    return true
  }
}
