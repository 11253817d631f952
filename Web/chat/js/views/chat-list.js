import { avatar, chatSign } from '../avatar.js'
import { fill, h, icon, iconButton } from '../dom.js'
import { fullDate, shortDate } from '../format.js'
import { t } from '../i18n.js'
import { spokenSummary, summary } from '../message/summary.js'
import { activityText } from './activity.js'

/** The side panel: who is played, a search field, and the chats, newest first. */
export class ChatList {
  #query = ''
  #rows = new Map()

  constructor(store, { open, openUserMenu }) {
    this.store = store
    this.open = open
    this.list = h('ul', { class: 'chat-rows', onkeydown: (event) => this.#key(event) })
    this.search = h('input', { type: 'search', class: 'search-input', autocomplete: 'off', spellcheck: 'false',
      oninput: () => {
        this.#query = this.search.value.trim().toLocaleLowerCase()
        this.update()
      },
      onkeydown: (event) => {
        if (event.key === 'ArrowDown') this.list.querySelector('button')?.focus()
        else if (event.key === 'Escape' && this.search.value) this.clear()
        else return
        event.preventDefault()
        event.stopPropagation()
      } })
    this.nothing = h('p', { class: 'nothing', hidden: true })
    this.me = h('button', { type: 'button', class: 'me', 'aria-haspopup': 'menu', onclick: () => openUserMenu(this.me) })
    this.head = h('div', { class: 'side-head' }, this.me,
      h('div', { class: 'search' }, icon('search'), this.search))
    this.element = h('nav', { class: 'side' }, this.head, h('div', { class: 'side-scroll' }, this.list, this.nothing))
    store.on('chats', () => this.#later())
    store.on('selected', () => this.#later())
    store.on('activity', () => this.#later())
    store.on('user', () => this.translate())
    this.translate()
  }

  #pending = false

  /** Several changes in one turn are drawn once. */
  #later() {
    if (this.#pending) return
    this.#pending = true
    queueMicrotask(() => {
      this.#pending = false
      this.update()
    })
  }

  clear() {
    this.search.value = ''
    this.#query = ''
    this.update()
  }

  translate() {
    const { user } = this.store
    this.element.setAttribute('aria-label', t('chats'))
    this.search.placeholder = t('search')
    this.search.setAttribute('aria-label', t('search'))
    this.nothing.textContent = t('nothingFound')
    if (user) {
      fill(this.me, avatar(user.id, user.name, 's'))
      this.me.setAttribute('aria-label', t('menuOf', { name: user.name }))
      this.me.title = user.name
    }
    this.#rows.clear()
    this.update()
  }

  update() {
    const chats = this.store.orderedChats.filter((chat) => this.#matches(chat))
    const focused = document.activeElement?.closest?.('.chat-rows li')?.dataset.chat
    const nodes = chats.map((chat) => this.#row(chat))
    const keep = new Set(nodes)
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove()
    nodes.forEach((node, index) => { if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null) })
    if (focused && !this.list.contains(document.activeElement)) this.list.querySelector(`[data-chat="${focused}"] button`)?.focus()
    this.nothing.hidden = chats.length > 0
  }

  #matches(chat) {
    if (!this.#query) return true
    const query = this.#query.replace(/^@/, '')
    return [chat.title, chat.username ?? '', chat.last ? summary(chat.last) : '']
      .some((text) => text.toLocaleLowerCase().includes(query))
  }

  /** A row is drawn anew only when something it shows has changed. */
  #row(chat) {
    const activity = activityText(this.store.activities(chat.id), chat.type !== 'private')
    const draft = this.store.drafts.get(chat.id)?.text.trim()
    const selected = this.store.selected === chat.id
    const facts = [chat.title, chat.last, chat.unread, chat.blocked, activity, selected, selected ? '' : draft, chat.type]
    const known = this.#rows.get(chat.id)
    if (known && known.facts.every((fact, index) => fact === facts[index])) return known.node
    const node = this.#draw(chat, { activity, draft: selected ? '' : draft, selected })
    this.#rows.set(chat.id, { facts, node })
    return node
  }

  #draw(chat, { activity, draft, selected }) {
    const { last } = chat
    const unread = chat.unread > 0
    const label = [chat.title, unread ? t('unread', { n: chat.unread }) : '', last ? spokenSummary(last) : ''].filter(Boolean).join(', ')
    return h('li', { dataset: { chat: chat.id } },
      h('button', { type: 'button', class: `chat-row${selected ? ' selected' : ''}`, 'aria-current': selected ? 'true' : undefined,
        'aria-label': label, onclick: () => this.open(chat.id) },
      avatar(chat.id, chat.title, 'l'),
      h('span', { class: 'chat-text' },
        h('span', { class: 'chat-line' }, chatSign(chat), h('span', { class: 'chat-title' }, chat.title),
          chat.blocked ? icon('block', 'sign') : null,
          last ? h('time', { class: 'chat-time', title: fullDate(last.date) }, shortDate(last.date)) : null),
        h('span', { class: 'chat-line' }, h('span', { class: 'chat-last' }, this.#preview(chat, activity, draft)),
          unread ? h('span', { class: 'count' }, chat.unread) : null))))
  }

  #preview(chat, activity, draft) {
    if (activity) return h('span', { class: 'activity' }, activity)
    if (draft) return [h('span', { class: 'draft-label' }, `${t('draft')}: `), draft]
    const { last } = chat
    if (!last) return chat.about ?? (chat.type === 'private' ? t('noMessagesYet') : '')
    const name = last.out ? t('you') : chat.type !== 'private' && last.from && !last.service ? last.from.first_name : ''
    const showName = name && (chat.type !== 'private' ? !last.service : false)
    return [showName ? h('span', { class: 'chat-sender' }, `${name}: `) : '', summary(last)]
  }

  #key(event) {
    const buttons = [...this.list.querySelectorAll('button')]
    const at = buttons.indexOf(document.activeElement)
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }
    if (!(event.key in moves)) return
    event.preventDefault()
    if (moves[event.key] < 0) this.search.focus()
    else buttons[Math.min(moves[event.key], buttons.length - 1)]?.focus()
  }

  /** Puts the focus on a chat's row, or on the search where it has none. */
  focusOn(chat) {
    const row = this.list.querySelector(`[data-chat="${chat}"] button`) ?? this.search
    row.focus({ preventScroll: true })
  }

  /** The chat before or after the open one, as the list shows them. */
  neighbour(step) {
    const chats = this.store.orderedChats.filter((chat) => this.#matches(chat))
    const at = chats.findIndex((chat) => chat.id === this.store.selected)
    return chats[Math.max(0, Math.min(chats.length - 1, at + step))]?.id
  }
}
