import { h, icon } from './dom.js'

/** Seven hues, dealt by id, so that a person keeps one everywhere: `--hue-0` … `--hue-6` of tokens.css. */
export const hueOf = (id) => Math.abs(Number(id)) % 7

/** The first letters of a name, at most two; emoji and combining marks stay whole. */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word))
  const segments = new Intl.Segmenter()
  const first = (word) => {
    const letter = [...segments.segment(word)].find((part) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(part.segment))
    return letter?.segment ?? ''
  }
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words
  return picked.map(first).join('').toLocaleUpperCase() || '?'
}

/** A round picture of initials. It repeats a name that stands beside it, so screen readers skip it. */
export function avatar(id, name, size = 'm') {
  return h('span', { class: `avatar avatar-${size} hue-${hueOf(id)}`, 'aria-hidden': 'true' }, initials(name))
}

/** The small sign of what kind of chat it is. */
export function chatSign(chat) {
  if (chat.type === 'channel') return icon('megaphone', 'sign')
  if (chat.type !== 'private') return icon('users', 'sign')
  return chat.bot ? icon('bot', 'sign') : null
}
