import { avatar } from '../avatar.js'
import { fill, h, icon, iconButton } from '../dom.js'
import { t } from '../i18n.js'
import { AppWindow } from '../apps/app-window.js'
import { themeParams } from '../apps/theme.js'
import { chooseChat } from '../dialogs/choose-chat.js'
import { serviceLink } from '../apps/service-links.js'
import { confirmLink } from '../links.js'
import { copyText } from '../clipboard.js'
import { openDialog } from '../dialog.js'
import { toast } from '../toast.js'
import { spokenSummary, summary } from '../message/summary.js'
import { activityText } from './activity.js'
import { Composer } from './composer.js'
import { messageMenu } from './message-menu.js'
import { buyMedia, payInvoice, payLink, showReceipt } from '../dialogs/payment.js'
import { chatInfo } from '../dialogs/chat-info.js'
import { openViewer } from './viewer.js'
import { TimelineView } from './timeline-view.js'
import { TopicBar } from './topic-bar.js'

/** The right side: who the chat is with, what is pinned, the messages, and the composer. */
export class Conversation {
  constructor(store, session, { back, openChat }) {
    this.store = store
    this.session = session
    this.openChat = openChat
    this.timeline = new TimelineView(store, session, this.#actions())
    this.composer = new Composer(store, session, this.timeline, { openApp: (place) => this.openApp(place),
      startBot: (bot, payload) => this.#startBot(bot, payload) })
    this.title = h('span', { class: 'head-title' })
    this.status = h('span', { class: 'head-status' })
    this.face = h('span', {})
    this.backButton = iconButton('back', t('back'), back, { class: 'back' })
    this.menuButton = iconButton('info', t('chatInfo'), () => chatInfo(this.store.chat, store, session, openChat))
    this.headInfo = h('button', { type: 'button', class: 'head-info', onclick: () => chatInfo(this.store.chat, store, session, openChat) },
      this.face, h('span', { class: 'head-text' }, this.title, this.status))
    this.tools = h('div', { class: 'head-tools' }, this.menuButton)
    this.header = h('header', { class: 'head' }, this.backButton, this.headInfo, this.tools)
    this.pinned = h('div', { class: 'pinned', hidden: true })
    this.topics = new TopicBar(store)
    this.live = h('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite' })
    this.welcome = h('div', { class: 'welcome' })
    this.body = h('div', { class: 'conversation-body' }, this.header, this.topics.element, this.pinned, this.timeline.element, this.composer.element)
    this.element = h('main', { class: 'conversation', ondragenter: (event) => this.#drag(event, true),
      ondragover: (event) => event.preventDefault(), ondragleave: (event) => this.#drag(event, false),
      ondrop: (event) => this.#drop(event) }, this.welcome, this.body, this.live)
    store.on('selected', () => this.show())
    store.on('user', () => this.drawHead())
    store.on('chat', (id) => { if (id === store.selected) this.drawHead() })
    store.on('messages', (id) => { if (id === store.selected) this.#drawPinned() })
    store.on('activity', (id) => { if (id === store.selected) this.#drawStatus() })
    store.on('arrival', ({ chat, message }) => this.#arrived(chat, message))
    document.addEventListener('visibilitychange', () => this.#read())
    addEventListener('focus', () => this.#read())
    this.translate()
  }

  translate() {
    this.backButton.setAttribute('aria-label', t('back'))
    this.menuButton.setAttribute('aria-label', t('chatInfo'))
    fill(this.welcome, h('div', { class: 'welcome-card' }, t('chooseChat')))
    this.composer.translate()
    if (this.store.user) this.timeline.redraw()
    this.drawHead()
  }

  async show() {
    const { chat } = this.store
    this.body.hidden = !chat
    this.welcome.hidden = Boolean(chat)
    this.live.textContent = ''
    this.drawHead()
    this.composer.show(chat?.id)
    await this.timeline.show(chat?.id)
    this.#drawPinned()
    this.#read()
  }

  drawHead() {
    const { chat } = this.store
    this.body.hidden = !chat
    this.welcome.hidden = Boolean(chat)
    if (!chat) return
    fill(this.face, avatar(chat.id, chat.title, 'm'))
    this.title.textContent = chat.title
    this.headInfo.setAttribute('aria-label', `${chat.title}, ${t('chatInfo')}`)
    this.#drawStatus()
    this.topics.draw()
    this.#drawPinned()
    this.composer.refresh()
  }

  #drawStatus() {
    const { chat } = this.store
    if (!chat) return
    const activity = activityText(this.store.activities(chat.id), chat.type !== 'private')
    this.status.classList.toggle('active', activity !== '')
    this.status.textContent = activity || this.#describe(chat)
  }

  #describe(chat) {
    if (chat.type === 'private') return chat.blocked ? t('blockedBot') : t('bot')
    return t(chat.type === 'channel' ? 'subscribers' : 'members', { n: chat.members ?? 0 })
  }

  #drawPinned() {
    const { chat } = this.store
    const ids = chat?.pinned ?? []
    this.pinned.hidden = ids.length === 0
    if (ids.length === 0) return
    const index = Math.min(this.pinnedIndex ?? 0, ids.length - 1)
    const message = this.store.timeline(chat.id).find(ids[index])
    const key = `${chat.id}/${ids.join()}/${index}/${message ? summary(message) : ''}`
    if (key === this.pinnedKey) return
    this.pinnedKey = key
    fill(this.pinned,
      h('button', { type: 'button', class: 'pinned-main', onclick: async () => {
        const found = await this.timeline.jump(ids[index])
        if (!found) toast(t('messageGone'))
        this.pinnedIndex = (index + 1) % ids.length
        this.#drawPinned()
      } },
      h('span', { class: 'pinned-name' }, t('pinnedMessage'), ids.length > 1 ? ` ${index + 1}/${ids.length}` : ''),
      h('span', { class: 'pinned-text' }, message ? summary(message) : t('message'))),
      iconButton('close', t('unpin'), () => this.session.pin(chat.id, ids[index], false)))
  }

  #arrived(chat, message) {
    if (chat !== this.store.selected) return
    if (!message.out) this.live.textContent = `${message.from?.name ?? this.store.chat.title}: ${spokenSummary(message)}`
    this.#read()
  }

  #read() {
    if (this.store.selected !== undefined && document.visibilityState === 'visible') this.session.read(this.store.selected)
  }

  /** What can be done in a conversation, for the rows. */
  #actions() {
    const { store, session } = this
    const chat = () => store.selected
    return {
      view: (message) => openViewer(store, chat(), message),
      press: (message, row, column, button) => this.#press(message, row, column, button),
      stop: (draft) => session.stopDraft(chat(), draft),
      unlock: (message) => buyMedia(message, chat(), session),
      receipt: showReceipt,
      vote: (message, options) => session.vote(chat(), message.id, options),
      react: (message, emoji) => session.react(chat(), message.id, emoji),
      jump: async (id) => { if (!await this.timeline.jump(id)) toast(t('messageGone')) },
      menu: (message, place) => messageMenu(message, place, this),
      mention: (who) => this.#mention(who),
      text: {
        command: (text) => session.send(chat(), { text }),
        mention: (who) => this.#mention(who),
        hashtag: (text) => this.composer.insert(text),
        link: (url) => this.#openLink(url),
      },
    }
  }

  #mention(who) {
    const { chats, users } = this.store
    const name = typeof who === 'string' ? who.toLowerCase() : undefined
    const user = name ? [...users.values()].find((each) => each.username?.toLowerCase() === name) : who
    const chat = name ? [...chats.values()].find((each) => each.username?.toLowerCase() === name) : undefined
    const id = chat?.id ?? (user && chats.has(user.id) ? user.id : undefined)
    if (id !== undefined) this.openChat(id)
    else if (user) this.composer.insert(user.username ? `@${user.username}` : user.name)
    else toast(t('noSuchUser', { name: who }))
  }

  async #press(message, row, column, button) {
    const { session, store } = this
    const chat = store.selected
    if (button.kind === 'pay') return message.invoice?.paid ? this.#showReceiptOf(message) : payInvoice(message, chat, session)
    if (button.kind === 'web_app') return this.openApp({ chat, message: message.id, row, column })
    const result = await session.press(chat, message.id, row, column)
    if (!result) return undefined
    if (result.url) return button.kind === 'url' ? this.#openLink(result.url) : confirmLink(result.url)
    if (result.copied !== undefined) return copyText(result.copied)
    if (result.inline !== undefined) return this.#beginInline(result.inline, result.chat, button.chosen && chosenKinds(button.chosen))
    const answer = await result.answer
    if (!answer || answer.expired) return toast(t('noAnswer'), { error: true })
    if (answer.url && button.kind === 'game') return this.#openGame(message, answer.url)
    if (answer.url) this.#openLink(answer.url)
    if (!answer.text) return undefined
    if (!answer.alert) return toast(answer.text)
    return openDialog({ title: store.chats.get(chat)?.title ?? '', body: h('p', { class: 'alert-text' }, answer.text), className: 'alert',
      actions: [{ label: t('ok'), primary: true }] })
  }

  /** Shows what was paid for a bill: as the service said it, or where that is not loaded as the bill says it. */
  #showReceiptOf({ id, invoice }) {
    const said = this.store.timeline(this.store.selected).messages
      .find(({ id: place, service }) => place > id && service?.kind === 'paid' && service.receipt?.title === invoice.title
        && service.receipt.currency === invoice.currency)
    return showReceipt(said?.service ?? { kind: 'paid', receipt: { title: invoice.title, total: invoice.total, currency: invoice.currency } })
  }

  /** Opens a Mini App; `place` is what the control API calls it by. */
  async openApp(place) {
    const launch = await this.session.openApp({ ...place, theme: JSON.stringify(themeParams()) })
    if (launch) this.#openWindow({ ...launch, title: this.store.users.get(launch.bot)?.name ?? '' })
  }

  #openGame(message, url) {
    this.#openWindow({ url, title: message.game?.title ?? '', bot: message.from?.id })
  }

  #openWindow(launch) {
    return new AppWindow(launch, { store: this.store, session: this.session, actions: {
      openLink: (url) => this.#openLink(url),
      switchInline: (bot, query, types) => this.#switchInline(bot, query, types),
      sharePrepared: (id) => this.#sharePrepared(id),
    } })
  }

  /** What stands behind a link to the service itself is done here; other links are asked about. */
  async #openLink(url) {
    const link = serviceLink(url)
    const bot = link?.bot && [...this.store.users.values()].find((user) => user.bot && user.username?.toLowerCase() === link.bot)
    if (link?.slug) return payLink(link.slug, this.session)
    if (!bot) return confirmLink(url)
    if (link.start !== undefined) return this.#startBot(bot.id, link.start || undefined)
    this.openChat(bot.id)
    return this.openApp({ chat: bot.id, start: link.app })
  }

  #startBot(bot, payload) {
    this.openChat(bot)
    return this.session.start(bot, payload)
  }

  #switchInline(bot, query, types) {
    const text = `@${this.store.users.get(bot)?.username ?? ''} ${query}`
    return this.#beginInline(text, types?.length ? undefined : this.store.selected, types)
  }

  /** Puts an inline question into the field of a chat; where none is named the person chooses one, of these kinds. */
  async #beginInline(text, chat, types) {
    const fits = (each) => each.can_write && (each.type !== 'private' || each.started) && (!types?.length || types.includes(kindOf(each)))
    const place = chat ?? await chooseChat(this.store, fits)
    if (place === undefined) return
    if (place !== this.store.selected) this.openChat(place)
    this.composer.setText(text)
  }

  /** Lets the person send what a bot prepared; answers why it was not sent. */
  async #sharePrepared(id) {
    const prepared = await this.session.prepared(id)
    if (!prepared) return 'MESSAGE_EXPIRED'
    const chat = await chooseChat(this.store, (each) => each.can_write, prepared.text ?? prepared.title)
    if (!chat) return 'USER_DECLINED'
    return await this.session.chooseInline(id, prepared.result, chat) ? undefined : 'MESSAGE_SEND_FAILED'
  }

  #dragDepth = 0

  #drag(event, entering) {
    if (!event.dataTransfer?.types.includes('Files') || !this.store.chat?.can_write) return
    event.preventDefault()
    this.#dragDepth = Math.max(0, this.#dragDepth + (entering ? 1 : -1))
    this.element.classList.toggle('dropping', this.#dragDepth > 0)
    this.element.dataset.drop = t('dropHere')
  }

  #drop(event) {
    event.preventDefault()
    this.#dragDepth = 0
    this.element.classList.remove('dropping')
    if (this.store.chat?.can_write) this.composer.attach([...event.dataTransfer.files])
  }
}

/** The kinds of chats that a button allows, as Mini Apps call them. */
const chosenKinds = (chosen) => [chosen.allow_bot_chats && 'bots', chosen.allow_user_chats && 'users', chosen.allow_group_chats && 'groups',
  chosen.allow_channel_chats && 'channels'].filter(Boolean)

/** What Mini Apps call a kind of chat. */
const kindOf = (chat) => ({ private: 'bots', channel: 'channels' })[chat.type] ?? 'groups'
