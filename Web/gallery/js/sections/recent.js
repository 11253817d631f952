import { h } from '../dom.js'
import { iso, moment } from '../format.js'
import { has, t } from '../i18n.js'
import { empty, timeElement } from '../card.js'
import { chatName } from '../names.js'

const FEW = 12
/** Pictures by number: one that is shown already is not fetched again. */
const pictures = new Map()
let shown = FEW

/** The photos that were sent last. */
export const drawRecent = (redraw) => (photos) => {
  if (!photos.length) return empty(t('noRecent'))
  for (const number of pictures.keys()) if (!photos.some((each) => each.id === number)) pictures.delete(number)
  return [
    h('ul', { class: 'photos' }, photos.slice(0, shown).map(photo)),
    photos.length > FEW
      ? h('button', { type: 'button', class: 'button quiet more', 'data-key': 'more', onclick: () => {
        shown = shown > FEW ? FEW : photos.length
        redraw()
      } }, t(shown > FEW ? 'lessRecent' : 'moreRecent'))
      : null,
  ]
}

function photo(each) {
  const title = each.title || t('untitled')
  const source = has(`source_${each.source}`) ? t(`source_${each.source}`) : each.source
  return h('li', {}, h('figure', { class: 'photo' },
    h('div', { class: 'photo-frame' }, picture(each.id, title), votes(each)),
    h('figcaption', {},
      h('p', { class: 'photo-title' }, title),
      each.gallery ? h('p', { class: 'small muted one-line', title: each.gallery }, each.gallery) : null,
      h('p', { class: 'small muted' }, chatName(each.chat), ' · ', timeElement(moment(each.at), iso(each.at))),
      each.source && each.source !== 'asked' ? h('p', { class: 'small muted' }, source) : null)))
}

function votes({ up, down }) {
  if (!up && !down) return null
  const text = [up ? `👍 ${up}` : '', down ? `👎 ${down}` : ''].filter(Boolean).join(' ')
  return h('span', { class: 'votes' }, h('span', { 'aria-hidden': 'true' }, text),
    h('span', { class: 'visually-hidden' }, t('tally', { up, down })))
}

function picture(number, title) {
  const known = pictures.get(number)
  if (known) {
    if (known.tagName === 'IMG') known.alt = title
    return known
  }
  const image = h('img', { src: `api/thumbnails/${number}`, alt: title, width: 320, height: 240, loading: 'lazy', decoding: 'async' })
  image.addEventListener('load', () => image.classList.add('loaded'))
  image.addEventListener('error', () => {
    const none = h('div', { class: 'no-picture', role: 'img', 'aria-label': t('noPicture') }, '🖼')
    image.replaceWith(none)
    // Asked for again when the part is drawn anew: the library may be back.
    pictures.delete(number)
  })
  pictures.set(number, image)
  return image
}
