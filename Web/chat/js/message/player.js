import { fileURL } from '../api.js'
import { h, icon } from '../dom.js'
import { duration, fileSize } from '../format.js'
import { t } from '../i18n.js'

let playing

/** A voice message or a piece of music: play, seek, time. Only one plays at a time. */
export function player(media) {
  const voice = media.kind === 'voice'
  const audio = h('audio', { src: fileURL(media.file), preload: 'none' })
  const length = () => (Number.isFinite(audio.duration) ? audio.duration : media.duration ?? 0)
  const time = h('span', { class: 'player-time' })
  const seek = h('input', { type: 'range', class: 'seek', min: 0, max: 1000, step: 1, value: 0, 'aria-label': t('seek'),
    oninput: () => { audio.currentTime = (seek.value / 1000) * length() } })
  const button = h('button', { type: 'button', class: 'play-button', onclick: () => (audio.paused ? play() : audio.pause()) })
  const title = media.title ?? media.name ?? t(`media_${media.kind}`)

  async function play() {
    if (playing !== audio) playing?.pause()
    playing = audio
    try {
      await audio.play()
    } catch {
      time.textContent = t('cannotPlay')
    }
  }
  function draw() {
    const running = !audio.paused
    button.replaceChildren(icon(running ? 'pause' : 'play'))
    button.setAttribute('aria-label', t(running ? 'pause' : 'playNamed', { name: title }))
    const total = length()
    seek.value = total ? (audio.currentTime / total) * 1000 : 0
    seek.style.setProperty('--done', `${seek.value / 10}%`)
    time.textContent = running || audio.currentTime > 0
      ? `${duration(audio.currentTime)} / ${duration(total)}`
      : [total ? duration(total) : '', fileSize(media.size ?? 0)].filter(Boolean).join(' · ')
  }
  for (const event of ['play', 'pause', 'timeupdate', 'ended', 'loadedmetadata']) audio.addEventListener(event, draw)
  draw()
  return h('div', { class: `player ${voice ? 'voice' : 'music'}` }, audio, button,
    h('div', { class: 'player-text' },
      voice ? null : h('div', { class: 'player-title' }, title, media.performer ? h('span', {}, media.performer) : null),
      seek, time))
}
