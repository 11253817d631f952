import { fill, h, svg } from './dom.js'
import { day, dayAfter, number } from './format.js'
import { t } from './i18n.js'

/**
 * Bars per day, or per week where there are too many days: 👍 upwards, 👎 downwards from a common line.
 *
 * The whole is one stop of the keyboard: arrow keys, Home and End go from bar to bar, and the line below tells the
 * chosen one's numbers, which a screen reader says. All numbers are in a table, too.
 */
export class Plot {
  #data
  #bars = []
  #chosen

  constructor() {
    this.picture = h('div', { class: 'plot', tabindex: 0, role: 'group', 'data-key': 'plot',
      onkeydown: (event) => this.#key(event), onfocus: () => this.#choose(this.#chosen ?? this.#bars.length - 1),
      onblur: () => this.#choose(undefined), onpointermove: (event) => this.#point(event),
      onpointerleave: () => this.#choose(document.activeElement === this.picture ? this.#chosen : undefined) })
    this.reading = h('p', { class: 'plot-reading', role: 'status' })
    this.table = h('details', { class: 'plot-table' })
    this.element = h('figure', { class: 'plot-figure' }, this.picture, this.reading, this.table)
    new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width)
      if (width > 0 && width !== this.width) this.#draw(width)
    }).observe(this.picture)
  }

  /** `data` is `{from, days: [[up, down], …]}`. */
  show(data) {
    this.#data = data
    this.#bars = barsOf(data)
    this.#chosen = undefined
    this.#draw(this.width ?? Math.floor(this.picture.clientWidth))
    this.#drawTable()
  }

  #draw(width) {
    this.width = width
    if (!this.#data || !width) return
    const bars = this.#bars
    const height = 220
    const [left, right, top, bottom] = [34, 4, 8, 26]
    const up = Math.max(...bars.map((bar) => bar.up))
    const down = Math.max(...bars.map((bar) => bar.down))
    const step = niceStep(Math.max(up, down, 1))
    const most = Math.max(step, Math.ceil(up / step) * step)
    const least = Math.max(down ? step : 0, Math.ceil(down / step) * step)
    const scale = (height - top - bottom) / (most + least)
    const zero = top + most * scale
    const slot = (width - left - right) / bars.length
    const bar = Math.max(1, Math.min(26, slot * 0.68))
    this.geometry = { left, slot }
    const grid = []
    for (let value = -least; value <= most; value += step) {
      const y = Math.round(zero - value * scale) + 0.5
      grid.push(svg('line', { class: value === 0 ? 'axis' : 'rule', x1: left, x2: width - right, y1: y, y2: y }),
        svg('text', { class: 'tick', x: left - 7, y: y + 3.5, 'text-anchor': 'end' }, number(Math.abs(value))))
    }
    const columns = bars.map((each, index) => {
      const x = left + slot * index + (slot - bar) / 2
      return svg('g', { class: 'column', 'data-index': index },
        svg('rect', { class: 'hit', x: left + slot * index, y: top, width: slot, height: height - top - bottom }),
        each.up ? svg('path', { class: 'up', d: rounded(x, zero - each.up * scale, bar, each.up * scale, true) }) : null,
        each.down ? svg('path', { class: 'down', d: rounded(x, zero, bar, each.down * scale, false) }) : null)
    })
    const dates = labels(bars.length, Math.max(2, Math.floor((width - left) / 92))).map((index) => {
      const x = left + slot * (index + 0.5)
      const anchor = x > width - 34 ? 'end' : x < left + 24 ? 'start' : 'middle'
      return svg('text', { class: 'tick', x: anchor === 'end' ? width - right : anchor === 'start' ? left : x, y: height - 7, 'text-anchor': anchor },
        day(bars[index].from, { day: 'numeric', month: 'short' }))
    })
    const total = sum(bars)
    const values = { up: total.up, down: total.down, from: day(bars[0].from), until: day(bars.at(-1).until) }
    const description = t(this.#isWeekly ? 'plotDescriptionWeeks' : 'plotDescription', values)
    this.picture.setAttribute('aria-label', `${t('plotTitle')}. ${description}`)
    fill(this.picture, svg('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-labelledby': 'plot-title plot-description' },
      svg('title', { id: 'plot-title' }, t('plotTitle')), svg('desc', { id: 'plot-description' }, description),
      grid, columns, dates))
    this.#mark()
  }

  get #isWeekly() {
    return this.#data.days.length > 120
  }

  #drawTable() {
    fill(this.table, h('summary', {}, t('asTable')),
      h('div', { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': t('plotTitle') }, h('table', {},
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('day')), h('th', { scope: 'col' }, `👍 ${t('liked')}`), h('th', { scope: 'col' }, `👎 ${t('disliked')}`))),
        h('tbody', {}, this.#bars.filter((bar) => bar.up || bar.down).reverse().map((bar) => h('tr', {},
          h('th', { scope: 'row' }, this.#name(bar)), h('td', {}, number(bar.up)), h('td', {}, number(bar.down))))))))
  }

  #name(bar) {
    const options = { day: 'numeric', month: 'long', year: this.#isWeekly ? 'numeric' : undefined }
    const text = day(bar.from, options)
    return this.#isWeekly ? t('weekOf', { day: text }) : text
  }

  #key(event) {
    const last = this.#bars.length - 1
    const from = this.#chosen ?? last
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key]
    if (to === undefined) return
    event.preventDefault()
    this.#choose(Math.min(last, Math.max(0, to)))
  }

  #point(event) {
    const index = Math.floor((event.offsetX - this.geometry.left) / this.geometry.slot)
    if (index >= 0 && index < this.#bars.length) this.#choose(index)
  }

  #choose(index) {
    if (index === this.#chosen) return
    this.#chosen = index
    this.#mark()
  }

  #mark() {
    this.picture.querySelector('.chosen')?.classList.remove('chosen')
    const bar = this.#bars[this.#chosen]
    if (bar) this.picture.querySelector(`[data-index="${this.#chosen}"]`)?.classList.add('chosen')
    const shown = bar ?? sum(this.#bars)
    const text = bar
      ? t('dayValue', { day: this.#name(bar), up: shown.up, down: shown.down })
      : `👍 ${number(shown.up)}   👎 ${number(shown.down)}`
    if (text !== this.reading.textContent) this.reading.textContent = text
  }
}

/** Days as they are, or seven at a time up to the last. */
function barsOf({ from, days }) {
  const size = days.length > 120 ? 7 : 1
  const bars = []
  for (let end = days.length; end > 0; end -= size) {
    const start = Math.max(0, end - size)
    bars.unshift({ ...sum(days.slice(start, end).map(([up, down]) => ({ up, down }))), from: dayAfter(from, start), until: dayAfter(from, end - 1) })
  }
  return bars
}

const sum = (bars) => bars.reduce((total, { up, down }) => ({ up: total.up + up, down: total.down + down }), { up: 0, down: 0 })

/** 1, 2 or 5 times a power of ten, so that there are two to four lines. */
function niceStep(most) {
  const rough = most / 3
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? 1
}

/** At most `count` places in even steps over `all`, the last among them. */
function labels(all, count) {
  const step = Math.max(1, Math.ceil(all / count))
  const places = []
  for (let index = all - 1; index >= 0; index -= step) places.push(index)
  return places
}

/** A bar that is rounded at the end away from the line. */
function rounded(x, y, width, height, isUp) {
  const r = Math.min(3, width / 2, height)
  return isUp
    ? `M${x} ${y + height}V${y + r}Q${x} ${y} ${x + r} ${y}H${x + width - r}Q${x + width} ${y} ${x + width} ${y + r}V${y + height}Z`
    : `M${x} ${y}V${y + height - r}Q${x} ${y + height} ${x + r} ${y + height}H${x + width - r}Q${x + width} ${y + height} ${x + width} ${y + height - r}V${y}Z`
}
