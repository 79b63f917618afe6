import type { Ref } from '../../../ground/core/index.ts'
import { Numbers } from '../history/columns.ts'
import type { FileLines } from '../log/entry.ts'

/** Lines a commit added and took away. */
export interface Size {
  /** In files people wrote. */
  additions: number
  deletions: number
  /** Added and taken away in generated and vendored files. */
  generatedLines: number
}

/** Sizes a file list adds up to; binary files count no lines. */
export function sizeOf(files: readonly FileLines[], generated: readonly number[]): Size {
  const size: Size = { additions: 0, deletions: 0, generatedLines: 0 }
  let nextGenerated = 0
  for (let index = 0; index < files.length; index++) {
    const { additions, deletions } = files[index]!
    if (generated[nextGenerated] === index) {
      nextGenerated++
      size.generatedLines += (additions ?? 0) + (deletions ?? 0)
    } else {
      size.additions += additions ?? 0
      size.deletions += deletions ?? 0
    }
  }
  return size
}

/** Sizes by commit and the components each touched, kept until changes and deployments are written: about 40 bytes a commit. */
export class Tally {
  readonly #additions = new Numbers()
  readonly #deletions = new Numbers()
  readonly #generated = new Numbers()
  /** Commits by component. */
  readonly #touched = new Map<Ref, Set<number>>()

  set(commit: number, size: Size): void {
    this.#additions.set(commit, size.additions)
    this.#deletions.set(commit, size.deletions)
    this.#generated.set(commit, size.generatedLines)
  }

  /** @returns null when the lines of one of them were not counted */
  sum(commits: readonly number[]): Size | null {
    const sum: Size = { additions: 0, deletions: 0, generatedLines: 0 }
    for (const commit of commits) {
      sum.additions += this.#additions.at(commit)
      sum.deletions += this.#deletions.at(commit)
      sum.generatedLines += this.#generated.at(commit)
    }
    return Number.isNaN(sum.additions) ? null : sum
  }

  touch(component: Ref, commit: number): void {
    const commits = this.#touched.get(component)
    if (commits) commits.add(commit)
    else this.#touched.set(component, new Set([commit]))
  }

  touches(component: Ref, commit: number): boolean {
    return this.#touched.get(component)?.has(commit) ?? false
  }
}
