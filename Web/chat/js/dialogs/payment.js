import { field, openDialog } from '../dialog.js'
import { h } from '../dom.js'
import { currencyDigits, money } from '../format.js'
import { t } from '../i18n.js'

/** What an invoice may ask for, with what browsers know to fill in. */
const wishes = {
  name: { label: 'payName', autocomplete: 'name' },
  phone: { label: 'payPhone', autocomplete: 'tel', type: 'tel' },
  email: { label: 'payEmail', autocomplete: 'email', type: 'email' },
  address: { label: 'payAddress', autocomplete: 'street-address' },
}

/** What open sheets wait for, by their bill. */
const waiting = new Map()

const keyOf = ({ chat, message, slug }) => slug ?? `${chat}/${message}`

/** Hands the bot's word to the sheet that waits for it; false where none does. */
export function settlePayment(payment) {
  const settle = waiting.get(keyOf(payment))
  waiting.delete(keyOf(payment))
  settle?.(payment)
  return settle !== undefined
}

export const payInvoice = (message, chat, session) => paySheet({ chat, message: message.id }, message.invoice, session)

/** Pays the bill behind a link; answers `paid`, `cancelled` or `failed`, as Mini Apps are told. */
export async function payLink(slug, session) {
  const bill = await session.bill(slug)
  return bill ? paySheet({ slug }, bill.invoice, session) : 'failed'
}

/**
 * Asks for what the bill needs, then pays. The sheet stays while the bot is asked: for the prices of shipping, and
 * whether it agrees; what it refuses is said in the sheet, where one can try again.
 */
function paySheet(target, invoice, session) {
  if (!invoice?.title || invoice.paid) return Promise.resolve('cancelled')
  const { title, description, total, currency, tips, maximum_tip: most, needs = [] } = invoice
  let tip = 0
  let shipping = 0
  let option
  let status = 'cancelled'
  const price = h('p', { class: 'pay-price', 'aria-live': 'polite' })
  const draw = () => { price.textContent = money(total + tip + shipping, currency) }
  // A tip is typed as prices are written, not in cents.
  const digits = currencyDigits(currency)
  const written = (amount) => (amount / 10 ** digits).toFixed(digits)
  const own = most ? h('input', { type: 'number', min: 0, max: written(most), step: written(1), value: '', placeholder: written(0),
    inputmode: digits ? 'decimal' : 'numeric', oninput: () => {
      tip = Math.min(most, Math.max(0, Math.round((Number(own.value) || 0) * 10 ** digits)))
      draw()
    } }) : null
  const chips = tips?.length ? h('div', { class: 'pay-tips', role: 'group', 'aria-label': t('payTip') }, tips.map((amount) =>
    h('button', { type: 'button', class: 'pay-tip', onclick: () => {
      own.value = tip === amount ? '' : written(amount)
      own.dispatchEvent(new Event('input'))
    } }, money(amount, currency)))) : null
  const inputs = Object.fromEntries(needs.map((name) => {
    const { label, ...attributes } = wishes[name]
    return [name, h('input', { required: true, ...attributes })]
  }))
  const fields = h('div', { class: 'pay-fields' }, own ? field(`${t('payTip')}, ${currency === 'XTR' ? '⭐' : currency}`, own) : null, chips,
    needs.map((name) => field(t(wishes[name].label), inputs[name])))
  const problem = h('p', { class: 'pay-problem', role: 'alert', hidden: true })
  const wait = h('p', { class: 'hint', role: 'status' }, t('payHint'))
  const say = (text) => {
    problem.textContent = text ?? ''
    problem.hidden = !text
  }

  function offer(list) {
    const choose = (chosen) => {
      option = chosen.id
      shipping = chosen.total
      draw()
    }
    choose(list[0])
    fields.replaceChildren(h('div', { class: 'pay-options', role: 'radiogroup', 'aria-label': t('payShipping') }, list.map((each, index) =>
      h('label', { class: 'pay-option' }, h('input', { type: 'radio', name: 'shipping', value: each.id, checked: index === 0, onchange: () => choose(each) }),
        h('span', {}, each.title), h('span', {}, money(each.total, currency))))))
  }

  async function pay(form) {
    if (!form.reportValidity()) return false
    say()
    const given = Object.fromEntries(needs.map((name) => [name, inputs[name].value.trim()]))
    const told = new Promise((resolve) => waiting.set(keyOf(target), resolve))
    form.setAttribute('aria-busy', 'true')
    wait.textContent = t('payWaiting')
    const asked = await session.pay(target, { ...given, tip, shipping_option: option })
    const payment = asked ? await told : {}
    form.removeAttribute('aria-busy')
    wait.textContent = t('payHint')
    waiting.delete(keyOf(target))
    if (payment.ok) {
      status = 'paid'
      return true
    }
    if (payment.shipping) offer(payment.shipping)
    else {
      status = 'failed'
      say(payment.error ?? t('paymentFailed'))
    }
    return false
  }

  draw()
  return new Promise((resolve) => {
    openDialog({
      title: t('payTitle'), className: 'pay-sheet',
      body: [h('p', { class: 'pay-title' }, title), h('p', {}, description), price, fields, problem, wait],
      onclose: () => {
        waiting.delete(keyOf(target))
        resolve(status)
      },
      actions: [{ label: t('cancel') }, { label: t('payNow'), primary: true, run: pay }],
    })
  })
}

/** Asks before Stars are spent on pictures and films. */
export function buyMedia({ id, paid }, chat, session) {
  openDialog({
    title: t('payTitle'), className: 'pay-sheet',
    body: [h('p', { class: 'pay-title' }, t('media_paid')), h('p', {}, paid.kinds.map((kind) => t(`media_${kind}`)).join(', ')),
      h('p', { class: 'pay-price' }, money(paid.stars, 'XTR')), h('p', { class: 'hint' }, t('payHint'))],
    actions: [{ label: t('cancel') }, { label: t('payNow'), primary: true, run: async () => (await session.pay({ chat, message: id })) !== undefined }],
  })
}

/** What was paid, or given back. */
export function showReceipt({ kind, receipt }) {
  const line = (label, value) => (value ? h('div', { class: 'receipt-line' }, h('span', {}, label), h('span', {}, value)) : null)
  const { name, phone_number: phone, email, shipping_address: address } = receipt.order ?? {}
  openDialog({
    title: t(kind === 'refunded' ? 'receiptRefunded' : 'receipt'), className: 'receipt',
    body: [h('p', { class: 'pay-title' }, receipt.title), h('p', { class: 'pay-price' }, money(receipt.total, receipt.currency)),
      line(t('payShipping'), receipt.shipping_option), line(t('payName'), name), line(t('payPhone'), phone), line(t('payEmail'), email),
      line(t('payAddress'), address && [address.street_line1, address.post_code, address.city, address.country_code].filter(Boolean).join(', ')),
      line(t('receiptNumber'), receipt.charge)],
    actions: [{ label: t('close'), primary: true }],
  })
}
