import { h } from '../dom.js'
import { number } from '../format.js'
import { t } from '../i18n.js'
import { empty } from '../card.js'

/** The galleries that people like most, and least. */
export function drawGalleries({ liked, disliked }) {
  if (!liked.length && !disliked.length) return empty(t('noGalleries'))
  const most = Math.max(1, ...[...liked, ...disliked].map((each) => Math.max(each.up, each.down)))
  return h('div', { class: 'gallery-lists' },
    list('mostLiked', liked, 'noneLiked', most), list('mostDisliked', disliked, 'noneDisliked', most))
}

function list(heading, galleries, nothing, most) {
  return h('div', {}, h('h3', {}, t(heading)),
    galleries.length
      ? h('ol', { class: 'gallery-list' }, galleries.map((each) => gallery(each, most)))
      : empty(t(nothing)))
}

function gallery({ name, up, down }, most) {
  return h('li', {},
    h('p', { class: 'gallery-name' }, name || '–'),
    h('p', { class: 'gallery-tally', 'aria-hidden': 'true' },
      h('meter', { class: 'up', min: 0, max: most, value: up, tabindex: -1 }), h('span', {}, `👍 ${number(up)}`),
      h('meter', { class: 'down', min: 0, max: most, value: down, tabindex: -1 }), h('span', {}, `👎 ${number(down)}`)),
    h('p', { class: 'visually-hidden' }, t('tally', { up, down })))
}
