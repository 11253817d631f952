import { currentLanguage, t } from './i18n.js'

/** Numbers, dates and times in the page's language and the browser's time zone. Times are Unix seconds. */

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC'

export const number = (value) => new Intl.NumberFormat(currentLanguage()).format(value)

const format = (seconds, options) =>
  new Intl.DateTimeFormat(currentLanguage(), { hourCycle: 'h23', ...options }).format(new Date(seconds * 1000))

const dayKey = (date, timeZone) =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(date)

/** A moment as briefly as it is clear: “today 14:05”, “3 Mar, 14:05”. */
export function moment(seconds, timeZone) {
  const clock = format(seconds, { hour: '2-digit', minute: '2-digit', timeZone })
  const date = new Date(seconds * 1000)
  const day = 86400000
  for (const [name, offset] of [['today', 0], ['tomorrow', day], ['yesterday', -day]]) {
    if (dayKey(date, timeZone) === dayKey(new Date(Date.now() + offset), timeZone)) return t(name, { time: clock })
  }
  const sameYear = date.getFullYear() === new Date().getFullYear()
  return format(seconds, { day: 'numeric', month: 'short', year: sameYear ? undefined : 'numeric',
    hour: '2-digit', minute: '2-digit', timeZone })
}

/** How long ago, in the largest unit that fits. */
export function ago(seconds) {
  const passed = Math.max(0, Date.now() / 1000 - seconds)
  const units = [['day', 86400], ['hour', 3600], ['minute', 60]]
  const relative = new Intl.RelativeTimeFormat(currentLanguage(), { numeric: 'auto' })
  for (const [unit, length] of units) if (passed >= length) return relative.format(-Math.floor(passed / length), unit)
  return t('justNow')
}

/** A machine-readable time for `<time datetime>`. */
export const iso = (seconds) => new Date(seconds * 1000).toISOString()

/** Days are given as `2026-03-01`, without a time, and shown as they are. */
export const day = (text, options = { day: 'numeric', month: 'long' }) =>
  new Intl.DateTimeFormat(currentLanguage(), { ...options, timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`))

/** The day `count` days later, as `2026-03-01`. */
export const dayAfter = (text, count) =>
  new Date(Date.parse(`${text}T00:00:00Z`) + count * 86400000).toISOString().slice(0, 10)
