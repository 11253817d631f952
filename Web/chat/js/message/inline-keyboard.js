import { h, icon } from '../dom.js'
import { t } from '../i18n.js'

const signs = { url: 'external', login_url: 'external', web_app: 'window', switch_inline: 'forward',
  switch_inline_current: 'forward', copy_text: 'copy', pay: 'card', game: 'gamepad' }

/**
 * The buttons below a message. `press(row, column, button)` may answer a promise, during which the button spins. The
 * button that paid a bill shows the receipt then.
 */
export function inlineKeyboard(rows, isPaid, press) {
  return h('div', { class: 'inline-keyboard', role: 'group', 'aria-label': t('buttons') }, rows.map((buttons, row) =>
    h('div', { class: 'keyboard-row' }, buttons.map((button, column) => {
      const isReceipt = isPaid && button.kind === 'pay'
      const sign = isReceipt ? undefined : signs[button.kind]
      const element = h('button', { type: 'button', class: `inline-button${button.style ? ` style-${button.style}` : ''}`,
        disabled: button.kind === 'disabled', title: sign ? t(`button_${button.kind}`) : undefined,
        onclick: () => spin(element, press(row, column, button)) },
      h('span', { class: 'button-text' }, isReceipt ? t('receipt') : button.text), sign ? icon(sign, 'corner') : null)
      return element
    }))))
}

async function spin(element, work) {
  if (element.getAttribute('aria-busy')) return
  element.setAttribute('aria-busy', 'true')
  try {
    await work
  } finally {
    element.removeAttribute('aria-busy')
  }
}
