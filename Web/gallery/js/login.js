import { ApiError, post } from './api.js'
import { fill, h } from './dom.js'
import { t } from './i18n.js'

/** Takes the token out of the address, so that it is in no history, and signs in with it; the error, if any. */
export async function signInByLink() {
  const token = new URLSearchParams(location.hash.slice(1)).get('login')
  if (!token) return undefined
  history.replaceState(null, '', location.pathname)
  try {
    await post('login/link', { token })
    return undefined
  } catch (error) {
    return { ...reason(error), text: error.status === 403 ? t('linkFailed') : reason(error).text }
  }
}

function reason(error) {
  if (!(error instanceof ApiError)) throw error
  const text = { 0: t('failed', { reason: error.message }), 421: t('wrongHost'), 429: t('tooOften') }[error.status]
  return { text: text ?? t('failed', { reason: error.message }) }
}

/** The page for those who are not signed in. */
export function loginPage({ hasPassword, message, done }) {
  const problem = h('p', { class: 'notice', role: 'alert', hidden: !message }, message)
  const field = h('input', { type: 'password', id: 'password', name: 'password', autocomplete: 'current-password', required: true })
  const submit = async (event) => {
    event.preventDefault()
    try {
      await post('login/password', { password: field.value })
      done()
    } catch (error) {
      fill(problem, error.status === 403 ? t('passwordFailed') : reason(error).text)
      problem.hidden = false
      field.select()
    }
  }
  return h('main', { class: 'login', id: 'content', tabindex: -1 },
    h('img', { src: 'page/favicon.svg', alt: '', width: 56, height: 56 }),
    h('h1', {}, t('title')), problem, h('p', {}, t('signInHint')),
    hasPassword
      ? h('form', { class: 'login-form', onsubmit: submit },
        h('label', { for: 'password' }, t('orPassword')),
        h('div', { class: 'login-row' }, field, h('button', { type: 'submit', class: 'button' }, t('signIn'))))
      : null)
}
