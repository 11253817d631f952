import { h } from '../dom.js'
import { iso, moment } from '../format.js'
import { t } from '../i18n.js'
import { empty, timeElement } from '../card.js'
import { chatName } from '../names.js'

/**
 * Schedules by chat, with what comes next. `pause(path, isPaused)` asks the server: for all of a chat, or for one.
 */
export const drawSchedules = (pause) => (chats) => {
  if (!chats.length) return empty(t('noSchedules'))
  return h('ul', { class: 'schedules' }, chats.map((each) => {
    const chat = chatName(each.chat)
    return h('li', { class: 'schedule-chat' },
      h('div', { class: 'schedule-head' },
        h('h3', {}, chat),
        each.paused ? h('span', { class: 'badge warn' }, each.pausedUntil ? t('pausedUntil', { time: moment(each.pausedUntil) }) : t('paused')) : null,
        each.quiet ? h('span', { class: 'badge' }, t('quiet', { from: each.quiet[0], until: each.quiet[1] })) : null,
        button(`chats/${each.chat.id}`, each.paused, t(each.paused ? 'resumeOf' : 'pauseOf', { chat }), pause)),
      each.unreachable ? h('p', { class: 'trouble' }, t('unreachable', { reason: each.unreachable })) : null,
      h('ul', { class: 'schedule-list' }, each.schedules.map((one) => rule(one, each, pause))))
  }))
}

function rule(one, chat, pause) {
  const details = [one.filter, one.count > 1 ? t('photos', { n: one.count }) : null, one.silent ? t('silent') : null,
    one.configured ? t('configured') : null].filter(Boolean)
  const name = one.words ?? one.cron
  return h('li', { class: 'schedule' },
    h('div', { class: 'schedule-text' },
      h('p', {}, one.words ? h('span', { class: 'schedule-words' }, one.words) : h('code', {}, one.cron), ' ',
        h('span', { class: 'small muted' }, one.zone), one.paused ? [' ', h('span', { class: 'badge warn' }, t('paused'))] : null),
      details.length ? h('p', { class: 'small muted' }, details.join(' · ')) : null,
      one.paused || chat.paused ? null : h('p', { class: 'small' }, h('span', { class: 'muted' }, `${t('next')}: `),
        one.next.length ? one.next.map((at, index) => [index ? ', ' : '', timeElement(moment(at, one.zone), iso(at))]) : t('never'))),
    one.id && !chat.paused ? button(`schedules/${one.id}`, one.paused, t(one.paused ? 'resumeOne' : 'pauseOne', { name }), pause) : null)
}

/** A button that pauses what a path stands for, or lets it go on. */
function button(path, isPaused, label, pause) {
  return h('button', { type: 'button', class: 'button quiet', 'data-key': `pause-${path}`, 'aria-label': label,
    onclick: ({ currentTarget }) => {
      // Not `disabled`, which would take the focus away.
      if (currentTarget.ariaDisabled === 'true') return
      currentTarget.ariaDisabled = 'true'
      pause(path, !isPaused)
    } }, t(isPaused ? 'resume' : 'pause'))
}
