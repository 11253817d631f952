import { t } from '../i18n.js'

/** What somebody is doing, in words: "typing…", "Anna is sending a photo…"; empty where nobody does anything. */
export function activityText(activities, named = false) {
  if (activities.length === 0) return ''
  const { from, action } = activities[0]
  const key = `action_${action}`
  const words = t(key) === key ? t('action_typing') : t(key)
  if (!named) return words
  if (activities.length > 1) return t('severalTyping', { n: activities.length })
  return `${from.first_name ?? from.name} ${words}`
}
