import { h } from '../dom.js'
import { number } from '../format.js'
import { t } from '../i18n.js'

/** The numbers at the top. */
export function drawFigures({ figures, people, library }) {
  const tiles = [
    ['sentToday', figures.today], ['sentWeek', figures.week], ['sentAll', figures.all],
    ['people', people?.filter((each) => each.status !== 'denied').length], ['chats', figures.chats], ['library', library],
  ]
  return h('dl', { class: 'figures' }, tiles.map(([key, value]) => h('div', { class: 'figure' },
    h('dt', {}, t(key)), h('dd', {}, value === undefined || value === null ? '–' : number(value)))))
}
