import { avatar } from '../avatar.js'
import { confirmDialog, openDialog } from '../dialog.js'
import { h, icon } from '../dom.js'
import { t } from '../i18n.js'
import { openMenu } from '../menu.js'

/** Who a chat is with, and what can be done about it: members and roles, blocking a bot, leaving. */
export async function chatInfo(chat, store, session, openChat) {
  if (!chat) return
  const members = chat.type === 'private' ? undefined : await session.members(chat.id)
  const admin = ['creator', 'administrator'].includes(chat.role)
  const body = [
    h('div', { class: 'info-head' }, avatar(chat.id, chat.title, 'xl'), h('div', {}, h('div', { class: 'info-title' }, chat.title),
      chat.username ? h('div', { class: 'info-line' }, `@${chat.username}`) : null, h('div', { class: 'info-line' }, `id ${chat.id}`))),
    chat.about ? h('p', { class: 'info-about' }, chat.about) : null,
  ]
  const command = (name, label, run, danger = false) =>
    h('button', { type: 'button', class: `info-command${danger ? ' danger' : ''}`, onclick: () => {
      handle.close()
      run()
    } }, icon(name), h('span', {}, label))
  if (chat.type === 'private') {
    body.push(command('block', t(chat.blocked ? 'unblock' : 'blockBot'), () => session.setBlocked(chat.id, !chat.blocked), !chat.blocked))
  }
  if (members) {
    body.push(h('div', { class: 'info-section' }, t(chat.type === 'channel' ? 'subscribers' : 'members', { n: members.length })))
    if (admin || chat.type === 'group') body.push(command('user-plus', t('addMembers'), () => invite(chat, members, store, session)))
    body.push(h('ul', { class: 'member-list' }, members.map((member) => h('li', {},
      h('button', { type: 'button', class: 'person', onclick: (event) => {
        const items = []
        if (store.chats.has(member.user.id)) items.push({ icon: 'bot', label: t('openChat'), run: () => { handle.close(); openChat(member.user.id) } })
        if (admin && member.user.id !== store.user.id && member.role !== 'creator') {
          const promoted = member.role === 'administrator'
          items.push({ icon: 'crown', label: t(promoted ? 'demote' : 'promote'), run: () => { handle.close(); session.promote(chat.id, member.user.id, promoted ? 'member' : 'administrator') } },
            { icon: 'block', label: t('removeMember'), danger: true, run: () => { handle.close(); session.ban(chat.id, member.user.id) } })
        }
        if (items.length) openMenu(event.currentTarget, items, { label: member.user.name })
      } }, avatar(member.user.id, member.user.name, 's'), h('span', {}, member.user.name),
      h('span', { class: 'tag' }, member.title ?? t(`role_${member.role}`)))))))
    if (chat.role !== 'creator') {
      body.push(command('leave', t('leave'), () => confirmDialog(t('leave'), t('leaveQuestion', { name: chat.title }), t('leave'), () => void session.leave(chat.id)), true))
    }
  }
  const handle = openDialog({ title: t('chatInfo'), body, className: 'info' })
}

function invite(chat, members, store, session) {
  const known = new Set(members.map((member) => member.user.id))
  const boxes = [...store.users.values()].filter((user) => !known.has(user.id)).map((user) => ({ user, box: h('input', { type: 'checkbox' }) }))
  openDialog({
    title: t('addMembers'),
    body: boxes.length === 0 ? h('p', {}, t('nobodyLeft')) : h('div', { class: 'people' }, boxes.map(({ user, box }) =>
      h('label', { class: 'person' }, box, avatar(user.id, user.name, 's'), h('span', {}, user.name), user.bot ? h('span', { class: 'tag' }, t('bot')) : null))),
    actions: [{ label: t('cancel') }, { label: t('add'), primary: true, run: async () => {
      for (const { user, box } of boxes) if (box.checked) await session.invite(chat.id, user.id)
    } }],
  })
}
