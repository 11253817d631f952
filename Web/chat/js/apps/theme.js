/** The page's colours by the names that Mini Apps know, as `#rrggbb`. */

const NAMES = {
  bg_color: 'surface', text_color: 'text', hint_color: 'text-2', link_color: 'accent', button_color: 'accent',
  button_text_color: 'on-accent', secondary_bg_color: 'surface-2', header_bg_color: 'surface', bottom_bar_bg_color: 'surface-2',
  accent_text_color: 'accent', section_bg_color: 'surface', section_header_text_color: 'accent', section_separator_color: 'line',
  subtitle_text_color: 'text-2', destructive_text_color: 'danger',
}

export function themeParams() {
  const style = getComputedStyle(document.documentElement)
  return Object.fromEntries(Object.entries(NAMES).map(([name, token]) => [name, style.getPropertyValue(`--${token}`).trim()]))
}

/** Calls back when the colours have changed; answers what ends it. */
export function onTheme(listener) {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  dark.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    dark.removeEventListener('change', listener)
  }
}
