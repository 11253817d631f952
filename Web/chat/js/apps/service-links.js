/**
 * What a link to the service itself means: a bill (`t.me/$slug`, `t.me/invoice/slug`), a bot's Mini App
 * (`t.me/bot?startapp=…`, `t.me/bot/app`), or a bot to be started (`t.me/bot?start=…`).
 */
export function serviceLink(text) {
  let url
  try {
    url = new URL(/^[a-z]+:/i.test(text) ? text : `https://${text}`)
  } catch {
    return undefined
  }
  if (!['t.me', 'telegram.me', 'telegram.dog'].includes(url.hostname)) return undefined
  const parts = decodeURIComponent(url.pathname).split('/').filter(Boolean)
  if (parts[0]?.startsWith('$')) return { slug: parts[0].slice(1) }
  if (parts[0] === 'invoice' && parts[1]) return { slug: parts[1] }
  if (!parts[0]) return undefined
  const bot = parts[0].toLowerCase()
  if (url.searchParams.has('startapp') || parts.length === 2) return { bot, app: url.searchParams.get('startapp') ?? '' }
  if (url.searchParams.has('start')) return { bot, start: url.searchParams.get('start') }
  return undefined
}
