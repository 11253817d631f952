import { confirmDialog } from '../dialog.js'
import { copyText } from '../clipboard.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'
import { closeMenu, openMenu } from '../menu.js'

const QUICK = ['👍', '❤️', '🔥', '🎉', '😁', '😢', '🤔', '👎']
/** The server takes ❤ without the variation selector that makes fonts colour it. */
const plain = (emoji) => emoji.replace('\uFE0F', '')

/** What can be done with one message. */
export function messageMenu(message, place, conversation) {
  const { store, session, composer } = conversation
  const { chat } = store
  const editable = message.out && message.text !== undefined && !message.forward && !message.via
  const mayPin = chat.type === 'private' || ['creator', 'administrator'].includes(chat.role)
  const mayDelete = message.out || chat.type === 'private' || ['creator', 'administrator'].includes(chat.role)
  const mine = new Set((message.reactions ?? []).filter((each) => each.mine).map((each) => plain(each.emoji)))
  const reactions = h('div', { class: 'quick-reactions', role: 'group', 'aria-label': t('reactions') }, QUICK.map((emoji) =>
    h('button', { type: 'button', class: `quick${mine.has(plain(emoji)) ? ' mine' : ''}`, 'aria-label': t('reactWith', { emoji }),
      'aria-pressed': String(mine.has(plain(emoji))), onclick: () => {
        closeMenu()
        session.react(chat.id, message.id, mine.has(plain(emoji)) ? '' : plain(emoji))
      } }, emoji)))
  openMenu(place, [
    chat.can_write && { icon: 'reply', label: t('reply'), run: () => composer.replyTo(message) },
    editable && { icon: 'edit', label: t('edit'), run: () => composer.edit(message) },
    message.text && !message.protected && { icon: 'copy', label: t('copyText'), run: () => copyText(message.text) },
    mayPin && { icon: 'pin', label: t(message.pinned ? 'unpin' : 'pin'), run: () => session.pin(chat.id, message.id, !message.pinned) },
    mayDelete && { icon: 'trash', label: t('delete'), danger: true, run: () => deleteMessage(message, conversation) },
  ], { head: reactions, label: t('messageMenu') })
}

/** Asks, then deletes. */
export function deleteMessage(message, { store, session }) {
  const chat = store.selected
  confirmDialog(t('deleteMessage'), t('deleteQuestion'), t('delete'), () => void session.delete(chat, message.id))
}
