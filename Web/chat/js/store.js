import { Emitter } from './emitter.js'
import { recall, remember } from './preferences.js'
import { Timeline } from './timeline.js'

/** The topic that every forum has; its messages name none. */
export const GENERAL = 1

/**
 * What the page knows: the person who is played, the chats with their messages, and what is under way. Views read it
 * and listen to its topics:
 * `user`, `users`, `chats` (the list's order or a row changed), `chat` (id), `messages` (id), `activity` (id),
 * `selected` (id or undefined), `topic` (id of the chat where another one was chosen), `log` (entries).
 */
export class Store extends Emitter {
  user
  users = new Map()
  chats = new Map()
  selected
  drafts = new Map()
  #timelines = new Map()
  #activities = new Map()
  #streams = new Map()
  #topics = new Map()
  #clockOffset = 0

  /** Takes the answer of /sim/state; messages are loaded again by whoever shows them. */
  load(state) {
    if (state.user.id !== this.user?.id) this.drafts = recallDrafts(state.user.id)
    this.user = state.user
    this.users = new Map(state.users.map((user) => [user.id, user]))
    this.chats = new Map(state.chats.map((chat) => [chat.id, chat]))
    this.#timelines.clear()
    this.#activities.clear()
    this.#streams.clear()
    this.#topics.clear()
    this.#clockOffset = state.now - Date.now() / 1000
    for (const chat of state.chats) if (chat.action) this.setActivity(chat.id, chat.action)
    this.emit('user')
    this.emit('users')
    this.emit('chats')
  }

  /** Newest first, as the list shows them. */
  get orderedChats() {
    return [...this.chats.values()].sort((a, b) => (b.last?.date ?? 0) - (a.last?.date ?? 0) || (b.last?.id ?? 0) - (a.last?.id ?? 0))
  }

  get chat() {
    return this.chats.get(this.selected)
  }

  timeline(id) {
    if (!this.#timelines.has(id)) this.#timelines.set(id, new Timeline())
    return this.#timelines.get(id)
  }

  select(id) {
    if (this.selected === id) return
    this.selected = id
    this.emit('selected', id)
  }

  setUser(user) {
    this.users.set(user.id, user)
    if (user.id === this.user?.id) {
      this.user = user
      this.emit('user')
    }
    for (const chat of this.chats.values()) {
      if (chat.bot?.id !== user.id) continue
      this.chats.set(chat.id, { ...chat, bot: user, title: user.name })
      this.emit('chat', chat.id)
    }
    this.emit('users')
    this.emit('chats')
  }

  setChat(chat) {
    this.chats.set(chat.id, chat)
    this.emit('chat', chat.id)
    this.emit('chats')
  }

  /** Changes some fields of a chat that is known. */
  patchChat(id, fields) {
    const chat = this.chats.get(id)
    if (chat) this.setChat({ ...chat, ...fields })
  }

  /** A message that came or was sent. Saying it twice does no harm. */
  putMessage(id, message, unread) {
    const chat = this.chats.get(id)
    if (!chat) return false
    this.timeline(id).put(message)
    if (message.from && !message.out) this.#endActivity(id, message.from.id)
    if (!message.out) this.#streams.delete(id)
    const last = !chat.last || message.id >= chat.last.id ? message : chat.last
    const started = chat.started || message.out || undefined
    this.setChat({ ...chat, last, unread: unread ?? chat.unread, ...(chat.type === 'private' ? { started } : {}) })
    this.emit('messages', id)
    return true
  }

  /** A message that changed: it is put where it is loaded, and becomes the preview where it is the last. */
  changeMessage(id, message) {
    const chat = this.chats.get(id)
    if (!chat) return
    this.timeline(id).change(message)
    if (chat.last?.id === message.id) this.setChat({ ...chat, last: message })
    this.emit('messages', id)
  }

  removeMessages(id, messages) {
    const chat = this.chats.get(id)
    if (!chat) return
    const timeline = this.timeline(id)
    timeline.remove(messages)
    if (messages.includes(chat.last?.id)) this.setChat({ ...chat, last: timeline.messages.at(-1) })
    this.emit('messages', id)
  }

  /** A page of history, oldest first. */
  addHistory(id, page) {
    this.timeline(id).prepend(page.messages, page.more)
    if (page.chat) this.chats.set(id, page.chat)
    this.emit('chat', id)
    this.emit('messages', id)
  }

  /** Who is doing what in a chat now: `[{from, action}]`. */
  activities(id) {
    return [...(this.#activities.get(id)?.values() ?? [])]
  }

  setActivity(id, { from, action, until }) {
    if (from.id === this.user.id) return
    const seconds = Math.min(6, Math.max(0.5, until - this.#clockOffset - Date.now() / 1000))
    const list = this.#activities.get(id) ?? new Map()
    this.#activities.set(id, list)
    clearTimeout(list.get(from.id)?.timer)
    const timer = setTimeout(() => this.#endActivity(id, from.id), seconds * 1000)
    list.set(from.id, { from, action, timer })
    this.emit('activity', id)
  }

  #endActivity(id, user) {
    const list = this.#activities.get(id)
    const activity = list?.get(user)
    if (!activity) return
    clearTimeout(activity.timer)
    list.delete(user)
    this.emit('activity', id)
  }

  /** The texts that bots are streaming into a chat, as messages without an id yet. */
  streams(id) {
    return [...(this.#streams.get(id)?.values() ?? [])].map((stream) => stream.message)
  }

  setStream(id, draft, message, until) {
    const list = this.#streams.get(id) ?? new Map()
    this.#streams.set(id, list)
    clearTimeout(list.get(draft)?.timer)
    const seconds = Math.min(35, Math.max(0.5, until - this.#clockOffset - Date.now() / 1000))
    const timer = setTimeout(() => {
      list.delete(draft)
      this.emit('messages', id)
    }, seconds * 1000)
    list.set(draft, { message, timer })
    if (message.from) this.#endActivity(id, message.from.id)
    this.emit('messages', id)
  }

  /** The topic of a forum that is looked at and written into; undefined for all of them. */
  topic(id) {
    const chosen = this.#topics.get(id)
    return this.chats.get(id)?.topics?.some((topic) => topic.id === chosen) ? chosen : undefined
  }

  chooseTopic(id, topic) {
    this.#topics.set(id, topic)
    this.emit('topic', id)
  }

  /** Whether a message stands in the topic that is looked at. */
  isInTopic(id, message) {
    const chosen = this.topic(id)
    return chosen === undefined || (message.topic?.id ?? GENERAL) === chosen
  }

  /** What stands unsent in a chat's composer: `{text, reply, edit}`. */
  draft(id) {
    if (!this.drafts.has(id)) this.drafts.set(id, { text: '' })
    return this.drafts.get(id)
  }

  /** Keeps the texts that are not sent yet over a reload of the page, for each person. */
  keepDrafts() {
    const texts = [...this.drafts].map(([chat, { text, edit, before }]) => [chat, edit ? before ?? '' : text])
      .filter(([, text]) => text.trim() !== '')
    remember(draftsOf(this.user.id), texts.length ? texts : undefined)
  }
}

const draftsOf = (user) => `drafts.${user}`

const recallDrafts = (user) => new Map(recall(draftsOf(user), []).map(([chat, text]) => [chat, { text }]))
