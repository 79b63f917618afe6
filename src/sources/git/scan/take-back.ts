import type { HistoryPlan } from '../changes/plan.ts'
import { deploymentKey, nameOf } from '../deployments/digest.ts'
import { planMain } from '../deployments/plan.ts'
import type { Story } from '../history/story.ts'
import type { Cursor } from './cursor.ts'
import type { RecordName, ScanSink } from './report.ts'
import type { Understanding } from './understand.ts'

/** Names of taken-back records that a cursor remembers, so that they are given again when they come back. */
const MOST_REMEMBERED = 20_000
const AT_ONCE = 1_000

/**
 * Takes back what HEAD no longer tells of, and gives again what was taken back and is told once more: a branch that
 * HEAD left and came back to.
 * @param noneAnyMore deployments that were written before, and whose files now tell that they are none
 */
export async function settleRecords(
  sink: ScanSink,
  subject: string,
  found: Understanding,
  noneAnyMore: readonly { subject: string; id: string }[],
  cursor: Cursor | null,
): Promise<Pick<Cursor, 'takenBack' | 'formerSubjects'>> {
  const present = new Map(writtenRecords(subject, found).map((name) => [keyOf(name), name]))
  const former = found.former && cursor ? recordsOf(cursor.subject, found.former, found.story, cursor) : []
  const gone = [...[...goneRecords(subject, found), ...former].filter((name) => !present.has(keyOf(name))), ...deploymentNames(noneAnyMore)]
  const returnsToName = cursor?.formerSubjects.includes(subject) ?? false
  const takenBack = new Set(cursor?.takenBack ?? [])
  const again = [...present].filter(([key]) => returnsToName || takenBack.has(key)).map(([, name]) => name)
  for (let from = 0; from < gone.length; from += AT_ONCE) await sink.retract(gone.slice(from, from + AT_ONCE), { undo: false })
  for (let from = 0; from < again.length; from += AT_ONCE) await sink.retract(again.slice(from, from + AT_ONCE), { undo: true })
  for (const name of again) takenBack.delete(keyOf(name))
  for (const name of gone) if (!found.former || name.subject !== cursor?.subject) takenBack.add(keyOf(name))
  const formerSubjects = new Set([...(cursor?.formerSubjects ?? []), ...(cursor ? [cursor.subject] : [])])
  formerSubjects.delete(subject)
  return { takenBack: [...takenBack].slice(-MOST_REMEMBERED), formerSubjects: [...formerSubjects] }
}

function goneRecords(subject: string, { difference, deployments }: Understanding): RecordName[] {
  return [
    ...difference.goneCommits.map((id) => ({ subject, source: 'git' as const, kind: 'commit' as const, id })),
    ...difference.goneChanges.map((id) => ({ subject, source: 'git' as const, kind: 'change' as const, id })),
    ...deploymentNames(deployments.gone),
  ]
}

function writtenRecords(subject: string, { story, difference, deployments }: Understanding): RecordName[] {
  return [
    ...difference.commits.map((commit): RecordName => ({ subject, source: 'git', kind: 'commit', id: story.history.sha(commit) })),
    ...difference.changes.map(({ id }): RecordName => ({ subject, source: 'git', kind: 'change', id })),
    ...deploymentNames([...deployments.write.keys()].map(nameOf)),
  ]
}

function deploymentNames(names: readonly { subject: string; id: string }[]): RecordName[] {
  return names.map(({ subject, id }) => ({ subject, source: 'git', kind: 'deployment', id }))
}

/** Everything that was written under a former name. */
function recordsOf(subject: string, plan: HistoryPlan, { history }: Story, cursor: Cursor): RecordName[] {
  const names: RecordName[] = []
  for (let index = 0; index < history.order.length; index++) {
    const commit = history.order.at(index)
    if (plan.lines.reaches(commit)) names.push({ subject, source: 'git', kind: 'commit', id: history.sha(commit) })
  }
  for (const id of plan.changes.keys()) names.push({ subject, source: 'git', kind: 'change', id })
  const keys = Object.keys(cursor.tagDigests)
  for (const target of cursor.byMain)
    for (const { deployment } of planMain(history, plan.lines, target)()) keys.push(deploymentKey(deployment))
  return [...names, ...deploymentNames(keys.map(nameOf))]
}

function keyOf({ subject, kind, id }: RecordName): string {
  return `${subject} ${kind} ${id}`
}
