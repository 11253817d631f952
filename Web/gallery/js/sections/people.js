import { h } from '../dom.js'
import { iso, moment } from '../format.js'
import { has, t } from '../i18n.js'
import { empty, timeElement } from '../card.js'
import { chatName } from '../names.js'

/** Who may use the bot, and how they do. */
export function drawPeople(people) {
  if (!people.length) return empty(t('noPeople'))
  return h('ul', { class: 'people' }, people.map((each) => h('li', {},
    h('div', { class: 'person' },
      h('p', { class: 'person-name' }, chatName({ ...each, kind: 'private' }),
        each.username ? h('span', { class: 'muted' }, ` @${each.username}`) : null),
      h('span', { class: `badge ${each.status === 'denied' ? 'warn' : ''}` }, has(`status_${each.status}`) ? t(`status_${each.status}`) : each.status)),
    h('p', { class: 'small muted' },
      [t('photos', { n: each.sent }), each.up ? `👍 ${each.up}` : '', each.down ? `👎 ${each.down}` : ''].filter(Boolean).join(' · '),
      each.last ? [' · ', timeElement(moment(each.last), iso(each.last))] : ''))))
}
