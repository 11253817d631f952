/** How long a finger stays before it asks for the menu, and how far it may move meanwhile, in pixels. */
const LONG = 480
const SLIP = 10

/**
 * A handler of `pointerdown` for what a finger that stays in place does. Not every browser says so by itself: those of
 * phones and tablets send no `contextmenu`, or only where there is no text. `act(element, place)`.
 */
export function longPress(act) {
  return ({ pointerType, target, currentTarget: element, clientX: x, clientY: y }) => {
    if (pointerType !== 'touch' || target.closest('input, textarea')) return
    const controller = new AbortController()
    const { signal } = controller
    const end = () => {
      clearTimeout(timer)
      controller.abort()
    }
    const timer = setTimeout(() => {
      end()
      // The finger that is lifted presses nothing and takes the focus from nothing.
      const swallow = new AbortController()
      const stop = (event) => {
        event.preventDefault()
        event.stopPropagation()
        swallow.abort()
      }
      element.addEventListener('mousedown', (event) => event.preventDefault(), { capture: true, signal: swallow.signal })
      element.addEventListener('click', stop, { capture: true, signal: swallow.signal })
      document.addEventListener('pointerdown', () => swallow.abort(), { capture: true, signal: swallow.signal })
      act(target, { x, y })
    }, LONG)
    const moved = (event) => { if (Math.hypot(event.clientX - x, event.clientY - y) > SLIP) end() }
    element.addEventListener('pointermove', moved, { signal })
    for (const kind of ['pointerup', 'pointercancel', 'contextmenu']) element.addEventListener(kind, end, { signal })
  }
}
