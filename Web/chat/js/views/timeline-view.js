import { h, iconButton, reducedMotion } from '../dom.js'
import { dayName } from '../format.js'
import { t } from '../i18n.js'
import { renderRow } from '../message/block.js'
import { Memory } from '../message/memory.js'
import { makeRows, sameRow } from '../rows.js'

/** Rows kept in the document at once, and how many come at a time when an edge is near. */
const WINDOW = 160
const STEP = 50
/** How near to an edge of what is drawn, in pixels, more is drawn; and how near to the end counts as the end. */
const NEAR = 900
const AT_END = 60

/** What of a message can have the focus. */
const controls = (row) => [...row.querySelectorAll('button, input, a[href], [tabindex]')]

/**
 * The scrolling messages of one chat. Only a window of rows around what is seen is in the document, so a chat of many
 * thousand messages scrolls as a short one does; older messages load as the top comes near.
 */
export class TimelineView {
  #rows = []
  #from = 0
  #to = 0
  #drawn = new Map()
  #memory = new Memory()
  #current
  #chat
  #generation = 0
  #following = true
  #news = 0
  #busy = false

  constructor(store, session, context) {
    this.store = store
    this.session = session
    this.context = context
    this.list = h('div', { class: 'messages', role: 'group', 'aria-label': t('messages'), 'aria-busy': 'false',
      onfocusin: (event) => this.#reach(event.target.closest('.row')?.dataset.id) })
    this.scroller = h('div', { class: 'scroller', tabindex: -1, onscroll: () => this.#scrolled() }, this.list)
    this.badge = h('span', { class: 'count', hidden: true })
    this.endButton = iconButton('down', t('toEnd'), () => this.toEnd(true), { class: 'to-end', hidden: true })
    this.endButton.append(this.badge)
    this.empty = h('div', { class: 'no-messages', hidden: true })
    this.floatingDay = h('div', { class: 'floating-day', 'aria-hidden': 'true' })
    this.element = h('div', { class: 'timeline' }, this.scroller, this.floatingDay, this.empty, this.endButton)
    new ResizeObserver(() => { if (this.#following) this.#stickToEnd() }).observe(this.scroller)
    new ResizeObserver(() => { if (this.#following) this.#stickToEnd() }).observe(this.list)
    store.on('messages', (id) => { if (id === this.#chat) this.update() })
    store.on('topic', (id) => { if (id === this.#chat) this.#topicChosen() })
  }

  /** Shows a chat from its end. */
  async show(chat) {
    const generation = ++this.#generation
    this.#chat = chat
    this.#rows = []
    this.#drawn.clear()
    this.#memory = new Memory()
    this.#current = undefined
    this.list.replaceChildren()
    this.#following = true
    this.#setNews(0)
    if (chat === undefined) return
    this.#toLast()
    this.update()
    if (!this.store.timeline(chat).loaded) {
      this.list.setAttribute('aria-busy', 'true')
      await this.session.loadHistory(chat)
      if (generation !== this.#generation) return
      this.list.setAttribute('aria-busy', 'false')
      this.#toLast()
      this.update()
    }
    this.#stickToEnd()
  }

  /** Shows a topic from its end, with what of it is among older messages. */
  async #topicChosen() {
    const generation = ++this.#generation
    this.#following = true
    this.#setNews(0)
    this.update()
    const timeline = this.store.timeline(this.#chat)
    while (timeline.more && this.scroller.scrollHeight <= this.scroller.clientHeight) {
      const count = timeline.messages.length
      await this.session.loadHistory(this.#chat)
      if (generation !== this.#generation || timeline.messages.length === count) return
    }
  }

  /** Draws everything anew: the language changed. */
  redraw() {
    this.#drawn.clear()
    this.#memory.keepNodes()
    this.list.setAttribute('aria-label', t('messages'))
    this.update()
  }

  /** Takes up what changed in the store. */
  update() {
    const timeline = this.store.timeline(this.#chat)
    const before = this.#rows
    const wasLast = this.#to >= before.length
    const firstKey = before.slice(this.#from, this.#from + 2).find((row) => row.messages)?.key
    const lastId = this.#lastId(before)
    this.#rows = makeRows(timeline.messages.filter((message) => this.store.isInTopic(this.#chat, message)))
    for (const row of this.#rows) if (row.messages) row.seen = row.messages[0].id <= timeline.seenUpTo
    const news = this.#rows.filter((row) => row.messages && row.messages.at(-1).id > lastId)
    const ownNews = news.some((row) => row.messages.at(-1).out)
    if (ownNews) this.#following = true
    const found = firstKey === undefined ? -1 : this.#rows.findIndex((row) => row.key === firstKey)
    const index = this.#rows[found - 1]?.kind === 'day' ? found - 1 : found
    if (this.#following || index < 0) this.#toLast()
    else {
      this.#from = index
      this.#to = wasLast ? this.#rows.length : Math.min(this.#rows.length, index + Math.max(STEP, this.#to - this.#from))
    }
    this.#draw()
    if (!this.#following && lastId > 0) this.#setNews(this.#news + news.filter((row) => !row.messages[0].out).length)
    if (this.#following) this.#stickToEnd()
    this.#showEmpty(timeline)
  }

  #lastId(rows) {
    return rows.at(-1)?.messages?.at(-1).id ?? 0
  }

  #toLast() {
    this.#to = this.#rows.length
    this.#from = Math.max(0, this.#to - WINDOW / 2)
  }

  #showEmpty(timeline) {
    const nothing = timeline.loaded && timeline.messages.length === 0
    this.empty.hidden = !nothing
    if (!nothing) return
    const chat = this.store.chats.get(this.#chat)
    this.empty.replaceChildren(h('div', { class: 'empty-card' },
      h('strong', {}, chat?.type === 'private' ? t('emptyBot', { name: chat.title }) : t('emptyChat')),
      chat?.about ? h('p', {}, chat.about) : null))
  }

  /** Brings the document in line with the rows of the window, keeping what has not changed, and the scroll place. */
  #draw() {
    const anchor = this.#following ? undefined : this.#anchor()
    const wanted = this.#rows.slice(this.#from, this.#to)
    const chat = this.store.chats.get(this.#chat)
    const context = { ...this.context, memory: this.#memory, group: chat?.type === 'group' || chat?.type === 'supergroup' }
    // Before anything moves: a player that goes over into the new row loses the focus.
    const focus = this.#focusPlace()
    const nodes = wanted.map((row) => this.#node(row, context))
    for (const message of this.#to === this.#rows.length ? this.store.streams(this.#chat) : []) {
      const row = { kind: 'block', messages: [message], first: true, last: true }
      nodes.push(renderRow(row, { ...context, streaming: true }))
    }
    const keep = new Set(nodes)
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove()
    nodes.forEach((node, index) => { if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null) })
    for (const key of this.#drawn.keys()) if (!keep.has(this.#drawn.get(key).node)) this.#drawn.delete(key)
    if (focus && !this.list.contains(document.activeElement)) this.#restoreFocus(focus)
    this.#reach(this.#current)
    this.#memory.keepNodes(new Set(wanted.flatMap((row) => row.messages?.map((message) => message.id) ?? [])))
    if (anchor) this.#restore(anchor)
  }

  /** Which message has the focus, which of its controls, and which messages stand beside it. */
  #focusPlace() {
    const focused = document.activeElement
    const row = this.list.contains(focused) ? focused.closest('.row') : undefined
    if (!row) return undefined
    const rows = [...this.list.querySelectorAll('.row')]
    const at = rows.indexOf(row)
    const near = [row, rows[at + 1], rows[at - 1]].filter(Boolean).map((each) => each.dataset.id)
    return { near, control: controls(row).indexOf(focused), tag: focused.tagName }
  }

  /** Puts the focus back where a message was drawn anew, or on one beside it where it has gone. */
  #restoreFocus({ near, control, tag }) {
    const rows = near.map((id) => this.rowOf(Number(id)))
    const same = rows[0] && controls(rows[0])[control]
    const place = same?.tagName === tag && !same.disabled ? same : rows.find(Boolean)
    place?.focus({ preventScroll: true })
  }

  /** Makes one message the one that Tab reaches: that which had the focus last, else the newest. */
  #reach(id) {
    const row = (id === undefined ? null : this.rowOf(Number(id))) ?? [...this.list.querySelectorAll('.row')].at(-1)
    if (id !== undefined) this.#current = id
    for (const each of this.list.querySelectorAll('.row[tabindex="0"]')) if (each !== row) each.tabIndex = -1
    if (row) row.tabIndex = 0
  }

  #node(row, context) {
    const drawn = this.#drawn.get(row.key)
    if (drawn && sameRow(drawn.row, row)) return drawn.node
    const fresh = row.kind === 'day'
      ? h('div', { class: 'day' }, h('span', { class: 'pill' }, dayName(row.date)))
      : renderRow(row, context)
    this.#drawn.set(row.key, { row, node: fresh })
    return fresh
  }

  /** The first message that is seen, and where. Days do not count: older messages take their place. */
  #anchor() {
    const top = this.scroller.getBoundingClientRect().top
    const keys = new Map([...this.#drawn].filter(([, { row }]) => row.messages).map(([key, { node }]) => [node, key]))
    for (const child of this.list.children) {
      const box = child.getBoundingClientRect()
      if (box.bottom > top && keys.has(child)) return { key: keys.get(child), offset: box.top - top }
    }
    return undefined
  }

  #restore({ key, offset }) {
    const node = this.#drawn.get(key)?.node
    if (!node) return
    const top = this.scroller.getBoundingClientRect().top
    this.scroller.scrollTop += node.getBoundingClientRect().top - top - offset
  }

  async #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller
    const below = scrollHeight - scrollTop - clientHeight
    this.#following = below < AT_END && this.#to >= this.#rows.length
    this.endButton.hidden = this.#following
    if (this.#following) this.#setNews(0)
    this.#showDay()
    if (scrollTop < NEAR) await this.#extendUp()
    else if (below < NEAR && this.#to < this.#rows.length) this.#move(this.#from + STEP, this.#to + STEP)
  }

  #dayTimer

  /** The day of the topmost message floats above while older messages are looked at. */
  #showDay() {
    clearTimeout(this.#dayTimer)
    this.#dayTimer = setTimeout(() => this.floatingDay.classList.remove('shown'), 1200)
    const key = this.#following ? undefined : this.#anchor()?.key
    const row = key && this.#rows.find((each) => each.key === key)
    const top = this.scroller.getBoundingClientRect().top
    const beside = [...this.list.querySelectorAll('.day')].some((day) => Math.abs(day.getBoundingClientRect().top - top - 16) < 44)
    const shown = row?.messages !== undefined && !beside
    this.floatingDay.classList.toggle('shown', shown)
    if (!shown) return
    this.floatingDay.replaceChildren(h('span', { class: 'pill' }, dayName(row.messages[0].date)))
  }

  async #extendUp() {
    if (this.#from > 0) return this.#move(this.#from - STEP, this.#to)
    const timeline = this.store.timeline(this.#chat)
    if (this.#busy || !timeline.loaded || !timeline.more) return undefined
    this.#busy = true
    this.list.setAttribute('aria-busy', 'true')
    await this.session.loadHistory(this.#chat)
    this.#busy = false
    this.list.setAttribute('aria-busy', 'false')
    if (this.#from > 0) this.#move(this.#from - STEP, this.#to)
    return undefined
  }

  /** Moves the window; its size stays bounded. */
  #move(from, to) {
    const up = from < this.#from
    this.#from = Math.max(0, from)
    this.#to = Math.min(this.#rows.length, to)
    if (this.#to - this.#from > WINDOW) {
      if (up) this.#to = this.#from + WINDOW
      else this.#from = this.#to - WINDOW
    }
    const following = this.#following
    this.#following = false
    this.#draw()
    this.#following = following && this.#to >= this.#rows.length
  }

  #stickToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight
  }

  toEnd(smooth = false) {
    const far = this.#to < this.#rows.length
    this.#toLast()
    this.#following = true
    this.#draw()
    this.#setNews(0)
    if (smooth && !far && !reducedMotion()) this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: 'smooth' })
    else this.#stickToEnd()
  }

  #setNews(count) {
    this.#news = count
    this.badge.hidden = count === 0
    this.badge.textContent = count
    if (count === 0 && this.#following) this.endButton.hidden = true
  }

  rowOf(message) {
    return this.list.querySelector(`[data-id="${message}"]`) ?? this.list.querySelector(`[data-ids~="${message}"]`)
  }

  /** Scrolls to a message, loading back to it, and marks it for a moment. False where it is gone. */
  async jump(message) {
    const chat = this.#chat
    if (!await this.session.loadUntil(chat, message) || chat !== this.#chat) return false
    if (!this.store.isInTopic(chat, this.store.timeline(chat).find(message))) this.store.chooseTopic(chat, undefined)
    const index = this.#rows.findIndex((row) => row.messages?.some((each) => each.id === message))
    if (index < 0) return false
    this.#following = false
    if (index < this.#from || index >= this.#to) {
      this.#from = Math.max(0, index - WINDOW / 2)
      this.#to = Math.min(this.#rows.length, index + WINDOW / 2)
      this.#draw()
    }
    const row = this.rowOf(message)
    row.scrollIntoView({ block: 'center', behavior: 'instant' })
    row.classList.remove('marked')
    void row.offsetWidth
    row.classList.add('marked')
    row.focus({ preventScroll: true })
    return true
  }

  /** Moves the focus among the messages; from nowhere it goes to the last one. */
  focusBy(step) {
    const rows = [...this.list.querySelectorAll('.row')]
    const at = rows.indexOf(document.activeElement?.closest?.('.row'))
    const row = rows[at < 0 ? rows.length - 1 : Math.max(0, Math.min(rows.length - 1, at + step))]
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }
}
