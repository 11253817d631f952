import { money } from '../format.js'
import { currentLanguage, t } from '../i18n.js'

/** What stands for a hidden part of a text where it cannot be pressed. */
const COVER = '▒▒▒▒'

/** A message in one line of plain text: for the chat list and quotes. */
export function summary(message, cover = COVER) {
  if (message.service) return serviceText(message)
  const words = [contentName(message), plainText(message, cover).replace(/\s+/g, ' ').trim()].filter(Boolean)
  return words.join(', ') || t('message')
}

/** The same in words that can be read aloud: for labels and announcements. */
export const spokenSummary = (message) => summary(message, t('hiddenText'))

/** A message's text with every spoiler covered. */
export function plainText({ text = '', entities = [] }, cover = COVER) {
  let result = ''
  let cursor = 0
  const hidden = entities.filter(({ type }) => type === 'spoiler').sort((a, b) => a.offset - b.offset)
  for (const { offset, length } of hidden) {
    if (offset < cursor || offset >= text.length) continue
    result += text.slice(cursor, offset) + cover
    cursor = offset + length
  }
  return result + text.slice(cursor)
}

function contentName(message) {
  if (message.media) return [t(`media_${message.media.kind}`), documentName(message.media)].filter(Boolean).join(' ')
  if (message.poll) return `${t('media_poll')}: ${message.poll.question}`
  if (message.dice) return `${message.dice.emoji} ${message.dice.value}`
  if (message.invoice) return `${message.invoice.title}, ${money(message.invoice.total, message.invoice.currency)}`
  if (message.game) return `${t('media_game')}: ${message.game.title}`
  if (message.paid) return `${t('media_paid')}, ${money(message.paid.stars, 'XTR')}`
  if (message.location) return t('media_location')
  if (message.contact) return `${t('media_contact')}: ${message.contact.first_name}`
  return undefined
}

const documentName = (media) => (media.kind === 'document' ? media.name : media.kind === 'audio' ? media.title : undefined)

/** The line of a service message: the server says it in English, the kinds known here in the other languages. */
export function serviceText(message) {
  const { kind, text, receipt } = message.service
  if (currentLanguage() === 'en') return text
  const key = `service_${kind}`
  const name = message.from?.name ?? message.sender_chat?.title ?? ''
  const title = /“(.*)”/s.exec(text)?.[1] ?? ''
  const amount = receipt ? money(receipt.total, receipt.currency) : ''
  const said = t(key, { name, title, amount })
  return said === key ? text : said
}
