import { Emitter } from './emitter.js'

const KINDS = ['message', 'edit', 'delete', 'action', 'callback_answer', 'draft', 'keyboard', 'inline_answer',
  'payment', 'chat', 'user', 'call', 'update', 'webhook', 'reset']
const FIRST_WAIT = 400
const LONGEST_WAIT = 5000

/**
 * The live stream. After a loss it reconnects by itself, with a growing pause, and asks for what came after the last
 * event seen. Emits the server's kinds with their data, and `online` with true or false.
 */
export class EventStream extends Emitter {
  #source
  #timer
  #wait = FIRST_WAIT
  #last
  #user
  online = true

  open(user, lastEvent) {
    this.close()
    this.#user = user
    this.#last = lastEvent
    this.#connect()
  }

  close() {
    clearTimeout(this.#timer)
    this.#source?.close()
    this.#source = undefined
  }

  /** Tries again at once: the window came back, or the person asked. */
  retry() {
    if (this.online || this.#user === undefined) return
    this.#wait = FIRST_WAIT
    this.#connect()
  }

  #connect() {
    this.close()
    const source = new EventSource(`sim/events?user=${this.#user}&after=${this.#last}`)
    this.#source = source
    source.onopen = () => {
      this.#wait = FIRST_WAIT
      this.#setOnline(true)
    }
    source.onerror = () => {
      if (source !== this.#source) return
      this.close()
      this.#setOnline(false)
      this.#timer = setTimeout(() => this.#connect(), this.#wait)
      this.#wait = Math.min(this.#wait * 1.7, LONGEST_WAIT)
    }
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        if (event.lastEventId) this.#last = Number(event.lastEventId)
        this.emit(kind, JSON.parse(event.data))
      })
    }
  }

  #setOnline(value) {
    if (this.online === value) return
    this.online = value
    this.emit('online', value)
  }
}
