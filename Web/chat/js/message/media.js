import { fileURL } from '../api.js'
import { h, icon, reducedMotion } from '../dom.js'
import { duration, fileSize } from '../format.js'
import { t } from '../i18n.js'
import { fitMedia, mosaic } from './sizes.js'
import { plainText } from './summary.js'
import { player } from './player.js'

/** Media of a message. `actions.view(message)` opens the viewer, `actions.memory` keeps what plays or is uncovered. */

const visual = new Set(['photo', 'video', 'animation', 'live_photo'])
export const isVisual = (media) => visual.has(media?.kind)

const percent = (part) => `${part * 100}%`

/** What stands for media in a preview, a quote or a label. */
export const mediaName = (kind) => t(`media_${kind}`)

/** One picture or film that fills its box; a button, because it opens. */
function tile(message, actions) {
  const { media } = message
  const { memory } = actions
  const text = plainText(message, t('hiddenText'))
  const label = text ? `${mediaName(media.kind)}: ${text}` : mediaName(media.kind)
  const covered = message.spoiler && !memory?.isOpen(`media ${message.id}`)
  const content = memory ? memory.node(message.id, media.file, () => tileContent(media, label)) : tileContent(media, label)
  const element = h('button', { type: 'button', class: `tile${covered ? ' covered' : ''}`, 'aria-label': covered ? t('coveredMedia', { name: label }) : label,
    onclick: () => {
      if (!element.classList.contains('covered')) return actions.view(message)
      memory?.setOpen(`media ${message.id}`, true)
      element.classList.remove('covered')
      element.setAttribute('aria-label', label)
      element.querySelector('.cover-label').remove()
      return undefined
    } }, ...content, covered ? h('span', { class: 'cover-label' }, t('uncover')) : null)
  return element
}

function tileContent(media, label) {
  const source = fileURL(media.file)
  if (media.kind === 'photo') {
    return [h('img', { src: source, alt: label, decoding: 'async', draggable: 'false', width: media.w, height: media.h,
      onload: (event) => event.target.classList.add('ready'), onerror: broken })]
  }
  if (media.kind === 'animation' && media.type?.startsWith('image/')) {
    return [h('img', { src: source, alt: label, decoding: 'async', onload: (event) => event.target.classList.add('ready'),
      onerror: broken }), h('span', { class: 'badge' }, 'GIF')]
  }
  const video = h('video', { src: source, muted: true, playsinline: true, preload: 'metadata', tabindex: -1,
    poster: media.thumb ? fileURL(media.thumb) : undefined, onloadeddata: (event) => event.target.classList.add('ready') })
  video.muted = true
  if (media.kind === 'live_photo') {
    video.addEventListener('pointerenter', () => void video.play().catch(() => {}))
    return [video, h('span', { class: 'badge' }, 'LIVE')]
  }
  if (media.kind === 'animation') {
    video.loop = true
    video.autoplay = !reducedMotion()
    return [video, h('span', { class: 'badge' }, 'GIF')]
  }
  return [video, h('span', { class: 'play' }, icon('play')),
    h('span', { class: 'badge' }, media.duration === undefined ? mediaName('video') : duration(media.duration))]
}

function broken(event) {
  event.target.closest('.tile')?.classList.add('broken')
}

/** A single picture or film. */
export function singleVisual(message, actions) {
  const { width, height } = fitMedia(message.media.w, message.media.h)
  return h('div', { class: 'visual', style: { width: `${width}px`, 'aspect-ratio': `${width} / ${height}` } },
    tile(message, actions))
}

/** The pictures and films of an album as a mosaic. */
export function albumVisual(messages, actions) {
  const { width, height, rectangles } = mosaic(messages.map(({ media }) => media.w / media.h))
  return h('div', { class: 'visual album', role: 'group', 'aria-label': t('album', { n: messages.length }),
    style: { width: `${width}px`, 'aspect-ratio': `${width} / ${height}` } },
  messages.map((message, index) => {
    const { left, top, width: w, height: hh } = rectangles[index]
    return h('div', { class: 'cell', dataset: { id: message.id },
      style: { left: percent(left), top: percent(top), width: percent(w), height: percent(hh) } },
    tile(message, actions))
  }))
}

/** Everything that is not a picture: documents, sound, stickers, round films. */
export function otherMedia(message, memory) {
  const { media } = message
  switch (media.kind) {
    case 'voice':
    case 'audio':
      return memory ? memory.node(message.id, media.file, () => player(media)) : player(media)
    case 'sticker':
      return sticker(media)
    case 'video_note':
      return memory ? memory.node(message.id, media.file, () => videoNote(media)) : videoNote(media)
    default:
      return documentCard(media, message.protected)
  }
}

const videoNote = (media) => h('video', { class: 'video-note', src: fileURL(media.file), controls: true, playsinline: true,
  preload: 'metadata', 'aria-label': mediaName('video_note') })

function sticker(media) {
  const label = `${mediaName('sticker')} ${media.emoji ?? ''}`.trim()
  if (!media.file) return h('div', { class: 'sticker-emoji', role: 'img', 'aria-label': label }, media.emoji ?? '🙂')
  const source = fileURL(media.file)
  if (media.type?.startsWith('video/')) {
    return h('video', { class: 'sticker', src: source, autoplay: true, loop: true, muted: true, 'aria-label': label })
  }
  const image = h('img', { class: 'sticker', src: source, alt: label, width: media.w ?? 512, height: media.h ?? 512,
    onerror: () => image.replaceWith(h('div', { class: 'sticker-emoji', role: 'img', 'aria-label': label }, media.emoji ?? '🙂')) })
  return image
}

/** A file to save; one that is protected is only named. */
function documentCard(media, isProtected) {
  const name = media.name ?? t('media_document')
  const dot = name.lastIndexOf('.')
  const extension = dot > 0 ? name.slice(dot + 1, dot + 6) : ''
  const thumb = media.thumb ?? (media.type?.startsWith('image/') ? media.file : undefined)
  const link = { href: fileURL(media.file, name), download: name, 'aria-label': t('downloadFile', { name, size: fileSize(media.size ?? 0) }) }
  return h(isProtected ? 'div' : 'a', { class: 'document', ...(isProtected ? {} : link) },
    thumb
      ? h('img', { class: 'document-thumb', src: fileURL(thumb), alt: '', width: 54, height: 54, decoding: 'async' })
      : h('span', { class: 'document-icon' }, icon('file'), extension ? h('span', { class: 'extension' }, extension) : null),
    h('span', { class: 'document-text' }, h('span', { class: 'document-name' }, name),
      h('span', { class: 'document-size' }, fileSize(media.size ?? 0), isProtected ? null : icon('download'))))
}
