import { h } from '../dom.js'
import { t } from '../i18n.js'

const GROUPS = {
  smileys: '😀 😃 😄 😁 😆 😅 😂 🤣 😊 🙂 😉 😍 😘 😋 😜 🤪 🤔 🤨 😐 😏 🙄 😴 😷 🤒 🤯 🥳 😎 🤓 😕 😮 😳 🥺 😢 😭 😱 😡 🤬 😈 💀 🤖',
  gestures: '👍 👎 👌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ ✋ 👋 👏 🙌 🙏 🤝 💪 ✍️ 👀 🧠',
  hearts: '❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💕 💯 🔥 ✨ ⭐ 🌟 🎉 🎊 🎁 🏆 🥇',
  nature: '🐶 🐱 🦊 🐻 🐼 🐨 🦁 🐸 🐵 🦄 🐝 🦋 🌳 🌲 🌸 🌻 🌈 ☀️ 🌙 ⛅ ❄️ 🌊',
  food: '🍏 🍎 🍊 🍋 🍌 🍉 🍓 🍒 🍑 🥑 🍞 🧀 🍕 🍔 🍟 🍣 🍰 🍩 🍪 ☕ 🍵 🍺',
  things: '⚽ 🏀 🎲 🎯 🎳 🎰 🎮 🎸 🎬 📷 📸 🎥 💻 📱 ⌚ 💡 📚 ✏️ 📌 📎 🔒 🔑 ⏰ 🚀 ✈️ 🚗 🏠 🗺️',
}

/** A small choice of emoji above a button; it stays open until something else is done, so several can be taken. */
export function openEmoji(anchor, choose) {
  const known = document.querySelector('.emoji-picker')
  if (known) return known.remove()
  const close = () => {
    document.removeEventListener('pointerdown', outside, true)
    picker.remove()
  }
  const outside = (event) => { if (!picker.contains(event.target) && !anchor.contains(event.target)) close() }
  const picker = h('div', { class: 'emoji-picker', role: 'dialog', 'aria-label': t('emoji'), onkeydown: (event) => {
    const all = [...picker.querySelectorAll('button')]
    const at = all.indexOf(document.activeElement)
    const moves = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }
    if (event.key in moves) all[Math.max(0, Math.min(all.length - 1, at + moves[event.key]))].focus()
    else if (event.key === 'Escape') {
      close()
      anchor.focus()
    } else return
    event.preventDefault()
    event.stopPropagation()
  } }, Object.values(GROUPS).map((group) => h('div', { class: 'emoji-group' }, group.split(' ').map((emoji) =>
    h('button', { type: 'button', class: 'emoji', onclick: () => choose(emoji) }, emoji)))))
  anchor.closest('.composer').append(picker)
  document.addEventListener('pointerdown', outside, true)
  picker.querySelector('button').focus()
  return undefined
}
