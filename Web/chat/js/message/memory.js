/**
 * What a person did to the messages of a chat that no server knows: what was ticked, uncovered or is playing. A message
 * is drawn anew when anything about it changes, and this stays.
 */
export class Memory {
  #opened = new Set()
  #ticks = new Map()
  #nodes = new Map()

  isOpen(key) {
    return this.#opened.has(key)
  }

  setOpen(key, open) {
    if (open) this.#opened.add(key)
    else this.#opened.delete(key)
  }

  /** The boxes that are ticked in a poll. */
  ticks(message) {
    if (!this.#ticks.has(message)) this.#ticks.set(message, new Set())
    return this.#ticks.get(message)
  }

  /** What was made for a message's file before, so that it plays on, or what `make` makes. */
  node(message, file, make) {
    if (!this.#nodes.has(message)) this.#nodes.set(message, new Map())
    const nodes = this.#nodes.get(message)
    if (!nodes.has(file)) nodes.set(file, make())
    return nodes.get(file)
  }

  /** Forgets what was made for other messages than these: they are not in the document any more. */
  keepNodes(messages = new Set()) {
    for (const message of this.#nodes.keys()) if (!messages.has(message)) this.#nodes.delete(message)
  }
}
