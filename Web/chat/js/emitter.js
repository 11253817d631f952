/** A small observer list: `on(topic, f)` returns the function that ends it. */
export class Emitter {
  #listeners = new Map()

  on(topic, listener) {
    if (!this.#listeners.has(topic)) this.#listeners.set(topic, new Set())
    this.#listeners.get(topic).add(listener)
    return () => this.#listeners.get(topic).delete(listener)
  }

  emit(topic, detail) {
    for (const listener of [...(this.#listeners.get(topic) ?? [])]) listener(detail)
  }
}
