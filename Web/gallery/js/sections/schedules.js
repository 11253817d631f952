import { h } from '../dom.js'
import { iso, moment } from '../format.js'
import { t } from '../i18n.js'
import { empty, timeElement } from '../card.js'
import { chatName } from '../names.js'

/** Schedules by chat, with what comes next, and a pause for each chat; `pause(chat, isPaused)` asks the server. */
export const drawSchedules = (pause) => (chats) => {
  if (!chats.length) return empty(t('noSchedules'))
  return h('ul', { class: 'schedules' }, chats.map((each) => h('li', { class: 'schedule-chat' },
    h('div', { class: 'schedule-head' },
      h('h3', {}, chatName(each.chat)),
      each.paused ? h('span', { class: 'badge warn' }, pausedText(each)) : null,
      button(each, pause)),
    each.unreachable ? h('p', { class: 'trouble' }, t('unreachable', { reason: each.unreachable })) : null,
    h('ul', { class: 'schedule-list' }, each.schedules.map((one) => rule(one, each))))))
}

function rule(one, chat) {
  const details = [one.filter, one.count > 1 ? t('photos', { n: one.count }) : null, one.silent ? t('silent') : null,
    one.configured ? t('configured') : null].filter(Boolean)
  return h('li', { class: 'schedule' },
    h('p', {}, h('code', {}, one.phrase || one.cron), ' ', h('span', { class: 'muted' }, one.zone)),
    details.length ? h('p', { class: 'small muted' }, details.join(' · ')) : null,
    chat.paused ? null : h('p', { class: 'small' }, h('span', { class: 'muted' }, `${t('next')}: `),
      one.next.length ? one.next.map((at, index) => [index ? ', ' : '', timeElement(moment(at, one.zone), iso(at))]) : t('never')))
}

const pausedText = ({ pausedUntil }) => (pausedUntil ? t('pausedUntil', { time: moment(pausedUntil) }) : t('paused'))

function button(each, pause) {
  if (!pause) return null
  const chat = chatName(each.chat)
  return h('button', { type: 'button', class: 'button quiet', 'data-key': `pause-${each.chat.id}`,
    'aria-label': t(each.paused ? 'resumeOf' : 'pauseOf', { chat }),
    onclick: (event) => {
      event.currentTarget.disabled = true
      pause(each.chat.id, !each.paused)
    } }, t(each.paused ? 'resume' : 'pause'))
}
