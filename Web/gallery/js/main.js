import { get, post, session } from './api.js'
import { Card } from './card.js'
import { fill, h } from './dom.js'
import { moment, zone } from './format.js'
import { chooseLanguage, currentLanguage, languages, t } from './i18n.js'
import { loginPage, signInByLink } from './login.js'
import { drawFigures } from './sections/figures.js'
import { drawGalleries } from './sections/galleries.js'
import { drawHealth, overall } from './sections/health.js'
import { drawPeople } from './sections/people.js'
import { drawRecent } from './sections/recent.js'
import { drawRounds } from './sections/rounds.js'
import { drawSchedules } from './sections/schedules.js'
import { chosenSpan, drawVotes, spanChoice } from './sections/votes.js'

/** Puts the page together and asks for news every ten seconds while somebody looks. */

const PERIOD = 10000

let overview
let health
let isSignedIn = false
let message
let timer
let turn = 0

const choice = spanChoice(() => refresh())
const cards = {
  figures: new Card('figures', 'figures', drawFigures),
  votes: new Card('votes', 'votes', drawVotes, [choice.element]),
  galleries: new Card('galleries', 'galleries', drawGalleries),
  recent: new Card('recent', 'recent', drawRecent(() => {
    cards.recent.forget()
    show()
  })),
  health: new Card('health', 'health', drawHealth),
  schedules: new Card('schedules', 'schedules', drawSchedules(pause)),
  rounds: new Card('rounds', 'rounds', drawRounds),
  people: new Card('people', 'peopleTitle', drawPeople),
}

const status = h('p', { class: 'status', role: 'status' })
const offline = h('div', { class: 'offline', role: 'alert', hidden: true })
const header = h('header', { class: 'page-head' })
const footer = h('footer', { class: 'page-foot' })
const grid = h('main', { id: 'content', class: 'grid', tabindex: -1 }, Object.values(cards).map((card) => card.element))
const skip = h('a', { class: 'skip', href: '#content' })
const app = h('div', { class: 'app' })

function frame() {
  document.title = t('title')
  skip.textContent = t('skip')
  const brand = isSignedIn
    ? h('div', { class: 'brand' }, h('img', { src: 'page/favicon.svg', alt: '', width: 32, height: 32 }), h('h1', {}, t('title')), status)
    : null
  fill(header, brand,
    h('div', { class: 'head-tools' }, languageSwitch(),
      isSignedIn ? h('button', { type: 'button', class: 'button quiet', onclick: () => signOut('logout') }, t('signOut')) : null))
  fill(footer, h('button', { type: 'button', class: 'button quiet', onclick: () => signOut('logout/all') }, t('signOutAll')))
}

function languageSwitch() {
  return h('select', { class: 'select', 'aria-label': t('language'), onchange: (event) => {
    chooseLanguage(event.target.value)
    draw()
    if (isSignedIn) refresh()
    document.querySelector('.page-head select')?.focus()
  } }, languages.map(([code, name]) => h('option', { value: code, lang: code, selected: code === currentLanguage() }, name)))
}

function draw() {
  frame()
  choice.draw()
  if (isSignedIn) {
    fill(app, header, offline, grid, footer)
    show()
  } else {
    status.textContent = ''
    fill(app, header, loginPage({ hasPassword, message, done: start }))
  }
}

function show() {
  const language = currentLanguage()
  if (health) {
    cards.health.show(health, language)
    say(status, overall(health.upstreams))
    status.classList.toggle('bad', health.upstreams.some((each) => !each.ok))
  }
  if (!overview) return
  const { figures, people, recent, votes, galleries, rounds, schedules } = overview
  const library = health?.library
  cards.figures.show(figures && { figures, people, library }, language)
  cards.votes.show(votes, language)
  cards.galleries.show(galleries, language)
  cards.recent.show(recent, language)
  cards.schedules.show(schedules, language)
  cards.rounds.show({ rounds, library }, language)
  cards.people.show(people, language)
  app.classList.add('ready')
}

/** A text that screen readers say is set only when it is another one. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text
}

async function refresh() {
  clearTimeout(timer)
  turn += 1
  const mine = turn
  try {
    // The figures are shown at once: how the others are may take seconds to find out.
    const asking = get('health').then((found) => {
      if (mine !== turn) return
      health = found
      show()
    })
    await Promise.all([get('overview', { zone, days: chosenSpan(), lang: currentLanguage() })
      .then((answer) => {
        // What was asked for later is newer.
        if (mine !== turn) return
        overview = answer
        show()
      }), asking])
    offline.hidden = true
  } catch (error) {
    if (mine !== turn) return undefined
    if (error.status === 401) return leave()
    if (offline.hidden) fill(offline, t('offline', { time: overview ? moment(overview.now) : '–' }), ' ',
      h('button', { type: 'button', class: 'button quiet', onclick: refresh }, t('retry')))
    offline.hidden = false
  }
  if (mine !== turn) return undefined
  timer = setTimeout(() => { if (!document.hidden) refresh() }, PERIOD)
  return undefined
}

async function pause(path, isPaused) {
  try {
    await post(`${path}/${isPaused ? 'pause' : 'resume'}`)
  } catch (error) {
    if (error.status === 401) return leave()
    // The button can be pressed again.
    cards.schedules.forget()
  }
  return refresh()
}

async function signOut(path) {
  try {
    await post(path)
  } catch (error) {
    if (error.status !== 401) return refresh()
  }
  return leave(t('signedOut'))
}

let hasPassword = false

async function leave(text) {
  clearTimeout(timer)
  isSignedIn = false
  overview = undefined
  health = undefined
  message = text
  hasPassword = (await session().catch(() => ({}))).password === true
  app.classList.remove('ready')
  turn += 1
  draw()
  document.getElementById('content').focus()
}

async function start() {
  const problem = await signInByLink()
  let found
  try {
    found = await session()
  } catch (error) {
    return leave(error.status === 421 ? t('wrongHost') : t('failed', { reason: error.message }))
  }
  if (!found.signedIn) return leave(problem?.text)
  isSignedIn = true
  draw()
  return refresh()
}

document.addEventListener('visibilitychange', () => { if (isSignedIn && !document.hidden) refresh() })
addEventListener('hashchange', () => { if (location.hash.startsWith('#login=')) start() })
document.body.replaceChildren(skip, app)
start()
