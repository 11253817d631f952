import { fill, h, icon, iconButton } from '../dom.js'
import { currentLanguage, t } from '../i18n.js'
import { recall, remember } from '../preferences.js'
import { jsonView } from './json-view.js'

const KEPT = 1000
const SHOWN = 200

/** Every call of a bot and every update to it, as they happen. */
export class Inspector {
  #entries = []
  #paused = false
  #missed = 0
  #filter = ''
  #kinds = new Set(['call', 'update', 'webhook'])
  #hidePolling = recall('hidePolling', true)
  #pending = false

  constructor(store, session, onToggle) {
    this.store = store
    this.session = session
    this.onToggle = onToggle
    this.visible = recall('inspector', false) && innerWidth > 1100
    this.list = h('ol', { class: 'log', tabindex: 0 })
    this.element = h('aside', { class: 'inspector', hidden: true })
    store.on('log', (entries) => this.#add(entries))
    this.translate()
  }

  translate() {
    this.filterInput = h('input', { type: 'search', class: 'search-input', value: this.#filter, placeholder: t('filter'), 'aria-label': t('filter'), oninput: () => {
      this.#filter = this.filterInput.value.trim().toLowerCase()
      this.#draw()
    } })
    this.pauseButton = iconButton('pause', t('pauseLog'), () => this.#pause())
    const kind = (name, symbol) => h('button', { type: 'button', class: 'chip', 'aria-pressed': String(this.#kinds.has(name)), onclick: (event) => {
      if (!this.#kinds.delete(name)) this.#kinds.add(name)
      event.currentTarget.setAttribute('aria-pressed', String(this.#kinds.has(name)))
      this.#draw()
    } }, icon(symbol), t(`log_${name}`))
    const polling = h('button', { type: 'button', class: 'chip', 'aria-pressed': String(!this.#hidePolling), onclick: () => {
      this.#hidePolling = !this.#hidePolling
      remember('hidePolling', this.#hidePolling)
      polling.setAttribute('aria-pressed', String(!this.#hidePolling))
      this.#draw()
    } }, 'getUpdates')
    fill(this.element,
      h('header', { class: 'inspector-head' }, h('h2', {}, t('inspector')), this.pauseButton,
        iconButton('trash', t('clearLog'), () => { this.#entries = []; this.#draw() }),
        iconButton('close', t('close'), () => this.toggle())),
      h('div', { class: 'inspector-tools' }, h('div', { class: 'search' }, icon('search'), this.filterInput),
        h('div', { class: 'chips' }, kind('call', 'up'), kind('update', 'down'), kind('webhook', 'link'), polling)), this.list)
    this.element.setAttribute('aria-label', t('inspector'))
    this.list.setAttribute('aria-label', t('inspector'))
    this.#drawPause()
    this.#draw()
  }

  async start() {
    this.element.hidden = !this.visible
    this.onToggle(this.visible)
    // The log is an aid: without it the chat still works, and what happens next is shown.
    const entries = await this.session.log(200).catch(() => [])
    const known = new Set(this.#entries.map((entry) => entry.seq))
    this.#entries = [...entries.filter((entry) => !known.has(entry.seq)), ...this.#entries].sort((a, b) => a.seq - b.seq)
    this.#draw()
  }

  toggle() {
    this.visible = !this.visible
    remember('inspector', this.visible)
    this.element.hidden = !this.visible
    this.onToggle(this.visible)
    this.#draw()
    if (this.visible) this.filterInput.focus()
  }

  #pause() {
    this.#paused = !this.#paused
    this.#missed = 0
    this.#drawPause()
    this.#draw()
  }

  #drawPause() {
    const label = this.#paused ? t('resumeLog', { n: this.#missed }) : t('pauseLog')
    this.pauseButton.setAttribute('aria-label', label)
    this.pauseButton.title = label
    this.pauseButton.classList.toggle('on', this.#paused)
    fill(this.pauseButton, icon(this.#paused ? 'play' : 'pause'))
  }

  #add(entries) {
    this.#entries.push(...entries)
    if (this.#entries.length > KEPT) this.#entries.splice(0, this.#entries.length - KEPT)
    if (this.#paused) {
      this.#missed += entries.length
      this.#drawPause()
      return
    }
    this.#later()
  }

  /** A burst of entries is drawn once a frame. */
  #later() {
    if (this.#pending) return
    this.#pending = true
    requestAnimationFrame(() => {
      this.#pending = false
      this.#draw()
    })
  }

  #matches(entry) {
    if (!this.#kinds.has(entry.kind)) return false
    if (this.#hidePolling && entry.method?.toLowerCase() === 'getupdates') return false
    return !this.#filter || JSON.stringify(entry).toLowerCase().includes(this.#filter)
  }

  #rows = new Map()

  #draw() {
    if (!this.visible) return
    const shown = this.#entries.filter((entry) => this.#matches(entry)).slice(-SHOWN).reverse()
    const nodes = shown.map((entry) => {
      if (!this.#rows.has(entry.seq)) this.#rows.set(entry.seq, entryView(entry))
      return this.#rows.get(entry.seq)
    })
    const keep = new Set(nodes)
    for (const child of [...this.list.children]) if (!keep.has(child)) child.remove()
    nodes.forEach((node, index) => { if (this.list.children[index] !== node) this.list.insertBefore(node, this.list.children[index] ?? null) })
    if (this.#rows.size > KEPT) this.#rows = new Map(shown.map((entry, index) => [entry.seq, nodes[index]]))
    if (shown.length === 0) fill(this.list, h('li', { class: 'nothing' }, t('nothingLogged')))
  }
}

const clock = (at) => new Intl.DateTimeFormat(currentLanguage(), { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' }).format(at)

function updateKind(update) {
  return Object.keys(update ?? {}).find((key) => key !== 'update_id') ?? ''
}

function entryView(entry) {
  const failed = entry.ok === false
  const name = entry.kind === 'call' ? entry.method : updateKind(entry.update)
  const details = h('details', { class: `entry ${entry.kind}${failed ? ' failed' : ''}`, ontoggle: () => {
    if (details.open && details.children.length === 1) details.append(entryBody(entry))
  } },
  h('summary', {}, icon(entry.kind === 'call' ? 'up' : entry.kind === 'update' ? 'down' : 'link', 'entry-kind'),
    h('span', { class: 'entry-name' }, name || entry.kind), h('span', { class: 'entry-bot' }, entry.bot?.name ?? ''),
    failed ? h('span', { class: 'entry-status' }, entry.status) : null,
    entry.milliseconds === undefined ? null : h('span', { class: 'entry-duration' }, t('milliseconds', { n: entry.milliseconds })),
    h('time', { class: 'entry-time' }, clock(entry.at)),
    failed ? h('span', { class: 'entry-error' }, entry.error ?? '') : null))
  return h('li', {}, details)
}

function entryBody(entry) {
  const section = (title, value) => (value === undefined ? null : [h('h3', {}, title), jsonView(value)])
  return h('div', { class: 'entry-body' }, section(t('arguments'), entry.arguments), section(t('result'), entry.result),
    section(t('error'), entry.error), section(t('update'), entry.update))
}
