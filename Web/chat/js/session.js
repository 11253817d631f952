import { get, post, ApiError } from './api.js'
import { EventStream } from './events.js'
import { followLanguage, t } from './i18n.js'
import { toast } from './toast.js'

const PAGE = 100
/** Answers to presses that are remembered while the press is not confirmed. */
const EARLY = 50

/**
 * Playing one person: the store kept true by the stream, and everything that person can do. A refusal is shown as a
 * toast and answered with undefined.
 */
export class Session {
  stream = new EventStream()
  #history = new Map()
  #queries = new Map()
  #early = new Map()

  constructor(store) {
    this.store = store
    this.#listen()
  }

  /** Becomes this person, or the first one there is. */
  async become(id) {
    let user = id
    if (!user) user = (await get('sim/users')).users.find((each) => !each.bot)?.id
    const state = await get('sim/state', { user })
    const selected = this.store.selected
    this.#history.clear()
    this.store.load(state)
    followLanguage(state.user.language_code)
    this.stream.open(state.user.id, state.last_event)
    if (selected !== undefined && !this.store.chats.has(selected)) this.store.select(undefined)
  }

  /** Loads everything again: the stream could not be resumed. */
  async reload() {
    await this.become(this.store.user.id)
    if (this.store.selected !== undefined) await this.loadHistory(this.store.selected)
  }

  #listen() {
    const { store, stream } = this
    stream.on('message', async ({ chat, message, unread }) => {
      if (!store.chats.has(chat)) await this.#learnChats()
      store.putMessage(chat, message, unread)
      store.emit('arrival', { chat, message })
    })
    stream.on('edit', ({ chat, message }) => store.changeMessage(chat, message))
    stream.on('delete', ({ chat, messages }) => store.removeMessages(chat, messages))
    stream.on('action', ({ chat, ...activity }) => store.setActivity(chat, activity))
    stream.on('draft', ({ chat, draft, message, until }) => store.setStream(chat, draft, message, until))
    stream.on('keyboard', ({ chat, reply_keyboard: keyboard }) => {
      store.patchChat(chat, { reply_keyboard: keyboard ?? undefined })
      store.emit('keyboard', chat)
    })
    stream.on('chat', ({ chat }) => store.setChat({ ...chat, last: chat.last ?? store.chats.get(chat.id)?.last }))
    stream.on('user', ({ user }) => {
      store.setUser(user)
      if (user.id === store.user.id) followLanguage(user.language_code)
    })
    stream.on('callback_answer', (answer) => {
      const resolve = this.#queries.get(answer.query)
      if (resolve) resolve(answer)
      // A quick bot answers before the press itself is confirmed.
      else this.#early.set(answer.query, answer)
      this.#queries.delete(answer.query)
      if (this.#early.size > EARLY) this.#early.delete(this.#early.keys().next().value)
    })
    stream.on('inline_answer', (answer) => store.emit('inline', answer))
    stream.on('payment', (payment) => store.emit('payment', payment))
    for (const kind of ['call', 'update', 'webhook']) stream.on(kind, (entry) => store.emit('log', [entry]))
    stream.on('reset', () => this.reload())
  }

  async #learnChats() {
    const state = await this.try(get('sim/state', { user: this.store.user.id }))
    for (const chat of state?.chats ?? []) if (!this.store.chats.has(chat.id)) this.store.setChat(chat)
  }

  /** Waits for a call; a refusal becomes a toast. */
  async try(promise) {
    try {
      return await promise
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      toast(error.status === 0 ? t('noConnection') : error.message, { error: true })
      return undefined
    }
  }

  #act(path, fields) {
    return this.try(post(`sim/${path}`, { user: this.store.user.id, ...fields }))
  }

  /** One page of older messages; calls at the same time share one. */
  loadHistory(chat, limit = PAGE) {
    if (this.#history.has(chat)) return this.#history.get(chat)
    const timeline = this.store.timeline(chat)
    if (timeline.loaded && !timeline.more) return Promise.resolve()
    const before = timeline.messages[0]?.id
    const user = this.store.user.id
    const page = this.try(get(`sim/chats/${chat}/messages`, { user, before, limit })).then((answer) => {
      this.#history.delete(chat)
      if (answer && this.store.user.id === user) this.store.addHistory(chat, answer)
    })
    this.#history.set(chat, page)
    return page
  }

  /** Loads back to a message; false where it is gone. */
  async loadUntil(chat, message) {
    const timeline = this.store.timeline(chat)
    while (!timeline.find(message) && timeline.more && (timeline.messages[0]?.id ?? Infinity) > message) {
      const before = timeline.messages.length
      await this.loadHistory(chat, 200)
      if (timeline.messages.length === before) break
    }
    return timeline.find(message) !== undefined
  }

  async send(chat, fields) {
    const answer = await this.#act('messages', { chat, ...fields })
    if (answer) this.store.putMessage(chat, answer.message)
    return answer?.message
  }

  async sendFile(chat, file, { kind, text, entities, reply, album, thread } = {}) {
    const form = new FormData()
    form.set('user', this.store.user.id)
    form.set('chat', chat)
    if (kind) form.set('kind', kind)
    if (text) form.set('text', text)
    if (entities?.length) form.set('entities', JSON.stringify(entities))
    if (reply) form.set('reply_to', reply)
    if (album) form.set('album', album)
    if (thread) form.set('thread', thread)
    form.set('file', file, file.name)
    const answer = await this.try(post('sim/messages', form))
    if (answer) this.store.putMessage(chat, answer.message)
    return answer?.message
  }

  /**
   * Presses a button, with what it asks for. For a callback button the promise `answer` ends when the bot answered or the query expired.
   */
  async press(chat, message, row, column, given = {}) {
    const result = await this.#act('press', { chat, message, row, column, ...given })
    if (!result?.query) return result
    const early = this.#early.get(result.query)
    if (this.#early.delete(result.query)) return { ...result, answer: Promise.resolve(early) }
    return { ...result, answer: new Promise((resolve) => this.#queries.set(result.query, resolve)) }
  }

  /** Presses the stop button of a text that a bot is writing. */
  stopDraft(chat, draft) {
    return this.#act('stop-draft', { chat, draft })
  }

  async edit(chat, message, text, entities) {
    const answer = await this.#act('edit', { chat, message, text, entities })
    if (answer) this.store.changeMessage(chat, answer.message)
    return answer
  }

  async delete(chat, message) {
    const answer = await this.#act('delete', { chat, message })
    if (answer) this.store.removeMessages(chat, [message])
  }

  async react(chat, message, emoji) {
    const answer = await this.#act('react', { chat, message, emoji })
    if (answer) this.store.changeMessage(chat, answer.message)
  }

  async vote(chat, message, options) {
    const answer = await this.#act('vote', { chat, message, options })
    if (answer) this.store.changeMessage(chat, answer.message)
  }

  async pin(chat, message, pinned) {
    await this.#act('pin', { chat, message, pinned })
  }

  async read(chat) {
    if (!this.store.chats.get(chat)?.unread) return
    this.store.patchChat(chat, { unread: 0 })
    await this.#act('read', { chat })
  }

  async start(bot, payload) {
    const answer = await this.#act('start', { bot, payload })
    if (answer) this.store.putMessage(bot, answer.message)
  }

  async setBlocked(bot, blocked) {
    const answer = await this.#act(blocked ? 'block' : 'unblock', { bot })
    if (answer) this.store.patchChat(bot, { blocked })
  }

  /** Pays the bill that `target` names: `{chat, message}` or `{slug}`. */
  pay(target, fields = {}) {
    return this.#act('pay', { ...target, ...fields })
  }

  /** The bill behind a link's end. */
  bill(slug) {
    return this.try(get('sim/invoice', { user: this.store.user.id, slug }))
  }

  /** Opens the Mini App behind a button, a menu, a link or an inline query. */
  openApp(place) {
    return this.#act('open-app', { ...place, platform: 'weba' })
  }

  closeApp(app) {
    return this.#act('close-app', { app })
  }

  sendAppData(app, data) {
    return this.#act('app-data', { app, data })
  }

  allowApp(app) {
    return this.#act('app-write-access', { app })
  }

  shareAppContact(app) {
    return this.#act('app-contact', { app })
  }

  /** A method of an app's storage: `{result}` or `{error}`. */
  async invokeApp(app, method, params) {
    try {
      return await post('sim/app-method', { user: this.store.user.id, app, method, params })
    } catch (error) {
      return { error: error.message }
    }
  }

  prepared(id) {
    return get('sim/prepared-message', { user: this.store.user.id, id }).catch(() => undefined)
  }

  async setLanguage(code) {
    const { id, first_name, last_name, username } = this.store.user
    const answer = await this.try(post('sim/users', { id, first_name, last_name, username, language_code: code }))
    if (answer) this.store.setUser(answer.user)
    if (answer) followLanguage(answer.user.language_code)
  }

  async addUser(fields) {
    const answer = await this.try(post('sim/users', fields))
    if (answer) this.store.setUser(answer.user)
    return answer?.user
  }

  async addChat(fields) {
    const answer = await this.#act('chats', fields)
    if (answer) this.store.setChat(answer.chat)
    return answer?.chat
  }

  members(chat) {
    return this.try(get(`sim/chats/${chat}/members`, { user: this.store.user.id })).then((answer) => answer?.members)
  }

  invite(chat, member) {
    return this.#act('invite', { chat, member })
  }

  promote(chat, member, role) {
    return this.#act('promote', { chat, member, role })
  }

  ban(chat, member) {
    return this.#act('ban', { chat, member })
  }

  leave(chat) {
    return this.#act('leave', { chat })
  }

  async commands(chat) {
    // Autocomplete that cannot be loaded is not worth a message: typing still works.
    const answer = await get('sim/commands', { user: this.store.user.id, chat }).catch(() => ({ commands: [] }))
    return { ...answer, commands: answer.commands.map((each) => ({ ...each, bot: this.store.users.get(each.bot) })) }
  }

  inline(bot, query, chat, offset) {
    return this.#act('inline', { bot, query, chat, offset })
  }

  async chooseInline(query, result, chat) {
    const answer = await this.#act('choose-inline', { query, result, chat })
    if (answer) this.store.putMessage(chat, answer.message)
    return answer?.message
  }

  log(limit) {
    return get('sim/log', { limit }).then((answer) => answer.entries)
  }
}
