/**
 * Builds elements. Text goes in as text nodes and attributes through the DOM, so nothing that somebody named is ever
 * parsed as markup. No module of this page uses innerHTML.
 */

const SVG = 'http://www.w3.org/2000/svg'

/** An element: `h('button', {class: 'x', onclick: f, hidden: flag}, 'text', child, …)`. */
export const h = (tag, attributes, ...children) => build(document.createElement(tag), attributes, children)

/** The same for SVG. */
export const svg = (tag, attributes, ...children) => build(document.createElementNS(SVG, tag), attributes, children)

function build(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : value)
  }
  return append(element, children)
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === '') continue
    element.append(child instanceof Node ? child : String(child))
  }
  return element
}

/** Puts these children in place of whatever is there. */
export function fill(element, ...children) {
  element.replaceChildren()
  return append(element, children)
}
