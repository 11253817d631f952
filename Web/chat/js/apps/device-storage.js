/** What Mini Apps keep on this device (`DeviceStorage`, `SecureStorage`): per bot and person, in this browser. */

const prefix = (app, kind) => `quartet.app.${kind}.${app.launch.bot}.${app.store.user.id}.`

export function keep(app, kind, key, value) {
  if (value === null || value === undefined) localStorage.removeItem(prefix(app, kind) + key)
  else localStorage.setItem(prefix(app, kind) + key, String(value))
}

export const kept = (app, kind, key) => localStorage.getItem(prefix(app, kind) + key)

export function clearAll(app, kind) {
  const start = prefix(app, kind)
  for (const key of Object.keys(localStorage)) if (key.startsWith(start)) localStorage.removeItem(key)
}
