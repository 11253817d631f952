import { openDialog } from '../dialog.js'
import { h } from '../dom.js'
import { money } from '../format.js'
import { t } from '../i18n.js'

/** Asks, then pays an invoice; the end is told by a `payment` event. */
export function payInvoice(message, chat, session) {
  const { title, description, total, currency } = message.invoice ?? {}
  if (!title) return
  openDialog({
    title: t('payTitle'),
    body: [h('p', { class: 'pay-title' }, title), h('p', {}, description), h('p', { class: 'pay-price' }, money(total, currency)),
      h('p', { class: 'hint' }, t('payHint'))],
    actions: [{ label: t('cancel') }, { label: t('pay', { price: money(total, currency) }), primary: true, run: () => void session.pay(chat, message.id) }],
  })
}
