/** What this browser remembers: language and span of the plot. Private windows just forget. */

const PREFIX = 'quartet.gallery.'

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // Storage may be full or forbidden; the choice then lasts as long as the page.
  }
}

export function recall(name, fallback) {
  try {
    return localStorage.getItem(PREFIX + name) ?? fallback
  } catch {
    return fallback
  }
}
