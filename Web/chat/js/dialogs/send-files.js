import { openDialog } from '../dialog.js'
import { h, icon, iconButton } from '../dom.js'
import { fileSize } from '../format.js'
import { t } from '../i18n.js'

const MOST = 10

/** Shows the files before they go, as pictures or as files, with a caption. `send(files, {asFiles, caption})`. */
export function sendFiles(files, { caption = '', send }) {
  let list = files.slice(0, MOST)
  const addresses = new Map()
  const visual = (file) => /^(image|video)\//.test(file.type)
  const grid = h('div', { class: 'file-grid' })
  const asFiles = h('input', { type: 'checkbox' })
  const check = h('label', { class: 'check' }, asFiles, h('span', {}, t('sendAsFiles')))
  const text = h('textarea', { class: 'input', rows: 2, dir: 'auto', maxlength: 1024, value: caption, placeholder: t('caption'),
    'aria-label': t('caption'), onkeydown: (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      event.target.form.requestSubmit()
    } })

  function preview(file) {
    if (!addresses.has(file)) addresses.set(file, URL.createObjectURL(file))
    const source = addresses.get(file)
    return file.type.startsWith('image/') ? h('img', { src: source, alt: file.name }) : h('video', { src: source, muted: true, 'aria-label': file.name })
  }

  function draw() {
    check.hidden = !list.some(visual)
    grid.classList.toggle('as-files', asFiles.checked || !list.every(visual))
    grid.replaceChildren(...list.map((file) => h('div', { class: 'file-item' },
      visual(file) ? preview(file) : h('span', { class: 'document-icon' }, icon('file')),
      h('span', { class: 'file-name' }, file.name, h('span', {}, fileSize(file.size))),
      list.length > 1 ? iconButton('close', t('removeFile', { name: file.name }), () => {
        list = list.filter((each) => each !== file)
        draw()
      }, { class: 'small' }) : null)))
  }
  asFiles.addEventListener('change', draw)
  draw()
  openDialog({
    title: t('sendFiles', { n: list.length }),
    className: 'send-files',
    body: [files.length > MOST ? h('p', { class: 'hint' }, t('tooManyFiles', { n: MOST })) : null, grid, check, text],
    onclose: () => addresses.forEach((address) => URL.revokeObjectURL(address)),
    actions: [{ label: t('cancel') }, { label: t('send'), primary: true, run: () => void send(list, { asFiles: asFiles.checked, caption: text.value }) }],
  })
  text.focus()
}
