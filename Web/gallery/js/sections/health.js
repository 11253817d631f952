import { h } from '../dom.js'
import { iso, moment } from '../format.js'
import { has, t } from '../i18n.js'
import { timeElement } from '../card.js'

/** How everything is that the bot depends on. */
export function drawHealth({ upstreams }) {
  return h('ul', { class: 'upstreams' }, upstreams.map((each) => h('li', { class: `upstream ${each.ok ? 'ok' : 'bad'}` },
    h('span', { class: 'dot', 'aria-hidden': 'true' }),
    h('div', { class: 'upstream-text' },
      h('p', { class: 'upstream-name' }, h('span', {}, has(`up_${each.name}`) ? t(`up_${each.name}`) : each.name),
        h('span', { class: 'muted' }, each.ok ? (each.milliseconds === null ? t('fine') : latency(each)) : t('failing'))),
      each.ok ? h('p', { class: 'visually-hidden' }, t('fine')) : h('p', { class: 'trouble' }, each.detail),
      each.fault
        ? h('p', { class: 'small muted' }, fault(each.fault, each.ok))
        : h('p', { class: 'small muted' }, t('noFault'))))))
}

const latency = ({ milliseconds: n }) =>
  t('milliseconds', { n: n < 10 ? Math.max(0.1, Math.round(n * 10) / 10) : Math.round(n) })

function fault({ at, text }, withText) {
  const [before, after] = t('lastFault', { text: withText ? text : '' }).split('{time}')
  return [before, timeElement(moment(at), iso(at)), withText ? after : after?.replace(/[:\s]+$/, '')]
}

/** One line for the whole, for the page's head. */
export function overall(upstreams) {
  const bad = upstreams.filter((each) => !each.ok).length
  return bad ? t('someTrouble', { n: bad }) : t('allWell')
}
