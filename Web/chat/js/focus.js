/**
 * Remembers where the focus is. The function it answers brings it back: to the same control, else to the message that
 * it was in, which may have been drawn anew, else to where one writes.
 */
export function keepFocus() {
  const before = document.activeElement
  const id = before?.closest?.('.row')?.dataset.id
  return () => {
    const row = id === undefined ? null : document.querySelector(`.row[data-id="${id}"]`)
    // On a touch screen the keyboard would come up.
    const field = matchMedia('(pointer: coarse)').matches ? null : document.querySelector('.composer textarea')
    for (const place of [before, row, field]) {
      if (!place?.isConnected || place === document.body) continue
      place.focus({ preventScroll: true })
      if (document.activeElement === place) return
    }
  }
}
