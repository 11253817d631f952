import { h, icon } from './dom.js'
import { keepFocus } from './focus.js'

let open

/**
 * A menu at a point or below a control. Items are `{icon, label, run, danger, checked}` or `'-'`; `head` is a node
 * above them. Arrow keys move, Enter chooses, Escape closes, the focus goes back.
 */
export function openMenu(place, items, { head, label } = {}) {
  closeMenu()
  const restoreFocus = keepFocus()
  const buttons = items.filter(Boolean).map((item) => item === '-'
    ? h('hr', { role: 'separator' })
    : h('button', { type: 'button', role: item.checked === undefined ? 'menuitem' : 'menuitemradio', tabindex: -1,
      'aria-checked': item.checked === undefined ? undefined : String(item.checked),
      class: `menu-item${item.danger ? ' danger' : ''}`,
      onclick: () => {
        closeMenu()
        item.run()
      } }, item.node ?? icon(item.icon ?? 'check', item.icon || item.checked ? '' : 'blank'), h('span', {}, item.label)))
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': label, onkeydown: (event) => {
    const all = [...menu.querySelectorAll('button')]
    const at = all.indexOf(document.activeElement)
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }
    if (event.key in moves) all[(moves[event.key] + all.length) % all.length].focus()
    else if (event.key === 'Escape' || event.key === 'Tab') closeMenu()
    else return
    event.preventDefault()
    event.stopPropagation()
  } }, head, buttons)
  document.body.append(menu)
  position(menu, place)
  const outside = (event) => { if (!menu.contains(event.target)) closeMenu() }
  setTimeout(() => document.addEventListener('pointerdown', outside, true))
  open = () => {
    document.removeEventListener('pointerdown', outside, true)
    const inside = menu.contains(document.activeElement)
    menu.remove()
    if (inside) restoreFocus()
  }
  menu.querySelector('[role^=menuitem]')?.focus({ preventScroll: true })
}

export function closeMenu() {
  const close = open
  open = undefined
  close?.()
}

function position(menu, place) {
  const box = place instanceof Element ? place.getBoundingClientRect() : { left: place.x, right: place.x, top: place.y, bottom: place.y }
  const { offsetWidth: width, offsetHeight: height } = menu
  const left = box.left + width + 8 > innerWidth ? box.right - width : box.left
  const below = box.bottom + 4 + height + 8 <= innerHeight
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
  menu.style.top = `${Math.max(8, below ? box.bottom + 4 : Math.min(box.top - height - 4, innerHeight - height - 8))}px`
}
