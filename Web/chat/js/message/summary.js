import { money } from '../format.js'
import { currentLanguage, t } from '../i18n.js'

/** A message in one line of plain text: for the chat list, quotes, labels and announcements. */
export function summary(message) {
  if (message.service) return serviceText(message)
  const words = [contentName(message), message.text?.replace(/\s+/g, ' ').trim()].filter(Boolean)
  return words.join(', ') || t('message')
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
