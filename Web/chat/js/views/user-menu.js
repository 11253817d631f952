import { avatar } from '../avatar.js'
import { chooseLanguage, chosenLanguage, t } from '../i18n.js'
import { newGroup } from '../dialogs/new-group.js'
import { newPerson } from '../dialogs/new-person.js'
import { openDialog } from '../dialog.js'
import { openMenu } from '../menu.js'
import { applyTheme, recall } from '../preferences.js'
import { h } from '../dom.js'

/** Whom to play, what to make, and how the page looks. */
export function userMenu(anchor, { store, session, become, openChat, inspector }) {
  const people = [...store.users.values()].filter((user) => !user.bot && !user.deactivated)
  const theme = recall('theme', 'auto')
  const themes = { auto: 'contrast', light: 'sun', dark: 'moon' }
  const following = Object.keys(themes)[(Object.keys(themes).indexOf(theme) + 1) % 3]
  openMenu(anchor, [
    ...people.map((user) => ({ node: avatar(user.id, user.name, 'xs'), label: user.name, checked: user.id === store.user.id, run: () => become(user.id) })),
    '-',
    { icon: 'user-plus', label: t('newPerson'), run: () => newPerson(session, become) },
    { icon: 'users', label: t('newGroup'), run: () => newGroup(store, session, openChat) },
    '-',
    { icon: 'inspect', label: t(inspector.visible ? 'hideInspector' : 'showInspector'), run: () => inspector.toggle() },
    { icon: 'globe', label: `${t('language')}: ${store.user.language_code === 'ru' ? 'Русский' : 'English'}`, run: () => languageDialog(store, session) },
    { icon: themes[theme], label: `${t('theme')}: ${t(`theme_${theme}`)}`, run: () => applyTheme(following) },
    { icon: 'keyboard', label: t('shortcuts'), run: shortcuts },
  ], { label: t('menuOf', { name: store.user.name }) })
}

function languageDialog(store, session) {
  const names = { en: 'English', ru: 'Русский' }
  const person = h('select', {}, Object.entries(names).map(([code, name]) => h('option', { value: code, selected: (store.user.language_code ?? 'en') === code }, name)))
  const page = h('select', {}, h('option', { value: 'auto' }, t('asPerson')), Object.entries(names).map(([code, name]) =>
    h('option', { value: code, selected: chosenLanguage() === code }, name)))
  openDialog({
    title: t('language'),
    body: [h('label', { class: 'field' }, h('span', {}, t('languageOf', { name: store.user.name })), person, h('span', { class: 'hint' }, t('languageHint'))),
      h('label', { class: 'field' }, h('span', {}, t('languageOfPage')), page)],
    actions: [{ label: t('cancel') }, { label: t('save'), primary: true, run: async () => {
      chooseLanguage(page.value, store.user.language_code)
      if (person.value !== store.user.language_code) await session.setLanguage(person.value)
    } }],
  })
}

export function shortcuts() {
  const keys = [['Ctrl K', 'keySearch'], ['Alt ↑ ↓', 'keyChats'], ['Enter', 'keySend'], ['Shift Enter', 'keyLine'], ['↑', 'keyEditLast'],
    ['Ctrl ↑', 'keyReply'], ['Shift Tab, ↑ ↓', 'keyMessages'], ['R · E · C · Del', 'keyActions'], ['Enter', 'keyMenu'], ['Ctrl B · I', 'keyFormat'], ['Alt I', 'keyInspector'], ['Esc', 'keyBack']]
  openDialog({ title: t('shortcuts'), body: h('dl', { class: 'shortcuts' }, keys.map(([key, name]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, t(name))])) })
}
