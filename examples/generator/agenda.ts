/** What will happen, in order of time; a binary heap. Things of one moment happen in the order they were put down. */
export class Agenda<Result> {
  readonly #heap: { at: number; order: number; act: () => Result }[] = []
  #order = 0

  add(at: number, act: () => Result): void {
    this.#heap.push({ at, order: this.#order++, act })
    for (let child = this.#heap.length - 1; child > 0;) {
      const parent = (child - 1) >> 1
      if (!this.#before(child, parent)) break
      this.#swap(child, parent)
      child = parent
    }
  }

  /** Lets the next thing happen if its time has come before `until`; null when there is none. */
  next(until: number): Result | null {
    const first = this.#heap[0]
    if (!first || first.at >= until) return null
    const last = this.#heap.pop()!
    if (this.#heap.length > 0) {
      this.#heap[0] = last
      this.#sink()
    }
    return first.act()
  }

  #sink(): void {
    for (let parent = 0; ;) {
      const left = 2 * parent + 1
      if (left >= this.#heap.length) return
      const child = left + 1 < this.#heap.length && this.#before(left + 1, left) ? left + 1 : left
      if (!this.#before(child, parent)) return
      this.#swap(child, parent)
      parent = child
    }
  }

  #before(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a]!, this.#heap[b]!]
    return one.at !== other.at ? one.at < other.at : one.order < other.order
  }

  #swap(a: number, b: number): void {
    const kept = this.#heap[a]!
    this.#heap[a] = this.#heap[b]!
    this.#heap[b] = kept
  }
}
