import { fill, h } from '../dom.js'
import { t } from '../i18n.js'

/** The topics of a forum above its messages: the chosen one is shown, and written into. */
export class TopicBar {
  #drawn = ''

  constructor(store) {
    this.store = store
    this.element = h('div', { class: 'topics', role: 'group', hidden: true })
    store.on('topic', (chat) => { if (chat === store.selected) this.draw() })
  }

  draw() {
    const { chat } = this.store
    const topics = chat?.topics ?? []
    this.element.hidden = topics.length === 0
    const chosen = chat && this.store.topic(chat.id)
    const drawn = JSON.stringify([chat?.id, topics, chosen, document.documentElement.lang])
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.element.setAttribute('aria-label', t('topics'))
    const hadFocus = this.element.contains(document.activeElement)
    fill(this.element, this.#button(undefined, t('allTopics'), chosen),
      ...topics.map((topic) => this.#button(topic.id, `# ${topic.name}`, chosen, topic.closed)))
    if (hadFocus) this.element.querySelector('[aria-pressed=true]')?.focus()
  }

  #button(id, name, chosen, closed) {
    return h('button', { type: 'button', class: 'topic-choice', 'aria-pressed': String(id === chosen),
      'aria-label': closed ? t('closedTopic', { name }) : name,
      onclick: () => this.store.chooseTopic(this.store.selected, id) }, name, closed ? h('span', { class: 'topic-closed', 'aria-hidden': 'true' }, '🔒') : null)
  }
}
