import { currentLanguage, t } from './i18n.js'

/** Dates, sizes and durations in the page's language. Times are Unix seconds. */

const date = (seconds) => new Date(seconds * 1000)
const format = (seconds, options) => new Intl.DateTimeFormat(currentLanguage(), options).format(date(seconds))

export const time = (seconds) => format(seconds, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

export const fullDate = (seconds) => format(seconds, { dateStyle: 'long', timeStyle: 'medium' })

const QUARTER = 900
const days = new Map()

/**
 * A day as a number that tells days apart in the person's own time zone. It is asked for every message at every
 * change, so it is remembered by the quarter of an hour, in which no zone changes the day twice.
 */
export function dayNumber(seconds) {
  const quarter = Math.floor(seconds / QUARTER)
  const known = days.get(quarter)
  if (known !== undefined) return known
  const day = date(seconds)
  const number = day.getFullYear() * 10000 + day.getMonth() * 100 + day.getDate()
  if (days.size > 50000) days.clear()
  days.set(quarter, number)
  return number
}

export function dayName(seconds) {
  const now = Date.now() / 1000
  if (dayNumber(seconds) === dayNumber(now)) return t('today')
  if (dayNumber(seconds) === dayNumber(now - 86400)) return t('yesterday')
  const sameYear = date(seconds).getFullYear() === new Date().getFullYear()
  return format(seconds, { day: 'numeric', month: 'long', year: sameYear ? undefined : 'numeric' })
}

/** For the chat list: the time today, the week day this week, else the date. */
export function shortDate(seconds) {
  const now = Date.now() / 1000
  if (dayNumber(seconds) === dayNumber(now)) return time(seconds)
  if (now - seconds < 6 * 86400) return format(seconds, { weekday: 'short' })
  return format(seconds, { day: 'numeric', month: 'numeric', year: '2-digit' })
}

export function fileSize(bytes) {
  const units = ['unitB', 'unitKB', 'unitMB', 'unitGB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: digits }).format(value)} ${t(units[unit])}`
}

export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds))
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'))
  return whole >= 3600 ? `${Math.floor(whole / 3600)}:${parts.join(':')}` : `${Number(parts[0])}:${parts[1]}`
}

const WITHOUT_CENTS = new Set(['JPY', 'KRW', 'VND', 'CLP', 'ISK', 'UGX', 'PYG'])

/** How many digits the amounts of a currency have behind the point. */
export const currencyDigits = (currency) => (currency === 'XTR' || WITHOUT_CENTS.has(currency) ? 0 : 2)

/** An amount in the smallest unit of its currency; Stars are counted whole. */
export function money(amount, currency) {
  if (currency === 'XTR') return `⭐ ${new Intl.NumberFormat(currentLanguage()).format(amount)}`
  const value = amount / 10 ** currencyDigits(currency)
  try {
    return new Intl.NumberFormat(currentLanguage(), { style: 'currency', currency }).format(value)
  } catch {
    return `${value} ${currency}`
  }
}

export const number = (value) => new Intl.NumberFormat(currentLanguage()).format(value)
