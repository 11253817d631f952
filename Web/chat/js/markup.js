/**
 * What people type for formatting: **bold**, __italic__, ~~strike~~, ||spoiler||, `code` and ``` blocks, as
 * entities of the text without those signs. A sign without its partner stays as it is.
 */

const MARKS = [
  ['```', 'pre'],
  ['`', 'code'],
  ['**', 'bold'],
  ['__', 'italic'],
  ['~~', 'strikethrough'],
  ['||', 'spoiler'],
]
const VERBATIM = new Set(['pre', 'code'])

export function parseMarkup(source) {
  const entities = []
  const text = parse(source.trim(), 0, entities)
  entities.sort((a, b) => a.offset - b.offset || b.length - a.length)
  return { text, entities }
}

function parse(source, base, entities) {
  let text = ''
  let at = 0
  while (at < source.length) {
    const found = MARKS.find(([mark]) => source.startsWith(mark, at))
    const end = found ? source.indexOf(found[0], at + found[0].length) : -1
    const inner = end < 0 ? '' : source.slice(at + found[0].length, end)
    if (!found || inner.trim() === '') {
      const length = found ? found[0].length : 1
      text += source.slice(at, at + length)
      at += length
      continue
    }
    const [mark, type] = found
    const entity = { type, offset: base + text.length }
    if (VERBATIM.has(type)) text += verbatim(inner, type, entity)
    else text += parse(inner, base + text.length, entities)
    entity.length = base + text.length - entity.offset
    entities.push(entity)
    at = end + mark.length
  }
  return text
}

/** The first line of a block names its language where it is one word. */
function verbatim(inner, type, entity) {
  if (type !== 'pre') return inner
  const head = /^([\w+#-]+)\n/.exec(inner)
  if (head) entity.language = head[1]
  return inner.slice(head ? head[0].length : 0).replace(/^\n|\n$/g, '')
}

/** The signs put back, for a text that is edited. */
export function restoreMarkup(text, entities = []) {
  const marks = new Map(MARKS.map(([mark, type]) => [type, mark]))
  const inserts = []
  for (const { type, offset, length, language } of entities) {
    const mark = marks.get(type)
    if (!mark) continue
    const block = type === 'pre'
    inserts.push({ at: offset, order: 1, length, text: block ? `${mark}${language ?? ''}\n` : mark })
    inserts.push({ at: offset + length, order: 0, length: -length, text: block ? `\n${mark}` : mark })
  }
  inserts.sort((a, b) => a.at - b.at || a.order - b.order || b.length - a.length)
  let result = ''
  let cursor = 0
  for (const insert of inserts) {
    result += text.slice(cursor, insert.at) + insert.text
    cursor = insert.at
  }
  return result + text.slice(cursor)
}
