import { settlePayment } from './dialogs/payment.js'
import { fill, h, icon } from './dom.js'
import { onLanguage, t } from './i18n.js'
import { applyTheme, recall } from './preferences.js'
import { Session } from './session.js'
import { Store } from './store.js'
import { toast } from './toast.js'
import { ChatList } from './views/chat-list.js'
import { Conversation } from './views/conversation.js'
import { Inspector } from './views/inspector.js'
import { installKeys } from './views/keys.js'
import { userMenu } from './views/user-menu.js'

/** Puts the page together, and keeps the address (`?user=501#chat=7001`, with `&inspector`) and the page in step. */

applyTheme(recall('theme', 'auto'))

const store = new Store()
const session = new Session(store)
const app = h('div', { class: 'app' })
const offline = h('div', { class: 'offline', role: 'status', hidden: true })

const addressedUser = () => Number(new URLSearchParams(location.search).get('user')) || undefined
const addressed = () => new URLSearchParams(location.hash.slice(1))
const addressedChat = () => Number(addressed().get('chat')) || undefined

function openChat(id) {
  if (id === undefined) return
  if (store.selected === id) {
    conversation.composer.focus()
    return
  }
  const state = { inChat: true }
  if (store.selected === undefined) history.pushState(state, '', `#chat=${id}`)
  else history.replaceState(history.state ?? state, '', `#chat=${id}`)
  store.select(id)
}

function closeChat() {
  if (history.state?.inChat) history.back()
  else {
    history.replaceState(null, '', location.pathname + location.search)
    store.select(undefined)
  }
}

async function become(id) {
  if (id === store.user?.id) return
  const address = new URL(location)
  address.searchParams.set('user', id)
  address.hash = ''
  store.select(undefined)
  history.replaceState(null, '', address)
  await session.become(id)
}

const inspector = new Inspector(store, session, (visible) => app.classList.toggle('with-inspector', visible))
const chatList = new ChatList(store, { open: openChat,
  openUserMenu: (anchor) => userMenu(anchor, { store, session, become, openChat, inspector }) })
const conversation = new Conversation(store, session, { back: closeChat, openChat })
conversation.tools.prepend(inspectorButton())

function inspectorButton() {
  const button = h('button', { type: 'button', class: 'icon-button inspector-button', onclick: () => inspector.toggle() }, icon('inspect'))
  const name = () => {
    button.setAttribute('aria-label', t('inspector'))
    button.title = t('inspector')
  }
  name()
  onLanguage(name)
  return button
}

let shown
store.on('selected', (id) => {
  const { activeElement } = document
  app.classList.toggle('in-chat', id !== undefined)
  // What had the focus goes with the chat that is closed.
  if (id === undefined && (activeElement === document.body || conversation.element.contains(activeElement))) chatList.focusOn(shown)
  shown = id
})
store.on('user', drawTitle)
store.on('chats', drawTitle)
store.on('payment', (payment) => {
  const { ok, error } = payment
  // A sheet that is open shows a refusal itself.
  const shown = settlePayment(payment)
  if (ok) toast(t('paymentDone'))
  else if (!shown) toast(error ?? t('paymentFailed'), { error: true })
})

function drawTitle() {
  heading.textContent = `Quartet, ${store.user?.name ?? ''}`
  const unread = [...store.chats.values()].reduce((total, chat) => total + (chat.unread ?? 0), 0)
  document.title = `${unread ? `(${unread}) ` : ''}${store.user?.name ?? ''} · Quartet`
}

session.stream.on('online', (online) => {
  offline.hidden = online
  app.classList.toggle('is-offline', !online)
})
addEventListener('online', () => session.stream.retry())
document.addEventListener('visibilitychange', () => session.stream.retry())
addEventListener('popstate', () => {
  const id = addressedChat()
  store.select(store.chats.has(id) ? id : undefined)
})
onLanguage(() => {
  translate()
  chatList.translate()
  conversation.translate()
  inspector.translate()
})

function translate() {
  fill(offline, icon('offline'), h('span', {}, t('offline')),
    h('button', { type: 'button', class: 'text-link', onclick: () => session.stream.retry() }, t('retry')))
  skip.textContent = t('skipToMessage')
}

const skip = h('button', { type: 'button', class: 'skip', onclick: () => conversation.composer.focus() })
const heading = h('h1', { class: 'visually-hidden' })
fill(document.body, skip, heading, offline, app)
fill(app, chatList.element, conversation.element, inspector.element)
installKeys({ store, session, chatList, conversation, inspector, openChat, closeChat })
translate()
conversation.show()

async function start() {
  try {
    await session.become(addressedUser())
  } catch (error) {
    if (error.status === 404 && addressedUser()) {
      history.replaceState(null, '', location.pathname)
      return start()
    }
    offline.hidden = false
    app.classList.add('is-offline')
    setTimeout(start, 1500)
    return undefined
  }
  offline.hidden = true
  app.classList.remove('is-offline')
  const chat = addressedChat()
  if (store.chats.has(chat)) store.select(chat)
  if (addressed().has('inspector')) inspector.visible = true
  app.classList.add('ready')
  await inspector.start()
  return undefined
}

start()
