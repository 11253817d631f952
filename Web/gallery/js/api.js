/** Calls of the page's own server. A refusal is thrown as an ApiError with its status. */

let word

export class ApiError extends Error {
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

async function send(path, options = {}) {
  let response
  try {
    response = await fetch(`api/${path}`, { credentials: 'same-origin', ...options })
  } catch {
    throw new ApiError(0, 'offline')
  }
  const body = response.status === 204 ? {} : await response.json().catch(() => ({}))
  if (!response.ok) throw new ApiError(response.status, body.error ?? response.statusText)
  return body
}

export const get = (path, query = {}) => send(Object.keys(query).length ? `${path}?${new URLSearchParams(query)}` : path)

export const post = (path, body = {}) => send(path, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', ...(word ? { 'X-CSRF-Token': word } : {}) },
  body: JSON.stringify(body),
})

/** Asks whether this browser is signed in, and learns the word that changes need. */
export async function session() {
  const found = await get('session')
  word = found.csrf
  return found
}
