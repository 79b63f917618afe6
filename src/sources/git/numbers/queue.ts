/** Names of commits that are still to be read, in order; several readers take from it. */
export class CommitQueue {
  readonly #count: number
  readonly #name: (index: number) => string
  #next = 0
  /** Taken by a reader that ended early. */
  #back: string[] = []

  constructor(count: number, name: (index: number) => string) {
    this.#count = count
    this.#name = name
  }

  /** The next names, at most so many; none when all are taken. */
  take(most: number): string[] {
    const taken = this.#back.splice(0, most)
    while (taken.length < most && this.#next < this.#count) taken.push(this.#name(this.#next++))
    return taken
  }

  putBack(names: readonly string[]): void {
    this.#back.unshift(...names)
  }
}
