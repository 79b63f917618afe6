import { Integers } from '../history/columns.ts'
import type { History } from '../history/history.ts'
import type { Landing } from '../message/landing.ts'
import { type Landed, landedIn } from './landed.ts'
import { type Lines, linesOf } from './lines.ts'

/** A change as the shape of the history and its messages tell it; sizes and people come later. */
export interface PlannedChange {
  /** The request's number, else `merge-` and 12 digits of the commit it landed as. */
  id: string
  number: number | null
  /** The commit it landed as: the merge, the squash, or the last of several. */
  landed: number
  /** Commits it brought, or the squash commit itself. Not the commits of changes inside it. */
  commits: number[]
  landing: Landing
}

/** What the history of one head says. A pure function of that head, so what two heads say can be compared. */
export interface HistoryPlan {
  head: number
  lines: Lines
  changes: Map<string, PlannedChange>
  /** 1 for commits on the main line, and on lines like it, that belong to no change and are no merges: units of their own. */
  direct: Uint8Array
  /** Merges that only carried on what had landed before. */
  promotions: number
  repeated: number
}

const NOBODY = -1

/** Reads the changes out of the history of one head. */
export function planOf(history: History, head: number, landings: ReadonlyMap<number, Landing>): HistoryPlan {
  const lines = linesOf(history, head, (commit) => landings.get(commit))
  const landed = landedIn(history, lines, landings)
  const plan: HistoryPlan = {
    head,
    lines,
    changes: new Map(),
    direct: new Uint8Array(history.names),
    promotions: 0,
    repeated: landed.repeated,
  }
  const belongsTo = new Integers(NOBODY)
  const groups = new Map<number, number[]>()
  for (let index = 0; index < lines.order.length; index++) {
    const commit = lines.order.at(index)
    const isMerge = history.parentCount(commit) > 1
    const takes = isMerge && takesWhatItBrings(commit, landings.get(commit), lines, landed)
    const merge = lines.broughtBy.at(commit)
    const owner = (isMerge ? undefined : landed.as.get(commit)) ?? (merge < 0 ? NOBODY : belongsTo.at(merge))
    belongsTo.set(commit, takes ? commit : owner)
    if (takes && !groups.has(commit)) groups.set(commit, [])
    if (!takes && owner !== NOBODY) {
      const group = groups.get(owner)
      if (group) group.push(commit)
      else groups.set(owner, [commit])
    }
    if (!isMerge && owner === NOBODY && lines.trunk[commit] && !history.isCut(commit)) plan.direct[commit] = 1
  }
  for (const [commit, commits] of groups) {
    const landing = landings.get(commit)!
    if (landing.kind === 'plain' && commits.some((one) => history.isRoot(one))) continue // another history was joined to this one: nobody's change
    if (!commits.some((one) => history.parentCount(one) < 2)) {
      plan.promotions++
      continue
    }
    const number = 'number' in landing && landing.family === landed.host ? landing.number : null
    const id = number === null ? `merge-${history.sha(commit).slice(0, 12)}` : String(number)
    plan.changes.set(id, { id, number, landed: commit, commits, landing })
  }
  return plan
}

/** Whether a merge is a change of its own: a request's merge that holds its number, or a plain merge into a trunk. */
function takesWhatItBrings(commit: number, landing: Landing | undefined, lines: Lines, landed: Landed): boolean {
  if (!landing || lines.imported[commit]) return false
  return landing.kind === 'plain' ? lines.trunk[commit] === 1 : landed.as.has(commit)
}
