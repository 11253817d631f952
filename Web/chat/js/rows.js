import { dayNumber } from './format.js'

/** Messages of one sender that are no further apart than this (seconds) and in one topic stand as one group. */
const GROUP_GAP = 300

const senderOf = (message) => message.from?.id ?? message.sender_chat?.id ?? 0

const joins = (a, b) =>
  a && b && !a.service && !b.service && senderOf(a) === senderOf(b) && a.out === b.out && a.topic?.id === b.topic?.id &&
  dayNumber(a.date) === dayNumber(b.date) && b.date - a.date <= GROUP_GAP

/**
 * The rows that a run of messages is shown as: days, and blocks of one message or of one album's messages.
 * A block knows whether it is the first or the last of its sender's group.
 */
export function makeRows(messages) {
  const blocks = []
  for (const message of messages) {
    const open = blocks.at(-1)
    if (message.album && open?.messages[0].album === message.album) open.messages.push(message)
    else blocks.push({ kind: message.service ? 'service' : 'block', key: `m${message.id}`, messages: [message] })
  }
  const rows = []
  let day
  blocks.forEach((block, index) => {
    const message = block.messages[0]
    const number = dayNumber(message.date)
    if (number !== day) rows.push({ kind: 'day', key: `d${message.id}`, date: message.date })
    day = number
    block.first = !joins(blocks[index - 1]?.messages.at(-1), message)
    block.last = !joins(block.messages.at(-1), blocks[index + 1]?.messages[0])
    rows.push(block)
  })
  return rows
}

/** Whether two rows look the same, so that what was drawn can stay. */
export function sameRow(a, b) {
  if (a.kind !== b.kind || a.first !== b.first || a.last !== b.last || a.seen !== b.seen) return false
  if (a.kind === 'day') return a.date === b.date
  return a.messages.length === b.messages.length && a.messages.every((message, index) => message === b.messages[index])
}
