import { h, iconButton } from './dom.js'
import { keepFocus } from './focus.js'
import { t } from './i18n.js'

let number = 0

/**
 * A modal dialog. `actions` are `{label, primary, danger, run}`; `run` may return false to keep it open. The first
 * field or button gets the focus, Escape and a click beside it close it, and the focus goes back to where it was.
 */
export function openDialog({ title, body, actions = [], wide = false, className = '', onclose }) {
  const id = `dialog-${++number}`
  const restoreFocus = keepFocus()
  const close = () => dialog.close()
  const buttons = actions.map(({ label, primary, danger, run }) =>
    h('button', { type: primary ? 'submit' : 'button', class: `button${primary ? ' primary' : ''}${danger ? ' danger' : ''}`,
      onclick: primary ? undefined : () => finish(run) }, label))
  const main = actions.find((action) => action.primary)
  const form = h('form', { method: 'dialog', class: 'dialog-form', onsubmit: (event) => {
    event.preventDefault()
    finish(main?.run)
  } },
  h('header', { class: 'dialog-head' }, h('h2', { id, tabindex: -1 }, title),
    iconButton('close', t('close'), close)),
  h('div', { class: 'dialog-body' }, body),
  buttons.length ? h('footer', { class: 'dialog-actions' }, buttons) : null)
  const dialog = h('dialog', { class: `dialog${wide ? ' wide' : ''} ${className}`.trim(), 'aria-labelledby': id,
    onclick: (event) => { if (event.target === dialog) close() },
    onclose: () => {
      dialog.remove()
      restoreFocus()
      onclose?.()
    } }, form)
  async function finish(run) {
    if (await run?.(form) !== false) close()
  }
  document.body.append(dialog)
  dialog.showModal()
  const focus = form.querySelector('.dialog-body input, .dialog-body textarea') ?? form.querySelector('.primary') ?? form.querySelector('h2')
  focus.focus()
  return { dialog, close }
}

/** A labelled field for a dialog. */
export function field(label, input) {
  return h('label', { class: 'field' }, h('span', {}, label), input)
}

/** A question with yes and no. */
export function confirmDialog(title, text, label, run, danger = true) {
  openDialog({ title, body: h('p', {}, text), actions: [{ label: t('cancel') }, { label, primary: true, danger, run }] })
}
