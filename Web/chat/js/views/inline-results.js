import { fileURL } from '../api.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'

const PAUSE = 300
/** How near to the end of what is shown, in pixels, the next results are asked for. */
const NEAR = 80

/** Answers of an inline bot to "@bot question", above the composer; more come as the end is scrolled to. */
export class InlineResults {
  #bot
  #question
  #query
  #early
  #timer
  #asked
  #next
  #at = -1

  constructor(store, session, composer) {
    this.store = store
    this.session = session
    this.composer = composer
    this.element = h('div', { class: 'popup inline-results', hidden: true, role: 'listbox', id: 'inline-results', onscroll: () => this.#scrolled() })
    store.on('inline', (answer) => {
      // A quick bot answers before the question itself is confirmed.
      if (answer.query === this.#query) this.#show(answer)
      else this.#early = answer
    })
  }

  typed(text) {
    const match = /^@(\w+)\s(.*)$/s.exec(text)
    const bot = match && [...this.store.users.values()].find((user) => user.bot && user.username?.toLowerCase() === match[1].toLowerCase())
    if (!bot) return this.close()
    const asked = `${bot.id} ${match[2]}`
    if (asked === this.#asked) return undefined
    this.#asked = asked
    this.#bot = bot.id
    this.#question = match[2]
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ask(), PAUSE)
    return undefined
  }

  async #ask(offset) {
    const asked = this.#asked
    const answer = await this.session.inline(this.#bot, this.#question, this.store.selected, offset)
    if (!answer || asked !== this.#asked) return
    this.#query = answer.query
    this.isMore = offset !== undefined
    if (this.#early?.query === answer.query) this.#show(this.#early)
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.element
    if (this.#next === undefined || scrollHeight - scrollTop - clientHeight > NEAR) return
    const offset = this.#next
    this.#next = undefined
    void this.#ask(offset)
  }

  close() {
    clearTimeout(this.#timer)
    this.#asked = undefined
    this.#query = undefined
    this.#next = undefined
    this.element.hidden = true
    if (this.composer.input?.getAttribute('aria-controls') !== this.element.id) return
    for (const name of ['aria-activedescendant', 'aria-controls']) this.composer.input.removeAttribute(name)
  }

  #show({ query, results, button, next_offset: next }) {
    this.#early = undefined
    this.element.hidden = false
    this.element.setAttribute('aria-label', t('inlineResults'))
    this.composer.input.setAttribute('aria-controls', this.element.id)
    const items = results.map((result) => this.#item(query, result))
    if (this.isMore) {
      this.element.append(...items)
    } else {
      this.element.replaceChildren(...(button ? [this.#button(query, button)] : []), ...items,
        ...(results.length === 0 && !button ? [h('p', { class: 'nothing', role: 'option', 'aria-disabled': 'true' }, t('nothingFound'))] : []))
      this.element.scrollTop = 0
      this.#mark(-1)
    }
    // A page that is empty or short of the list's height would never be scrolled.
    this.#next = results.length ? next : undefined
    if (!this.isMore) requestAnimationFrame(() => this.#scrolled())
  }

  #button(query, button) {
    return h('button', { type: 'button', class: 'popup-item inline-switch', role: 'option', tabindex: -1, onclick: () => {
      this.close()
      this.composer.setText('')
      if (button.url) this.composer.openApp({ query })
      else this.composer.startBot(this.#bot, button.start)
    } }, button.text)
  }

  #item(query, result) {
    const name = result.title ?? t(`media_${result.type}`)
    return h('button', { type: 'button', class: 'popup-item', role: 'option', tabindex: -1, onclick: () => {
      this.composer.setText('')
      this.close()
      void this.session.chooseInline(query, result.id, this.store.selected)
    } }, thumb(result.thumb, name),
    h('span', { class: 'inline-text' }, h('span', { class: 'command' }, name),
      h('span', { class: 'command-text' }, result.description ?? result.text ?? '')))
  }

  #mark(index) {
    const items = [...this.element.querySelectorAll('button')]
    this.#at = Math.max(-1, Math.min(index, items.length - 1))
    items.forEach((item, each) => {
      item.id = `inline-result-${each}`
      item.setAttribute('aria-selected', String(each === this.#at))
    })
    if (this.#at < 0) this.composer.input.removeAttribute('aria-activedescendant')
    else this.composer.input.setAttribute('aria-activedescendant', `inline-result-${this.#at}`)
    items[this.#at]?.scrollIntoView({ block: 'nearest' })
  }

  /** Takes a key of the composer; true where it was for the list. */
  key(event) {
    if (this.element.hidden) return false
    if (event.key === 'Escape') this.close()
    else if (event.key === 'ArrowDown') this.#mark(this.#at + 1)
    else if (event.key === 'ArrowUp' && this.#at > 0) this.#mark(this.#at - 1)
    else if (event.key === 'Enter' && !event.shiftKey && this.#at >= 0) this.element.querySelectorAll('button')[this.#at].click()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
}

/** A picture that this server has; the page loads nothing from other hosts, for which the first letter stands in. */
function thumb(source, name) {
  if (source && !source.includes('/')) return h('img', { class: 'inline-thumb', alt: '', src: fileURL(source) })
  return h('span', { class: 'inline-thumb letter', 'aria-hidden': 'true' }, [...name][0] ?? '')
}
