import { h, icon } from '../dom.js'
import { money } from '../format.js'
import { t } from '../i18n.js'
import { avatar } from '../avatar.js'
import { fileURL } from '../api.js'
import { linkTarget } from '../links.js'

/** The smaller kinds of content, each as one card. */

export function invoiceCard(invoice) {
  const photo = invoice.photo
  return h('div', { class: 'invoice' },
    photo ? h('img', { class: 'invoice-photo', src: fileURL(photo.file), alt: '', width: photo.w, height: photo.h }) : null,
    h('div', { class: 'invoice-title' }, invoice.title),
    h('p', { class: 'invoice-text' }, invoice.description),
    h('div', { class: 'invoice-price' }, money(invoice.total, invoice.currency),
      invoice.paid ? h('span', { class: 'paid' }, icon('check'), t('paid')) : null))
}

export function gameCard(game) {
  return h('div', { class: 'invoice game' }, h('div', { class: 'invoice-title' }, game.title),
    h('p', { class: 'invoice-text' }, game.text || game.description))
}

/** Pictures and films that Stars open; `unlock` pays. */
export function paidCard(paid, unlock) {
  return h('button', { type: 'button', class: 'paid-media', onclick: unlock },
    h('span', { class: 'paid-count' }, paid.kinds.map((kind) => t(`media_${kind}`)).join(', ')),
    h('span', { class: 'paid-price' }, t('unlock', { price: money(paid.stars, 'XTR') })))
}

/** Which of the nine places of a die's face have a dot. */
const PIPS = [[4], [0, 8], [0, 4, 8], [0, 2, 6, 8], [0, 2, 4, 6, 8], [0, 2, 3, 5, 6, 8]]

export function diceView(dice) {
  const pips = dice.emoji === '🎲' ? PIPS[dice.value - 1] : undefined
  const face = pips && Array.from({ length: 9 }, (_, place) => h('i', { class: pips.includes(place) ? 'pip' : '' }))
  return h('div', { class: 'dice', role: 'img', 'aria-label': t('diceValue', { emoji: dice.emoji, value: dice.value }) },
    face ? h('span', { class: 'dice-face' }, face) : h('span', { class: 'dice-emoji' }, dice.emoji),
    face ? null : h('span', { class: 'dice-value' }, dice.value))
}

export function locationCard(location) {
  const place = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`
  return h('div', { class: 'card location' }, h('span', { class: 'card-icon' }, icon('location')),
    h('div', { class: 'card-text' }, h('div', { class: 'card-title' }, location.title ?? t('media_location')),
      h('div', { class: 'card-line' }, location.address ?? place),
      location.live_until * 1000 > Date.now() ? h('div', { class: 'card-line live' }, t('liveLocation')) : null, location.address ? h('div', { class: 'card-line' }, place) : null))
}

export function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(' ')
  return h('div', { class: 'card contact' }, avatar(contact.phone.replace(/\D/g, '').slice(-6) || 0, name),
    h('div', { class: 'card-text' }, h('div', { class: 'card-title' }, name), h('div', { class: 'card-line' }, contact.phone)))
}

/** The page a link leads to. The simulator fetches nothing, so a preview is the host and the address. */
export function linkPreview(preview) {
  const target = linkTarget(preview.url)
  if (!target) return null
  const url = new URL(target)
  return h('div', { class: 'link-preview' }, h('div', { class: 'preview-site' }, url.hostname),
    url.pathname !== '/' ? h('div', { class: 'preview-path' }, url.pathname) : null)
}
