import { avatar } from '../avatar.js'
import { openDialog } from '../dialog.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'

/** Asks for one of the chats that `fits`; answers its id, or undefined. */
export function chooseChat(store, fits, text, title = t('chooseOne')) {
  return new Promise((resolve) => {
    let chosen
    const handle = openDialog({
      title, onclose: () => resolve(chosen),
      body: [text ? h('p', {}, text) : null, h('div', { class: 'people' }, store.orderedChats.filter(fits).map((chat) =>
        h('button', { type: 'button', class: 'person', onclick: () => {
          chosen = chat.id
          handle.close()
        } }, avatar(chat.id, chat.title, 's'), h('span', {}, chat.title))))],
    })
  })
}
