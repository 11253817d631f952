import { fill, h, icon, iconButton } from '../dom.js'
import { t } from '../i18n.js'
import { parseMarkup, restoreMarkup } from '../markup.js'
import { summary } from '../message/summary.js'
import { sendFiles } from '../dialogs/send-files.js'
import { CommandList } from './command-list.js'
import { openEmoji } from './emoji-picker.js'
import { InlineResults } from './inline-results.js'
import { ReplyKeyboard } from './reply-keyboard.js'

/** Where a message is written: text, what it answers or edits, files, commands, and the bot's reply keyboard. */
export class Composer {
  #chat
  #shape = ''

  constructor(store, session, timeline, { openApp, startBot }) {
    this.openApp = openApp
    this.startBot = startBot
    this.store = store
    this.session = session
    this.timeline = timeline
    this.input = h('textarea', { class: 'input', rows: 1, dir: 'auto', maxlength: 16384, enterkeyhint: 'send',
      'aria-autocomplete': 'list',
      oninput: () => this.#typed(), onkeydown: (event) => this.#key(event), onpaste: (event) => this.#paste(event) })
    this.file = h('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, onchange: () => {
      this.attach([...this.file.files])
      this.file.value = ''
    } })
    this.commands = new CommandList(store, session, this)
    this.inline = new InlineResults(store, session, this)
    this.keyboard = new ReplyKeyboard(store, session, this)
    this.attachButton = iconButton('attach', t('attach'), () => this.#chooseFile())
    this.emojiButton = iconButton('smile', t('emoji'), () => openEmoji(this.emojiButton, (emoji) => this.insert(emoji)))
    this.menuButton = h('button', { type: 'button', class: 'command-button', onclick: () => this.#menu() })
    this.keyboardButton = iconButton('keyboard', t('keyboard'), () => this.keyboard.toggle(), { hidden: true })
    this.sendButton = iconButton('send', t('send'), () => this.submit(), { class: 'send' })
    this.context = h('div', { class: 'composer-context', hidden: true })
    this.line = h('div', { class: 'composer-line' }, this.menuButton, this.attachButton, this.file, this.input, this.emojiButton,
      this.keyboardButton, this.sendButton)
    this.wide = h('button', { type: 'button', class: 'wide-button', hidden: true })
    this.box = h('div', { class: 'composer-box' }, this.context, this.line)
    this.element = h('footer', { class: 'composer' }, this.commands.element, this.inline.element, this.box, this.wide, this.keyboard.element)
    store.on('keyboard', (id) => { if (id === this.#chat) this.keyboard.opened() })
  }

  translate() {
    this.input.setAttribute('aria-label', t('writeMessage'))
    for (const [button, key] of [[this.attachButton, 'attach'], [this.emojiButton, 'emoji'], [this.keyboardButton, 'keyboard'],
      [this.sendButton, 'send']]) {
      button.setAttribute('aria-label', t(key))
      button.title = t(key)
    }
    this.#shape = ''
    this.refresh()
  }

  /** Shows the composer of a chat, with what was left unsent there. */
  show(chat) {
    this.#chat = chat
    this.#shape = ''
    this.commands.forget()
    this.inline.close()
    if (chat === undefined) return
    this.input.value = this.store.draft(chat).text
    this.keyboard.show(chat)
    this.refresh()
    this.commands.load(chat)
    // On a touch screen the keyboard would cover half of what one came to read.
    if (!matchMedia('(pointer: coarse)').matches) this.focus()
  }

  focus() {
    if (!this.box.hidden) this.input.focus({ preventScroll: true })
  }

  get #draft() {
    return this.store.draft(this.#chat)
  }

  /** Takes up what changed in the chat: rights, blocking, keyboard. */
  refresh() {
    const chat = this.store.chats.get(this.#chat)
    if (!chat) return
    this.keyboard.refresh()
    const keyboard = chat.reply_keyboard
    const shape = JSON.stringify([chat.can_write, chat.blocked, chat.started, chat.type, chat.last === undefined, keyboard?.placeholder,
      this.commands.menu, this.commands.available, document.documentElement.lang, keyboard?.type])
    if (shape !== this.#shape) {
      this.#shape = shape
      this.#drawShape(chat)
    }
    this.#drawContext()
    this.#resize()
  }

  #drawShape(chat) {
    const fresh = chat.type === 'private' && !chat.started && !chat.last
    const wide = chat.blocked ? 'unblock' : fresh ? 'start' : chat.can_write ? undefined : 'cannotWrite'
    const hadFocus = this.box.contains(document.activeElement)
    const wideHadFocus = document.activeElement === this.wide
    this.box.hidden = wide !== undefined
    this.wide.hidden = wide === undefined
    this.keyboard.element.classList.toggle('off', wide !== undefined)
    if (wide) {
      this.wide.textContent = t(wide)
      this.wide.disabled = wide === 'cannotWrite'
      this.wide.onclick = () => (wide === 'start' ? this.session.start(chat.id) : this.session.setBlocked(chat.id, false))
      if (hadFocus) this.wide.focus()
    } else if (wideHadFocus) this.focus()
    const placeholder = chat.reply_keyboard?.placeholder
    this.input.placeholder = placeholder || t(chat.type === 'channel' ? 'broadcast' : 'writeMessage')
    const app = this.commands.menu?.type === 'web_app'
    this.menuButton.hidden = !(app || (chat.type === 'private' && this.commands.available))
    fill(this.menuButton, icon(app ? 'window' : 'menu'), h('span', {}, app ? this.commands.menu.text : t('menu')))
    this.menuButton.setAttribute('aria-label', app ? this.commands.menu.text : t('botMenu'))
  }

  #drawContext() {
    const { reply, edit } = this.#draft
    const message = edit ?? reply
    this.context.hidden = !message
    this.sendButton.classList.toggle('saving', Boolean(edit))
    if (!message) return
    const name = edit ? t('editing') : t('replyingTo', { name: reply.out ? t('you') : reply.from?.name ?? this.store.chat.title })
    fill(this.context, icon(edit ? 'edit' : 'reply', 'context-icon'),
      h('button', { type: 'button', class: 'context-text', onclick: () => this.timeline.jump(message.id) },
        h('span', { class: 'context-name' }, name), h('span', { class: 'context-line' }, summary(message))),
      iconButton('close', t('cancel'), () => this.cancelContext()))
  }

  replyTo(message) {
    if (this.#draft.edit) this.#stopEditing()
    this.#draft.reply = message
    this.#drawContext()
    this.focus()
  }

  edit(message) {
    this.#draft.before ??= this.input.value
    this.#draft.edit = message
    this.setText(restoreMarkup(message.text, message.entities))
    this.#drawContext()
    this.focus()
  }

  #stopEditing() {
    const draft = this.#draft
    draft.edit = undefined
    this.setText(draft.before ?? '')
    draft.before = undefined
  }

  /** Gives up editing or replying; false where there was nothing to give up. */
  cancelContext() {
    const draft = this.store.drafts.get(this.#chat)
    if (!draft?.edit && !draft?.reply) return false
    if (draft.edit) this.#stopEditing()
    else draft.reply = undefined
    this.#drawContext()
    this.focus()
    return true
  }

  setText(text) {
    this.input.value = text
    this.#typed()
    this.focus()
    this.input.setSelectionRange(text.length, text.length)
  }

  insert(text) {
    const { selectionStart: start, selectionEnd: end, value } = this.input
    this.input.value = value.slice(0, start) + text + value.slice(end)
    this.input.setSelectionRange(start + text.length, start + text.length)
    this.#typed()
    this.focus()
  }

  #typed() {
    this.#draft.text = this.input.value
    this.store.keepDrafts()
    this.#resize()
    this.commands.suggest(this.input.value)
    this.inline.typed(this.input.value)
  }

  #resize() {
    const hasText = this.input.value.trim() !== ''
    this.box.classList.toggle('filled', hasText)
    this.input.style.height = 'auto'
    this.input.style.height = `${Math.min(this.input.scrollHeight, 220)}px`
  }

  #key(event) {
    if (event.isComposing || this.commands.key(event) || this.inline.key(event)) return
    const empty = this.input.value === ''
    if (event.key === 'Enter' && !event.shiftKey) this.submit()
    else if (event.key === 'ArrowUp' && empty && !event.ctrlKey && !event.altKey) {
      const own = this.store.timeline(this.#chat).messages.findLast((message) => message.out && message.text !== undefined && !message.forward)
      if (own) this.edit(own)
      else this.timeline.focusBy(0)
    } else if (event.key === 'ArrowUp' && event.ctrlKey) {
      const last = this.store.timeline(this.#chat).messages.findLast((message) => !message.service)
      if (last) this.replyTo(last)
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() in WRAPS) this.#wrap(WRAPS[event.key.toLowerCase()])
    else return
    event.preventDefault()
  }

  #wrap(mark) {
    const { selectionStart: start, selectionEnd: end, value } = this.input
    if (start === end) return
    this.input.setRangeText(mark + value.slice(start, end) + mark, start, end, 'select')
    this.#typed()
  }

  #paste(event) {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    this.attach(files)
  }

  #chooseFile() {
    this.file.click()
  }

  /** Opens the dialog that sends these files, with what is written as their caption. */
  attach(files) {
    const chat = this.#chat
    if (files.length === 0 || chat === undefined) return
    const draft = this.store.draft(chat)
    // What stands in the field while a message is edited belongs to that message.
    sendFiles(files, { caption: draft.edit ? '' : this.input.value, send: async (list, { asFiles, caption }) => {
      const { text, entities } = parseMarkup(caption)
      const reply = draft.reply?.id
      const albums = albumsOf(list, asFiles)
      const thread = this.store.topic(chat)
      draft.reply = undefined
      if (!draft.edit && chat === this.#chat) this.setText('')
      this.#drawContext()
      const ordered = [...Map.groupBy(list, (file) => albums.get(file) ?? file).values()].flat()
      for (const [index, file] of ordered.entries()) {
        const first = index === 0
        await this.session.sendFile(chat, file, { kind: asFiles ? 'document' : undefined, text: first ? text : undefined,
          entities: first ? entities : undefined, reply: first ? reply : undefined, album: albums.get(file), thread })
      }
    } })
  }

  async submit() {
    const chat = this.#chat
    const draft = this.#draft
    const { text, entities } = parseMarkup(this.input.value)
    if (draft.edit) {
      const { edit } = draft
      if (text.trim() === '') return
      if (await this.session.edit(chat, edit.id, text, entities)) {
        this.#stopEditing()
        this.#drawContext()
      }
      return
    }
    if (text.trim() === '') return
    const { reply } = draft
    const source = this.input.value
    draft.reply = undefined
    this.setText('')
    this.#drawContext()
    const thread = this.store.topic(chat)
    const content = DICE.has(plainEmoji(text)) ? { dice: plainEmoji(text) } : { text, entities: entities.length ? entities : undefined }
    if (await this.session.send(chat, { ...content, reply_to: reply?.id, thread })) return
    this.#putBack(chat, draft, source, reply)
  }

  /** What was refused stands in the field again, unless something else was begun there. */
  #putBack(chat, draft, text, reply) {
    if (draft.text !== '' || draft.edit) return
    draft.reply ??= reply
    if (chat === this.#chat) {
      this.setText(text)
      this.#drawContext()
    } else {
      draft.text = text
      this.store.keepDrafts()
    }
  }

  #menu() {
    const { menu } = this.commands
    if (menu?.type === 'web_app') this.openApp({ chat: this.#chat })
    else this.commands.toggle()
  }
}

/** What is thrown when it stands alone. */
const DICE = new Set(['🎲', '🎯', '🏀', '⚽', '🎳', '🎰'])
const plainEmoji = (text) => text.trim().replace('\uFE0F', '')

const WRAPS = { b: '**', i: '__' }

/** How files go together: pictures with films, music with music, the rest with each other, GIFs each alone. */
function albumKind({ type }, asFiles) {
  if (asFiles) return 'document'
  if (type === 'image/gif') return undefined
  if (/^(image|video)\//.test(type)) return 'visual'
  return type.startsWith('audio/') ? 'audio' : 'document'
}

/** The number of the album that each file goes into; one that is alone of its kind goes into none. */
function albumsOf(files, asFiles) {
  const albums = new Map()
  for (const [kind, group] of Map.groupBy(files, (file) => albumKind(file, asFiles))) {
    const album = kind && group.length > 1 ? albumNumber() : undefined
    for (const file of group) albums.set(file, album)
  }
  return albums
}

/** What makes several files one album: a number as the service deals them. */
const albumNumber = () => `13${Date.now()}${Math.floor(Math.random() * 10)}`
