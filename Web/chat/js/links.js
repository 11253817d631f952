import { h } from './dom.js'
import { t } from './i18n.js'
import { openDialog } from './dialog.js'

const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:', 'tg:'])

/** The address a link may lead to, or undefined: a `javascript:` or `data:` link is only text here. */
export function linkTarget(url) {
  const text = /^[a-z][a-z0-9+.-]*:/i.test(url) && !/^[^/?#]*\.[^/?#]*:\d/.test(url) ? url : `https://${url}`
  try {
    const parsed = new URL(text)
    return SAFE.has(parsed.protocol) ? parsed.href : undefined
  } catch {
    return undefined
  }
}

/** Asks before a link is opened that a bot put behind a button or other words. */
export function confirmLink(url, title = t('openLink')) {
  const target = linkTarget(url)
  openDialog({
    title,
    body: h('p', { class: 'link-address' }, url),
    actions: target
      ? [
        { label: t('cancel') },
        { label: t('open'), primary: true, run: () => void window.open(target, '_blank', 'noopener,noreferrer') },
      ]
      : [{ label: t('close') }],
  })
}
