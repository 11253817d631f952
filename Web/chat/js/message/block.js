import { avatar, hueOf } from '../avatar.js'
import { h, icon } from '../dom.js'
import { fullDate, time } from '../format.js'
import { t } from '../i18n.js'
import { contactCard, diceView, gameCard, invoiceCard, linkPreview, locationCard, paidCard } from './cards.js'
import { isJumbo, renderText } from './entities.js'
import { inlineKeyboard } from './inline-keyboard.js'
import { albumVisual, isVisual, mediaName, otherMedia, singleVisual } from './media.js'
import { longPress } from './long-press.js'
import { pollView } from './poll.js'
import { plainText, serviceText, spokenSummary } from './summary.js'

/**
 * One row of a conversation as an element. `context`: `group` (senders are named), `streaming`, and the actions
 * `view`, `text` (those of entities), `press`, `stop`, `vote`, `react`, `jump`, `menu`, `mention`, `receipt`, `unlock`,
 * and `memory`.
 */
export function renderRow(row, context) {
  if (row.kind === 'service') return serviceRow(row.messages[0], context)
  return blockRow(row, context)
}

function serviceRow(message, context) {
  const { message: target, receipt } = message.service
  return h('div', { class: 'row service', dataset: { id: message.id }, role: 'article', tabindex: -1 },
    receipt
      ? h('button', { type: 'button', class: 'pill', onclick: () => context.receipt(message.service) }, serviceText(message))
      : h('span', { class: 'pill', onclick: target ? () => context.jump(target) : undefined }, serviceText(message)))
}

function blockRow(row, context) {
  const { messages } = row
  const main = messages.find((message) => message.text) ?? messages[0]
  const head = messages[0]
  const sender = head.from ?? { id: head.sender_chat?.id ?? 0, name: head.sender_chat?.title ?? '' }
  const named = context.group && !head.out && row.first && sender.name
  const album = messages.length > 1 && messages.every((message) => isVisual(message.media))
  const list = messages.length > 1 && !album
  const visual = isVisual(main.media)
  const jumbo = !main.media && main.text !== undefined && !main.reply && !main.forward && isJumbo(main.text, main.entities)
  const bare = jumbo || main.media?.kind === 'sticker' || main.dice !== undefined || main.media?.kind === 'video_note'
  const onlyVisual = visual && !main.text && !named && !main.forward && !main.reply && !main.via
  const parts = []

  if (named) parts.push(h('button', { type: 'button', class: `sender hue-${hueOf(sender.id)}`, onclick: () => context.mention(sender) }, sender.name))
  if (main.topic && row.first) parts.push(h('div', { class: 'topic' }, `# ${main.topic.name}`))
  if (main.via) parts.push(h('div', { class: 'via' }, t('via'), h('button', { type: 'button', class: 'text-link', onclick: () => context.mention(main.via) }, `@${main.via.username ?? main.via.name}`)))
  if (main.forward) parts.push(h('div', { class: 'forward' }, icon('forward'), t('forwardedFrom'), h('strong', {}, main.forward.name)))
  if (main.reply) parts.push(replyQuote(main.reply, context))

  const media = album
    ? albumVisual(messages, context)
    : messages.map((message) => (list ? albumItem(message, context) : mediaOf(message, context)))
  const text = !list && main.text !== undefined && main.text !== '' ? textBlock(main, context, jumbo) : null
  parts.push(...(main.caption_above ? [text, media] : [media, text]))
  if (main.dice) parts.push(diceView(main.dice))
  if (main.poll) parts.push(pollView(main.poll, (options) => context.vote(main, options), context.memory?.ticks(main.id)))
  if (main.invoice) parts.push(invoiceCard(main.invoice))
  if (main.game) parts.push(gameCard(main.game))
  if (main.paid) {
    parts.unshift(...(main.paid.media
      ? main.paid.media.map((each) => mediaOf({ ...main, media: each }, { ...context, memory: undefined }))
      : [paidCard(main.paid, () => context.unlock(main))]))
  }
  if (main.location) parts.push(locationCard(main.location))
  if (main.contact) parts.push(contactCard(main.contact))
  if (main.link_preview && !main.media) parts[main.link_preview.above ? 'unshift' : 'push'](linkPreview(main.link_preview))
  const reactions = list ? null : reactionBar(messages, context)
  const foot = meta(main, row, context)
  if (reactions) reactions.append(foot)
  const inText = text && !main.caption_above && !reactions && !main.poll && !main.invoice && !main.link_preview && !main.location && !main.contact
  if (inText) text.append(foot)
  parts.push(reactions ?? (inText ? null : foot))

  const classes = ['bubble', main.protected && 'protected', visual && 'has-visual', onlyVisual && 'only-visual', onlyVisual && reactions && 'with-reactions',
    bare && 'bare', text && 'has-text', context.streaming && 'streaming', main.media && !visual && !bare && 'has-file']
  const width = visual ? (album ? 440 : undefined) : undefined
  const bubble = h('div', { class: classes.filter(Boolean).join(' '), style: width ? { '--visual': `${width}px` } : undefined }, parts)
  const keyboard = main.keyboard?.length ? inlineKeyboard(main.keyboard, main.invoice?.paid, (line, column, button) => context.press(main, line, column, button)) : null
  const stop = context.streaming && main.stop ? h('button', { type: 'button', class: 'stop-button', onclick: () => context.stop(main.stop) }, t('stopAnswer')) : null
  const target = (element) => {
    const part = element.closest('.cell, .album-item')
    return messages.find((each) => String(each.id) === part?.dataset.id) ?? main
  }
  const label = `${head.out ? t('you') : sender.name}, ${messages.map(spokenSummary).join(', ')}, ${time(main.date)}${main.edited ? `, ${t('edited')}` : ''}`
  return h('article', { class: `row ${head.out ? 'out' : 'in'}${row.first ? ' first' : ''}${row.last ? ' last' : ''}${context.group ? ' in-group' : ''}`,
    dataset: { id: main.id, ids: messages.map((message) => message.id).join(' ') }, tabindex: -1, 'aria-label': label,
    oncontextmenu: (event) => {
      if (event.target.closest('a[href]:not(.document), input, textarea') || String(getSelection()) !== '') return
      event.preventDefault()
      context.menu(target(event.target), { x: event.clientX, y: event.clientY })
    },
    onpointerdown: longPress((element, place) => context.menu(target(element), place)) },
  context.group && !head.out ? h('div', { class: 'gutter' }, row.last ? avatar(sender.id, sender.name, 's') : null) : null,
  h('div', { class: 'stack' }, bubble, stop ?? keyboard),
  list ? null : h('button', { type: 'button', class: 'row-menu icon-button', tabindex: -1, 'aria-label': t('messageMenu'), title: t('messageMenu'),
    onclick: (event) => context.menu(main, event.currentTarget) }, icon('more')))
}

const mediaOf = (message, context) =>
  message.media ? (isVisual(message.media) ? singleVisual(message, context) : otherMedia(message, context.memory)) : null

/** One file of an album that is no mosaic, with what belongs to it alone. */
function albumItem(message, context) {
  return h('div', { class: 'album-item', dataset: { id: message.id } },
    h('div', { class: 'album-line' }, mediaOf(message, context),
      h('button', { type: 'button', class: 'item-menu icon-button small', 'aria-label': t('messageMenu'), title: t('messageMenu'),
        onclick: (event) => context.menu(message, event.currentTarget) }, icon('more'))),
    message.text ? textBlock(message, context, false) : null,
    reactionBar([message], context))
}

function textBlock(message, context, jumbo) {
  return h('div', { class: `text${jumbo ? ' jumbo' : ''}`, dir: 'auto' },
    renderText(message.text, message.entities, { ...context.text, memory: context.memory, message: message.id }))
}

function replyQuote(reply, context) {
  const name = reply.from?.name ?? t('message')
  const words = (cover) => reply.quote === undefined
    ? [reply.media ? mediaName(reply.media) : '', plainText(reply, cover)].filter(Boolean).join(', ')
    : plainText({ text: reply.quote, entities: reply.quote_entities }, cover)
  return h('button', { type: 'button', class: `quote hue-${hueOf(reply.from?.id ?? 0)}`, onclick: () => context.jump(reply.id),
    'aria-label': t('replyTo', { name, text: words(t('hiddenText')) }) },
  h('span', { class: 'quote-name' }, name), h('span', { class: 'quote-text' }, words() || t('message')))
}

/** The reactions to these messages; each stands for its own message. */
function reactionBar(messages, context) {
  const all = messages.flatMap((message) => (message.reactions ?? []).map((reaction) => ({ message, ...reaction })))
  if (all.length === 0) return null
  return h('div', { class: 'reactions' }, all.map(({ message, emoji, count, mine }) =>
    h('button', { type: 'button', class: `reaction${mine ? ' mine' : ''}`, 'aria-pressed': String(mine),
      'aria-label': t('reaction', { emoji, count, n: count }), onclick: () => context.react(message, mine ? '' : emoji) },
    h('span', { class: 'reaction-emoji' }, emoji), h('span', {}, count))))
}

function meta(message, row, context) {
  if (context.streaming) return h('span', { class: 'meta' }, h('span', { class: 'dots', 'aria-label': t('writing') }, h('i'), h('i'), h('i')))
  return h('span', { class: 'meta', title: fullDate(message.edited ?? message.date) },
    message.pinned ? icon('pin') : null,
    message.edited ? h('span', {}, t('edited')) : null,
    h('time', { datetime: new Date(message.date * 1000).toISOString() }, time(message.date)),
    message.out ? icon(row.seen ? 'checks' : 'check', 'tick') : null)
}
