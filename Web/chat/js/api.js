/** Calls of the control API (docs/simulator.md). A refusal is thrown as an ApiError with the server's own words. */

export class ApiError extends Error {
  constructor(message, status) {
    super(message)
    this.status = status
  }
}

async function send(path, options) {
  let response
  try {
    response = await fetch(path, options)
  } catch {
    throw new ApiError('offline', 0)
  }
  const body = await response.json().catch(() => ({}))
  if (!response.ok) throw new ApiError(body.error ?? response.statusText, response.status)
  return body
}

/** GET with the query's undefined values left out. */
export function get(path, query = {}) {
  const items = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  const search = new URLSearchParams(items).toString()
  return send(search ? `${path}?${search}` : path)
}

/** POST of a JSON body, or of a FormData as it is. */
export function post(path, body) {
  if (body instanceof FormData) return send(path, { method: 'POST', body })
  return send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
}

/** Where a file is served; with a name, the browser saves it under that. */
export const fileURL = (file, name) =>
  `sim/files/${encodeURIComponent(file)}${name ? `?name=${encodeURIComponent(name)}` : ''}`
