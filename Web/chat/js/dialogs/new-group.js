import { avatar } from '../avatar.js'
import { field, openDialog } from '../dialog.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'

/** Makes a group or a channel with some of the people and bots in it. */
export function newGroup(store, session, open) {
  const title = h('input', { required: true, maxlength: 128, autocomplete: 'off' })
  const type = h('select', {}, h('option', { value: 'supergroup' }, t('supergroup')), h('option', { value: 'group' }, t('basicGroup')),
    h('option', { value: 'channel' }, t('channel')))
  const boxes = [...store.users.values()].filter((user) => user.id !== store.user.id)
    .map((user) => ({ user, box: h('input', { type: 'checkbox' }) }))
  openDialog({
    title: t('newGroup'),
    body: [field(t('groupTitle'), title), field(t('groupType'), type),
      h('fieldset', { class: 'people' }, h('legend', {}, t('addMembers')), boxes.map(({ user, box }) =>
        h('label', { class: 'person' }, box, avatar(user.id, user.name, 's'), h('span', {}, user.name), user.bot ? h('span', { class: 'tag' }, t('bot')) : null)))],
    actions: [{ label: t('cancel') }, { label: t('create'), primary: true, run: async () => {
      const members = boxes.filter(({ box }) => box.checked).map(({ user }) => user.id)
      const chat = await session.addChat({ type: type.value, title: title.value.trim(), members })
      if (!chat) return false
      open(chat.id)
      return true
    } }],
  })
}
