import { h, icon, iconButton } from '../dom.js'
import { t } from '../i18n.js'
import { copyText } from '../clipboard.js'
import { serviceLink } from '../apps/service-links.js'
import { linkTarget } from '../links.js'

/**
 * Text with its entities as nodes. Offsets are UTF-16 units, as JavaScript's own strings have them. Entities that
 * nest become nested elements; ones that only overlap, which no server sends, are cut at the edge.
 * `actions`: `command(text)`, `mention(username or User)`, `hashtag(text)`, `link(url)`, and `memory` with `message`,
 * which keep what was opened.
 */
export function renderText(text, entities = [], actions = {}) {
  const list = entities
    .filter((entity) => entity.length > 0 && entity.offset >= 0 && entity.offset < text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length)
  return renderRange(text, list, 0, text.length, actions)
}

function renderRange(text, entities, start, end, actions) {
  const nodes = []
  let cursor = start
  let index = 0
  while (index < entities.length) {
    const entity = entities[index]
    const from = Math.max(entity.offset, cursor)
    const to = Math.min(entity.offset + entity.length, end)
    index += 1
    if (to <= from) continue
    if (from > cursor) nodes.push(text.slice(cursor, from))
    const inner = []
    while (index < entities.length && entities[index].offset < to) inner.push(entities[index++])
    nodes.push(wrap(entity, text.slice(from, to), renderRange(text, inner, from, to, actions), actions))
    // A block ends its line by itself.
    cursor = BLOCKS.has(entity.type) && text[to] === '\n' && to < end ? to + 1 : to
  }
  if (cursor < end) nodes.push(text.slice(cursor, end))
  return nodes
}

const BLOCKS = new Set(['pre', 'blockquote', 'expandable_blockquote'])

const wrappers = {
  bold: (_, __, inner) => h('strong', {}, inner),
  italic: (_, __, inner) => h('em', {}, inner),
  underline: (_, __, inner) => h('u', {}, inner),
  strikethrough: (_, __, inner) => h('s', {}, inner),
  code: (_, raw) => {
    const copy = () => copyText(raw)
    return h('code', { class: 'code', title: t('copy'), onclick: copy }, raw)
  },
  pre: (entity, raw) => codeBlock(raw, entity.language),
  spoiler: (entity, _, inner, actions) => spoiler(inner, opening(entity, actions)),
  blockquote: (_, __, inner) => h('blockquote', { class: 'blockquote' }, inner),
  expandable_blockquote: (entity, _, inner, actions) => expandable(inner, opening(entity, actions)),
  url: (_, raw, inner, actions) => link(raw, inner, raw, actions),
  text_link: (entity, raw, inner, actions) => link(entity.url, inner, raw, actions),
  email: (_, raw, inner, actions) => link(`mailto:${raw}`, inner, raw, actions),
  phone_number: (_, raw, inner, actions) => link(`tel:${raw.replace(/[^+\d]/g, '')}`, inner, raw, actions),
  mention: (_, raw, inner, actions) => button(inner, () => actions.mention?.(raw.slice(1))),
  text_mention: (entity, _, inner, actions) => button(inner, () => actions.mention?.(entity.user)),
  hashtag: (_, raw, inner, actions) => button(inner, () => actions.hashtag?.(raw)),
  cashtag: (_, raw, inner, actions) => button(inner, () => actions.hashtag?.(raw)),
  bot_command: (_, raw, inner, actions) => button(inner, () => actions.command?.(raw)),
  custom_emoji: (entity, raw) => h('span', { class: 'custom-emoji', title: t('customEmoji') }, raw),
}

function wrap(entity, raw, inner, actions) {
  return (wrappers[entity.type] ?? ((_, __, nodes) => h('span', {}, nodes)))(entity, raw, inner, actions)
}

/** Whether a part of a text was opened before, and how to note that it is. */
const opening = ({ type, offset }, { memory, message }) => ({
  isOpen: memory?.isOpen(`${type} ${message} ${offset}`) ?? false,
  note: (open) => memory?.setOpen(`${type} ${message} ${offset}`, open),
})

const button = (inner, onclick) => h('button', { type: 'button', class: 'text-link', onclick }, inner)

/**
 * A link goes where its text says at once; behind other words, or to an odd scheme, only after a question. What the
 * service itself does behind a link is done here.
 */
function link(url, inner, raw, actions) {
  const target = linkTarget(url)
  if (!target) return h('span', {}, inner)
  return h('a', { class: 'text-link', href: target, target: '_blank', rel: 'noopener noreferrer', title: target,
    onclick: (event) => {
      if (raw === url && /^https?:/.test(target) && !actions.alwaysAsk && !serviceLink(target)) return
      event.preventDefault()
      actions.link?.(target)
    } }, inner)
}

function spoiler(inner, { isOpen, note }) {
  const reveal = () => {
    note(true)
    element.classList.add('revealed')
    element.removeAttribute('role')
    element.removeAttribute('tabindex')
    element.removeAttribute('aria-label')
  }
  const element = h('span', { class: 'spoiler', role: 'button', tabindex: 0, 'aria-label': t('spoiler'),
    onclick: (event) => {
      if (element.classList.contains('revealed')) return
      event.preventDefault()
      event.stopPropagation()
      reveal()
    },
    onkeydown: (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return
      event.preventDefault()
      reveal()
    } }, h('span', { class: 'spoiler-text' }, inner))
  if (isOpen) reveal()
  return element
}

function codeBlock(raw, language) {
  return h('div', { class: 'code-block' },
    h('div', { class: 'code-head' }, h('span', {}, language || t('code')),
      iconButton('copy', t('copyCode'), () => copyText(raw), { class: 'small' })),
    h('pre', { tabindex: 0 }, h('code', {}, raw)))
}

/** Three lines of a quote, and the rest on demand. */
function expandable(inner, { isOpen, note }) {
  const element = h('blockquote', { class: 'blockquote expandable' }, h('div', { class: 'quote-body' }, inner))
  const toggle = h('button', { type: 'button', class: 'quote-toggle', onclick: () => {
      const open = !element.classList.contains('open')
      note(open)
      show(open)
    } }, icon('down'))
  const show = (open) => {
    element.classList.toggle('open', open)
    toggle.setAttribute('aria-expanded', String(open))
    toggle.setAttribute('aria-label', t(open ? 'collapseQuote' : 'expandQuote'))
  }
  show(isOpen)
  element.append(toggle)
  return element
}

/** One to three emoji and nothing else, which are shown large. */
export function isJumbo(text, entities = []) {
  if (text.length > 33 || entities.some((entity) => entity.type !== 'custom_emoji')) return false
  const parts = [...new Intl.Segmenter().segment(text.replace(/\s+/g, ''))].map((part) => part.segment)
  return parts.length > 0 && parts.length <= 3 && parts.every((part) => /^\p{Extended_Pictographic}|^\p{Regional_Indicator}/u.test(part) || /^[\d#*]\uFE0F?\u20E3$/u.test(part))
}
