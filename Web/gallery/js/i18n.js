import { en } from './lang/en.js'
import { ru } from './lang/ru.js'
import { recall, remember } from './preferences.js'

/** The page's language: the one chosen here, else the first that the browser asks for and the page speaks. */

const TABLES = { en, ru }
let language = recall('language', '')
if (!(language in TABLES)) {
  language = navigator.languages.map((code) => code.slice(0, 2).toLowerCase()).find((code) => code in TABLES) ?? 'en'
}
document.documentElement.lang = language

export const languages = [['en', 'English'], ['ru', 'Русский']]
export const currentLanguage = () => language

export function chooseLanguage(code) {
  language = code
  remember('language', code)
  document.documentElement.lang = code
}

/**
 * The text for a key, with `{name}` replaced. A text that depends on a number is a table of plural categories and is
 * chosen by `values.n`.
 */
export function t(key, values = {}) {
  let text = TABLES[language][key] ?? TABLES.en[key] ?? key
  if (typeof text === 'object') text = text[new Intl.PluralRules(language).select(values.n)] ?? text.other
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? show(values[name]) : whole))
}

const show = (value) => (typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value)

/** Whether there is a text for a key. */
export const has = (key) => key in TABLES.en
