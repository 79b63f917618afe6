import { Integers } from '../history/columns.ts'
import type { History } from '../history/history.ts'
import type { Landing } from '../message/landing.ts'

/** Which way every commit came into the history of HEAD. */
export interface Lines {
  /** The first-parent chain of HEAD, oldest first. */
  mainline: Integers
  /** The merge that brought a commit in; -1 on the mainline, -2 for commits HEAD does not reach. */
  broughtBy: Integers
  /** 1 on the mainline and on lines merged into it as such: an earlier main line, develop, a maintenance branch. */
  trunk: Uint8Array
  /** 1 for history taken over from elsewhere. */
  imported: Uint8Array
  /** Whether HEAD reaches a commit. */
  reaches(commit: number): boolean
  /** Every commit HEAD reaches, so that whatever brought a commit in stands before it. */
  order: Integers
}

const NOT_REACHED = -2
const MAINLINE = -1

interface Walk {
  /** Newest first; walked from its end. */
  chain: number[]
  at: number
}

/**
 * Gives every commit to the oldest merge that brought it in. The mainline is walked from its beginning; at each merge
 * the chains of its other parents are walked in the same way before going on, so that a commit two merges reach
 * belongs to the first. Time and memory grow with the number of commits, not with how merges nest.
 */
export function linesOf(history: History, head: number, landingOf: (commit: number) => Landing | undefined): Lines {
  const broughtBy = new Integers(NOT_REACHED)
  const reaches = (commit: number) => broughtBy.at(commit) !== NOT_REACHED
  const lines: Lines = {
    reaches,
    broughtBy,
    mainline: new Integers(),
    trunk: new Uint8Array(history.names),
    imported: new Uint8Array(history.names),
    order: new Integers(),
  }
  const claim = (tip: number, merge: number, kind: { trunk: boolean; imported: boolean }): Walk => {
    const chain: number[] = []
    for (let commit = tip; commit !== -1 && !reaches(commit); commit = history.firstParent(commit)) {
      broughtBy.set(commit, merge)
      chain.push(commit)
    }
    // A side line with a beginning of its own was another repository, unless it is merged as a main line.
    const imported = kind.imported || (merge !== MAINLINE && !kind.trunk && history.isRoot(chain.at(-1)!))
    for (let index = chain.length - 1; index >= 0; index--) {
      const commit = chain[index]!
      lines.order.push(commit)
      lines.trunk[commit] = kind.trunk ? 1 : 0
      lines.imported[commit] = imported ? 1 : 0
    }
    return { chain, at: chain.length - 1 }
  }
  const walks = [claim(head, MAINLINE, { trunk: true, imported: false })]
  for (let index = walks[0]!.chain.length - 1; index >= 0; index--) lines.mainline.push(walks[0]!.chain[index]!)
  for (let walk = walks.at(-1); walk; walk = walks.at(-1)) {
    if (walk.at < 0) {
      walks.pop()
      continue
    }
    const commit = walk.chain[walk.at--]!
    if (history.parentCount(commit) < 2) continue
    const landing = landingOf(commit)
    const trunk = lines.trunk[commit] === 1 && (landing?.kind === 'sync' || landing?.kind === 'line')
    for (let index = history.parentCount(commit) - 1; index >= 1; index--) {
      const parent = history.parent(commit, index)
      if (!history.wasRead(parent) || reaches(parent)) continue
      walks.push(claim(parent, commit, { trunk, imported: lines.imported[commit] === 1 || landing?.kind === 'import' }))
    }
  }
  return lines
}
