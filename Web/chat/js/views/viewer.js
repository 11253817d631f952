import { fileURL } from '../api.js'
import { h, iconButton } from '../dom.js'
import { fullDate } from '../format.js'
import { t } from '../i18n.js'
import { renderText } from '../message/entities.js'
import { isVisual, mediaName } from '../message/media.js'
import { plainText } from '../message/summary.js'

/** Shows pictures and films of a chat large, one after the other: arrow keys, a click to zoom, Escape to close. */
export function openViewer(store, chat, message) {
  const all = store.timeline(chat).messages.filter((each) => isVisual(each.media))
  let index = all.findIndex((each) => each.id === message.id)
  if (index < 0) return
  const stage = h('div', { class: 'viewer-stage', onclick: (event) => { if (event.target === stage) dialog.close() } })
  const caption = h('div', { class: 'viewer-caption', dir: 'auto' })
  const who = h('div', { class: 'viewer-who' })
  const download = h('a', { class: 'icon-button', 'aria-label': t('download'), title: t('download') },
    ...iconButton('download', '', () => {}).childNodes)
  const previous = iconButton('back', t('previous'), () => go(-1), { class: 'viewer-previous' })
  const next = iconButton('back', t('next'), () => go(1), { class: 'viewer-next' })
  const count = h('span', { class: 'viewer-count' })
  const dialog = h('dialog', { class: 'viewer', 'aria-label': t('viewer'), onclose: () => dialog.remove(), onkeydown: (event) => {
    const moves = { ArrowLeft: -1, ArrowRight: 1 }
    if (event.key in moves) go(moves[event.key])
    else if (event.key === 'Home') show(0)
    else if (event.key === 'End') show(all.length - 1)
    else return
    event.preventDefault()
  } },
  h('header', { class: 'viewer-head' }, who, count, download, iconButton('close', t('close'), () => dialog.close())),
  previous, stage, next, caption)

  function go(step) {
    if (all[index + step]) show(index + step)
  }
  function show(to) {
    index = to
    const current = all[index]
    const { media } = current
    const label = plainText(current, t('hiddenText')) || mediaName(media.kind)
    const image = media.kind === 'photo' || media.type?.startsWith('image/')
    const content = image
      ? h('img', { src: fileURL(media.file), alt: label, width: media.w, height: media.h, onclick: () => content.classList.toggle('zoomed') })
      : h('video', { src: fileURL(media.file), controls: true, autoplay: true, loop: media.kind === 'animation', playsinline: true, 'aria-label': label })
    stage.classList.remove('zoomed')
    stage.replaceChildren(content)
    caption.replaceChildren(...renderText(current.text ?? '', current.entities).flat(Infinity))
    caption.hidden = !current.text
    who.replaceChildren(h('strong', {}, current.from?.name ?? current.sender_chat?.title ?? ''), h('time', {}, fullDate(current.date)))
    count.textContent = `${index + 1} / ${all.length}`
    const name = media.name ?? `${media.kind}-${current.id}`
    download.hidden = Boolean(current.protected)
    download.href = fileURL(media.file, name)
    download.download = name
    previous.disabled = index === 0
    next.disabled = index === all.length - 1
  }
  show(index)
  document.body.append(dialog)
  dialog.showModal()
}
