import { openedApp } from '../apps/app-window.js'
import { copyText } from '../clipboard.js'
import { messageMenu, deleteMessage } from './message-menu.js'
import { shortcuts } from './user-menu.js'

/** Keys that work everywhere, and those of a focused message. */
export function installKeys({ store, session, chatList, conversation, inspector, openChat, closeChat }) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return
    if (global(event) || (event.target.closest?.('.row') && onMessage(event))) event.preventDefault()
  })

  function global(event) {
    const command = event.ctrlKey || event.metaKey
    if (command && event.key.toLowerCase() === 'k') {
      chatList.search.focus()
      chatList.search.select()
    } else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      openChat(chatList.neighbour(event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.altKey && event.code === 'KeyI') inspector.toggle()
    else if (event.key === '?' && !isTyping(event.target)) shortcuts()
    else if (event.key === 'Escape') return escape(event)
    else return false
    return true
  }

  /** Escape takes back one thing at a time: what is being answered or edited, the place, an app, then the chat. */
  function escape(event) {
    if (store.selected === undefined) return false
    if (conversation.composer.cancelContext()) return true
    if (event.target.closest('.row')) conversation.composer.focus()
    else if (openedApp()) openedApp().askToClose()
    else closeChat()
    return true
  }

  function onMessage(event) {
    const row = event.target.closest('.row')
    const place = event.target.closest('[data-id]')
    const message = store.timeline(store.selected).find(Number(place.dataset.id))
    if (event.key === 'ArrowUp') conversation.timeline.focusBy(-1)
    else if (event.key === 'ArrowDown') conversation.timeline.focusBy(1)
    else if (event.key === 'End') conversation.timeline.toEnd()
    else if (!message || message.service || event.ctrlKey || event.metaKey || event.altKey) return false
    else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')
      || (event.target === row && event.key === 'Enter')) messageMenu(message, place === row ? row.querySelector('.bubble') : place, conversation)
    else if (event.target !== row) return false
    else if (event.code === 'KeyR') conversation.composer.replyTo(message)
    else if (event.code === 'KeyE' && message.out && message.text !== undefined) conversation.composer.edit(message)
    else if (event.code === 'KeyC' && message.text && !message.protected) copyText(message.text)
    else if (event.key === 'Delete') deleteMessage(message, conversation)
    else return false
    return true
  }
}

const isTyping = (element) => element.matches?.('input, textarea, select')
