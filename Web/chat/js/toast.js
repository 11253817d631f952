import { h } from './dom.js'

const SHOWN = 3500
const box = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' })

/** Says something for a moment at the top of the conversation. */
export function toast(text, { error = false } = {}) {
  if (!box.isConnected) document.body.append(box)
  const element = h('div', { class: `toast${error ? ' toast-error' : ''}`, onclick: () => element.remove() }, text)
  box.append(element)
  while (box.children.length > 3) box.firstElementChild.remove()
  setTimeout(() => element.remove(), SHOWN + text.length * 30)
}
