/** The messages of one chat that are loaded: one run without gaps, from the oldest loaded to the newest, by id. */
export class Timeline {
  messages = []
  /** Whether the server has older ones. */
  more = true
  loaded = false
  /** Changes with every change, so that views can tell whether they are up to date. */
  version = 0
  /** Own messages up to this id were seen by somebody: an answer came after them. */
  seenUpTo = 0

  #position(id) {
    let low = 0
    let high = this.messages.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.messages[middle].id < id) low = middle + 1
      else high = middle
    }
    return low
  }

  find(id) {
    const message = this.messages[this.#position(id)]
    return message?.id === id ? message : undefined
  }

  put(message) {
    const index = this.#position(message.id)
    // Older than everything loaded: it will come with its page of history.
    if (index === 0 && this.messages.length > 0 && this.more && this.messages[0].id !== message.id) return
    this.messages.splice(index, this.messages[index]?.id === message.id ? 1 : 0, message)
    this.#note(message)
    this.version += 1
  }

  change(message) {
    const index = this.#position(message.id)
    if (this.messages[index]?.id !== message.id) return
    this.messages[index] = message
    this.version += 1
  }

  remove(ids) {
    const gone = new Set(ids)
    this.messages = this.messages.filter((message) => !gone.has(message.id))
    this.version += 1
  }

  prepend(page, more) {
    const first = this.messages[0]?.id ?? Infinity
    this.messages = [...page.filter((message) => message.id < first), ...this.messages]
    for (const message of page) this.#note(message)
    this.more = more
    this.loaded = true
    this.version += 1
  }

  #note(message) {
    if (!message.out && message.id > this.seenUpTo) this.seenUpTo = message.id
  }
}
