import { field, openDialog } from '../dialog.js'
import { h } from '../dom.js'
import { money } from '../format.js'
import { t } from '../i18n.js'

/** What an invoice may ask for, with what browsers know to fill in. */
const wishes = {
  name: { label: 'payName', autocomplete: 'name' },
  phone: { label: 'payPhone', autocomplete: 'tel', type: 'tel' },
  email: { label: 'payEmail', autocomplete: 'email', type: 'email' },
  address: { label: 'payAddress', autocomplete: 'street-address' },
}

/** Sheets that wait for the prices of shipping, by chat and message. */
const waiting = new Map()

/** Asks for what the bill needs, then pays it; the end is told by a `payment` event. */
export function payInvoice(message, chat, session) {
  const { title, description, total, currency, tips, maximum_tip: most, needs = [] } = message.invoice ?? {}
  if (!title) return
  let tip = 0
  const price = h('p', { class: 'pay-price', 'aria-live': 'polite' })
  const draw = () => { price.textContent = money(total + tip, currency) }
  const own = most ? h('input', { type: 'number', min: 0, max: most, step: 1, value: 0, inputmode: 'numeric', oninput: () => {
    tip = Math.min(most, Math.max(0, Math.trunc(Number(own.value) || 0)))
    draw()
  } }) : null
  const chips = tips?.length ? h('div', { class: 'pay-tips', role: 'group', 'aria-label': t('payTip') }, tips.map((amount) =>
    h('button', { type: 'button', class: 'pay-tip', onclick: () => {
      own.value = tip === amount ? 0 : amount
      own.dispatchEvent(new Event('input'))
    } }, money(amount, currency)))) : null
  const inputs = Object.fromEntries(needs.map((name) => {
    const { label, ...attributes } = wishes[name]
    return [name, h('input', { required: true, ...attributes })]
  }))
  draw()
  openDialog({
    title: t('payTitle'),
    body: [h('p', { class: 'pay-title' }, title), h('p', {}, description), price,
      own ? field(t('payTip'), own) : null, chips, needs.map((name) => field(t(wishes[name].label), inputs[name])),
      h('p', { class: 'hint' }, t('payHint'))],
    actions: [{ label: t('cancel') }, { label: t('payNow'), primary: true, run: (form) => {
      if (!form.reportValidity()) return false
      const fields = Object.fromEntries(needs.map((name) => [name, inputs[name].value.trim()]))
      const send = (option) => session.pay(chat, message.id, { ...fields, tip, shipping_option: option })
      waiting.set(`${chat}/${message.id}`, { send, currency })
      void send()
      return true
    } }],
  })
}

/** Lets the payer choose among the ways of shipping that the bot has offered. */
export function chooseShipping({ chat, message, shipping }) {
  const sheet = waiting.get(`${chat}/${message}`)
  if (!sheet) return
  const choices = shipping.map(({ id, title, total }, index) => h('label', { class: 'pay-option' },
    h('input', { type: 'radio', name: 'shipping', value: id, checked: index === 0 }), h('span', {}, title),
    h('span', {}, money(total, sheet.currency))))
  openDialog({
    title: t('payShipping'), body: h('div', { class: 'pay-options', role: 'radiogroup', 'aria-label': t('payShipping') }, choices),
    actions: [{ label: t('cancel') }, { label: t('payNow'), primary: true,
      run: (form) => void sheet.send(new FormData(form).get('shipping')) }],
  })
}
