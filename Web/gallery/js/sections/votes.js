import { h } from '../dom.js'
import { t } from '../i18n.js'
import { empty } from '../card.js'
import { Plot } from '../plot.js'
import { recall, remember } from '../preferences.js'

const SPANS = [30, 90, 365]
const plot = new Plot()

let span = Number(recall('span', '30'))
if (!SPANS.includes(span)) span = 30

/** The chosen number of days. */
export const chosenSpan = () => span

/** The choice of the period, for the head of the part. */
export function spanChoice(onchange) {
  const element = h('fieldset', { class: 'choice' })
  const draw = () => {
    element.replaceChildren(h('legend', { class: 'visually-hidden' }, t('span')), ...SPANS.map((days) => h('label', {},
      h('input', { type: 'radio', name: 'span', value: days, checked: days === span, onchange: () => {
        span = days
        remember('span', String(days))
        onchange()
      } }),
      h('span', {}, days === 365 ? t('year') : t('days', { n: days })))))
  }
  draw()
  return { element, draw }
}

/** Votes over time. */
export function drawVotes(votes) {
  if (!votes.days.some(([up, down]) => up || down)) return empty(t('noVotes'))
  plot.show(votes)
  return plot.element
}
