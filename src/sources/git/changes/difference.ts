import type { History } from '../history/history.ts'
import type { HistoryPlan, PlannedChange } from './plan.ts'

/** What has to be written, and taken back, for records to say what a newer head says. */
export interface Difference {
  /** Commits to write, newest first: new ones, and those whose place in the history changed. */
  commits: number[]
  /** How many of them were not there before. */
  newCommits: number
  changes: PlannedChange[]
  goneCommits: string[]
  goneChanges: string[]
}

/** Compares what two heads say; without an earlier one everything is new. */
export function differenceOf(history: History, before: HistoryPlan | null, now: HistoryPlan): Difference {
  const difference: Difference = { commits: [], newCommits: 0, changes: [], goneCommits: [], goneChanges: [] }
  for (let index = 0; index < history.order.length; index++) {
    const commit = history.order.at(index)
    const was = before !== null && before.lines.reaches(commit)
    const is = now.lines.reaches(commit)
    if (is && !was) difference.newCommits++
    if (is && (!was || before.direct[commit] !== now.direct[commit])) difference.commits.push(commit)
    if (was && !is) difference.goneCommits.push(history.sha(commit))
  }
  for (const change of now.changes.values()) {
    const earlier = before?.changes.get(change.id)
    if (!earlier || !isSame(earlier, change)) difference.changes.push(change)
  }
  for (const id of before?.changes.keys() ?? []) if (!now.changes.has(id)) difference.goneChanges.push(id)
  return difference
}

function isSame(one: PlannedChange, other: PlannedChange): boolean {
  return (
    one.landed === other.landed &&
    one.commits.length === other.commits.length &&
    one.commits.every((commit, index) => commit === other.commits[index])
  )
}
