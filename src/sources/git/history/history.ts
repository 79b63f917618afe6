import { Integers, Numbers } from './columns.ts'
import { ShaTable } from './sha-table.ts'

/**
 * The commits that were read, as a graph: about 80 bytes a commit, so a million commits take 80 MB. A commit is spoken
 * of by its number. Numbers are also given to parents that were never read (beyond a shallow boundary, missing).
 */
export class History {
  readonly #names: ShaTable
  /** Where a commit's parents begin in `#parents`; -1 for names that were not read. */
  readonly #from = new Integers(-1)
  readonly #parents = new Integers()
  /** Numbers in the order commits were read: children before parents, newest first. */
  readonly order = new Integers()
  /** Seconds since 1970. */
  readonly authoredAt = new Numbers()
  readonly committedAt = new Numbers()
  /** Number of the author in the list of people. */
  readonly author = new Integers(-1)
  /** Commits whose parents are not to be had: a shallow clone's boundary, or next to missing objects. */
  readonly #cut = new Set<number>()

  constructor(digits: 40 | 64) {
    this.#names = new ShaTable(digits)
  }

  /** How many names have numbers; every number is below it. */
  get names(): number {
    return this.#names.size
  }

  /** @param cut its parents exist, and cannot be read */
  add(sha: string, parents: readonly string[], cut = false): number {
    const commit = this.#names.intern(sha)
    if (cut) this.#cut.add(commit)
    this.#from.set(commit, this.#parents.length)
    this.#parents.push(parents.length)
    for (const parent of parents) this.#parents.push(this.#names.intern(parent))
    this.order.push(commit)
    return commit
  }

  /** The number of a commit that was read; -1 for any other. */
  find(sha: string): number {
    const commit = this.#names.find(sha)
    return commit !== -1 && this.wasRead(commit) ? commit : -1
  }

  wasRead(commit: number): boolean {
    return this.#from.at(commit) !== -1
  }

  sha(commit: number): string {
    return this.#names.name(commit)
  }

  parentCount(commit: number): number {
    const from = this.#from.at(commit)
    return from === -1 ? 0 : this.#parents.at(from)
  }

  parent(commit: number, index: number): number {
    return this.#parents.at(this.#from.at(commit) + 1 + index)
  }

  isCut(commit: number): boolean {
    return this.#cut.has(commit)
  }

  /** Whether a history begins with it. */
  isRoot(commit: number): boolean {
    return this.parentCount(commit) === 0 && !this.isCut(commit)
  }

  /** The first parent, when it was read; -1 at roots and boundaries. */
  firstParent(commit: number): number {
    if (this.parentCount(commit) === 0) return -1
    const parent = this.parent(commit, 0)
    return this.wasRead(parent) ? parent : -1
  }

  /** Commits reachable from some, themselves included; as a mark for each number. */
  reachable(from: readonly number[]): Uint8Array {
    const seen = new Uint8Array(this.names)
    const ahead = from.filter((commit) => commit !== -1)
    for (const commit of ahead) seen[commit] = 1
    for (let commit = ahead.pop(); commit !== undefined; commit = ahead.pop()) {
      for (let index = 0; index < this.parentCount(commit); index++) {
        const parent = this.parent(commit, index)
        if (seen[parent] || !this.wasRead(parent)) continue
        seen[parent] = 1
        ahead.push(parent)
      }
    }
    return seen
  }
}
