import { fill, h } from './dom.js'
import { t } from './i18n.js'

/**
 * A part of the page with a heading. It is drawn anew only when what it shows has changed, and gives the focus back to
 * the control that had it (by `data-key`).
 */
export class Card {
  #shown

  /** `draw(data)` answers the body's children; `tools` are elements beside the heading. */
  constructor(name, heading, draw, tools = []) {
    this.heading = heading
    this.draw = draw
    this.title = h('h2', { id: `${name}-heading` })
    this.body = h('div', { class: 'card-body' })
    this.element = h('section', { class: `card card-${name}`, 'aria-labelledby': `${name}-heading` },
      h('div', { class: 'card-head' }, this.title, tools), this.body)
  }

  show(data, language) {
    const key = `${language}${JSON.stringify(data)}`
    if (key === this.#shown) return
    this.#shown = key
    this.title.textContent = t(this.heading)
    const focused = this.body.contains(document.activeElement) ? document.activeElement.dataset.key : undefined
    fill(this.body, data === null || data === undefined ? h('p', { class: 'empty' }, t('unreadable')) : this.draw(data))
    if (focused) this.body.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus()
  }

  /** Has the next `show` draw, whatever it shows. */
  forget() {
    this.#shown = undefined
  }
}

export const empty = (text) => h('p', { class: 'empty' }, text)

/** A moment as a `<time>` element. */
export function timeElement(text, iso) {
  return h('time', { datetime: iso }, text)
}
