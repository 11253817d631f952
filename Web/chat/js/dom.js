/**
 * Builds elements. Text goes in as text nodes and attributes through the DOM, so nothing that a person or a bot
 * wrote is ever parsed as markup. No module of this page uses innerHTML.
 */

const SVG = 'http://www.w3.org/2000/svg'

/**
 * An element: `h('button', {class: 'x', onclick: f, 'aria-label': 'Send', hidden: flag}, 'text', child, …)`.
 * `style` takes an object, `dataset` too; false, null and undefined leave an attribute or a child out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'style') for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part)
    else if (name === 'dataset') Object.assign(element.dataset, value)
    else if (name === 'value') element.value = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  append(element, children)
  return element
}

/** Adds children: nodes, texts, and arrays of them. */
export function append(element, children) {
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

/** One of the symbols of icons.svg, hidden from screen readers: the control around it has the name. */
export function icon(name, className = '') {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', `icon ${className}`.trim())
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('viewBox', '0 0 24 24')
  const use = document.createElementNS(SVG, 'use')
  use.setAttribute('href', `page/icons.svg#${name}`)
  svg.append(use)
  return svg
}

/** A button that shows an icon; `label` is its name for everybody. */
export function iconButton(name, label, onclick, attributes = {}) {
  const { class: className = '', ...rest } = attributes
  return h('button', { type: 'button', class: `icon-button ${className}`.trim(), 'aria-label': label, title: label,
    onclick, ...rest }, icon(name))
}

/** Whether the person asked for less motion. */
export const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches
