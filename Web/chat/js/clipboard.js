import { t } from './i18n.js'
import { toast } from './toast.js'

/** Copies a text and says so. */
export async function copyText(text, said = t('copied')) {
  try {
    await navigator.clipboard.writeText(text)
    toast(said)
  } catch {
    toast(t('copyFailed'), { error: true })
  }
}
