import { t } from './i18n.js'

/** What to call a chat or a person; a number where the bot knows no name. */
export const chatName = ({ id, name, kind }) => name || t(kind === 'group' ? 'group' : 'person', { id: String(id) })
