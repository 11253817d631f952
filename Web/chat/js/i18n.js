import { en } from './lang/en.js'
import { ru } from './lang/ru.js'
import { Emitter } from './emitter.js'
import { recall, remember } from './preferences.js'

/** The page's language: the one chosen here, else that of the person who is played. */

const TABLES = { en, ru }
const changes = new Emitter()
let language = 'en'
let chosen = recall('language', 'auto')

export const languages = Object.keys(TABLES)
export const currentLanguage = () => language
export const chosenLanguage = () => chosen
export const onLanguage = (listener) => changes.on('change', listener)

/** Takes the language of a person (`ru-RU`, `en`, …) unless one was chosen by hand. */
export function followLanguage(code) {
  const base = (code ?? navigator.language ?? 'en').slice(0, 2).toLowerCase()
  set(chosen === 'auto' ? (base in TABLES ? base : 'en') : chosen)
}

export function chooseLanguage(code, personal) {
  chosen = code
  remember('language', code === 'auto' ? undefined : code)
  followLanguage(personal)
}

function set(code) {
  document.documentElement.lang = code
  if (code === language) return
  language = code
  changes.emit('change')
}

/**
 * The text for a key, with `{name}` replaced. A text that depends on a number is a table of plural categories and
 * is chosen by `values.n`.
 */
export function t(key, values = {}) {
  let text = TABLES[language][key] ?? TABLES.en[key] ?? key
  if (typeof text === 'object') text = text[new Intl.PluralRules(language).select(values.n)] ?? text.other
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole))
}
