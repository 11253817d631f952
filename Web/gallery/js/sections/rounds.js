import { h } from '../dom.js'
import { t } from '../i18n.js'
import { empty } from '../card.js'
import { chatName } from '../names.js'

/** How far each chat is through the library. */
export function drawRounds({ rounds, library }) {
  if (!rounds) return empty(t('unreadable'))
  if (!rounds.length) return empty(t('noRounds'))
  return h('ul', { class: 'rounds' }, rounds.map((each) => {
    const name = chatName(each.chat)
    const all = library === null || library === undefined ? undefined : Math.max(library, each.shown)
    return h('li', {},
      h('p', { class: 'round-head' }, h('span', { class: 'round-name' }, name), h('span', { class: 'small muted' }, t('roundOf', { n: each.round }))),
      all ? h('progress', { max: all, value: each.shown, 'aria-label': name }) : null,
      h('p', { class: 'small muted' }, all ? t('shownOf', { shown: each.shown, all }) : t('shownOnly', { shown: each.shown })))
  }))
}
