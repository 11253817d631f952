/** What this browser remembers: theme, language of the page, the inspector's state. Private windows just forget. */

const PREFIX = 'quartet.'

export function remember(name, value) {
  try {
    if (value === undefined || value === null) localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, JSON.stringify(value))
  } catch {
    // Storage may be full or forbidden; the choice then lasts as long as the page.
  }
}

export function recall(name, fallback) {
  try {
    const text = localStorage.getItem(PREFIX + name)
    return text === null ? fallback : JSON.parse(text)
  } catch {
    return fallback
  }
}

/** `auto`, `light` or `dark`, applied to the document. */
export function applyTheme(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  remember('theme', theme === 'auto' ? undefined : theme)
}
