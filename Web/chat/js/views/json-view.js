import { h } from '../dom.js'

const LONG = 2000

/** JSON with its kinds of values coloured; a text that holds JSON itself, as arguments do, is shown as such. */
export function jsonView(value) {
  return h('pre', { class: 'json', tabindex: 0 }, write(unpack(value), 0))
}

function unpack(value) {
  if (Array.isArray(value)) return value.map(unpack)
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each)]))
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function write(value, depth) {
  const pad = '  '.repeat(depth + 1)
  const end = `\n${'  '.repeat(depth)}`
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]']
    return ['[', value.map((each, index) => [`${index ? ',' : ''}\n${pad}`, write(each, depth + 1)]), `${end}]`]
  }
  if (value && typeof value === 'object') {
    const entries = Object.entries(value)
    if (entries.length === 0) return ['{}']
    return ['{', entries.map(([key, each], index) => [`${index ? ',' : ''}\n${pad}`, h('span', { class: 'json-key' }, key), ': ', write(each, depth + 1)]), `${end}}`]
  }
  const kind = value === null ? 'null' : typeof value
  const text = kind === 'string' ? JSON.stringify(value.length > LONG ? `${value.slice(0, LONG)}…` : value) : String(value)
  return [h('span', { class: `json-${kind}` }, text)]
}
