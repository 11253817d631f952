import { avatar } from '../avatar.js'
import { field, openDialog } from '../dialog.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'
import { chooseChat } from './choose-chat.js'

/** What keys of a bot's keyboard ask for before they send anything; what is answered goes with the press. */
const questions = {
  request_contact: (_, store) => {
    const phone = h('input', { type: 'tel', required: true, autocomplete: 'off', value: `+1555${store.user.id % 10000000}` })
    return form(t('shareContact'), [field(t('payPhone'), phone)], () => ({ phone: phone.value.trim() }))
  },
  request_location: () => {
    const number = (value, most) => h('input', { type: 'number', required: true, step: 'any', min: -most, max: most, value })
    const latitude = number('48.8584', 90)
    const longitude = number('2.2945', 180)
    return form(t('shareLocation'), [field(t('latitude'), latitude), field(t('longitude'), longitude)],
      () => ({ location: { latitude: Number(latitude.value), longitude: Number(longitude.value) } }))
  },
  request_users: ({ max_quantity: most = 1, user_is_bot: bots }, store) => {
    const fits = (user) => user.id !== store.user.id && !user.deactivated && (bots === undefined || user.bot === bots)
    const boxes = [...store.users.values()].filter(fits)
      .map((user) => ({ user, box: h('input', { type: most > 1 ? 'checkbox' : 'radio', name: 'user' }) }))
    const chosen = () => boxes.filter(({ box }) => box.checked).map(({ user }) => user.id)
    const people = h('div', { class: 'people', onchange: () => {
      const full = most > 1 && chosen().length >= most
      for (const { box } of boxes) box.disabled = full && !box.checked
    } }, boxes.map(({ user, box }) => h('label', { class: 'person' }, box, avatar(user.id, user.name, 's'), h('span', {}, user.name))))
    const body = boxes.length ? [h('p', { class: 'hint' }, t('chooseUpTo', { n: most })), people] : h('p', {}, t('nobodyFits'))
    return form(t('shareUsers'), body, () => (chosen().length ? { users: chosen() } : undefined))
  },
  request_chat: async (wish, store) => {
    const fits = (chat) => chat.type !== 'private' && (chat.type === 'channel') === Boolean(wish.chat_is_channel)
      && (wish.chat_has_username === undefined || wish.chat_has_username === Boolean(chat.username))
      && (!wish.chat_is_created || chat.role === 'creator')
      && (!wish.user_administrator_rights || ['creator', 'administrator'].includes(chat.role))
    const chat = await chooseChat(store, fits, t('shareChatHint'), t('shareChat'))
    return chat === undefined ? undefined : { shared_chat: chat }
  },
  request_poll: ({ type }) => {
    const quiz = type === 'quiz'
    const question = h('input', { required: true, maxlength: 300, autocomplete: 'off' })
    const options = Array.from({ length: 4 }, (_, index) => h('input', { required: index < 2, maxlength: 100, autocomplete: 'off' }))
    const right = options.map((_, index) => h('input', { type: 'radio', name: 'right', checked: index === 0, 'aria-label': t('rightAnswer') }))
    const lines = options.map((option, index) => h('div', { class: 'poll-line' }, quiz ? right[index] : null,
      field(t('pollOption', { n: index + 1 }), option)))
    return form(t('newPoll'), [field(t('pollQuestion'), question), ...lines], () => {
      const filled = options.map((option, index) => ({ text: option.value.trim(), index })).filter(({ text }) => text)
      const correct = filled.findIndex(({ index }) => right[index].checked)
      if (quiz && correct < 0) return undefined
      return { poll: { question: question.value.trim(), options: filled.map(({ text }) => text), ...(quiz ? { correct } : {}) } }
    })
  },
}

/** Asks for what a key wants; answers the fields of its press, or undefined where the person gave nothing. */
export async function askFor(button, store) {
  const question = questions[button.kind]
  return question ? question(button.request ?? {}, store) : {}
}

/** A dialog whose fields are sent; `read` answers undefined while something is missing. */
function form(title, body, read) {
  return new Promise((resolve) => {
    let given
    openDialog({ title, body, onclose: () => resolve(given), actions: [{ label: t('cancel') }, { label: t('share'), primary: true, run: () => {
      given = read()
      return given !== undefined
    } }] })
  })
}
