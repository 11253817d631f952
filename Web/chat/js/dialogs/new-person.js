import { field, openDialog } from '../dialog.js'
import { h } from '../dom.js'
import { t } from '../i18n.js'

/** Makes a person and becomes them. */
export function newPerson(session, become) {
  const first = h('input', { required: true, maxlength: 64, autocomplete: 'off' })
  const last = h('input', { maxlength: 64, autocomplete: 'off' })
  const username = h('input', { pattern: '[A-Za-z][A-Za-z0-9_]{3,31}', autocomplete: 'off', placeholder: 'username' })
  const language = h('select', {}, h('option', { value: 'en' }, 'English'), h('option', { value: 'ru' }, 'Русский'))
  openDialog({
    title: t('newPerson'),
    body: [field(t('firstName'), first), field(t('lastName'), last), field(t('username'), username), field(t('language'), language)],
    actions: [{ label: t('cancel') }, { label: t('create'), primary: true, run: async () => {
      const user = await session.addUser({ first_name: first.value.trim(), last_name: last.value.trim() || undefined,
        username: username.value.trim() || undefined, language_code: language.value })
      if (!user) return false
      become(user.id)
      return true
    } }],
  })
}
