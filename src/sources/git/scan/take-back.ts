import type { HistoryPlan } from '../changes/plan.ts'
import { deploymentKey } from '../deployments/digest.ts'
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
 */
export async function settleRecords(sink: ScanSink, subject: string, found: Understanding, cursor: Cursor | null): Promise<Pick<Cursor, 'takenBack' | 'formerSubjects'>> {
  const gone = [...goneRecords(subject, found), ...(found.former && cursor ? recordsOf(cursor.subject, found.former, found.story, cursor) : [])]
  const returnsToName = cursor?.formerSubjects.includes(subject) ?? false
  const takenBack = new Set(cursor?.takenBack ?? [])
  const present = [...writtenRecords(subject, found)]
  const again = present.filter((name) => returnsToName || takenBack.has(keyOf(name)))
  for (let from = 0; from < gone.length; from += AT_ONCE) await sink.retract(gone.slice(from, from + AT_ONCE), { undo: false })
  for (let from = 0; from < again.length; from += AT_ONCE) await sink.retract(again.slice(from, from + AT_ONCE), { undo: true })
  for (const name of again) takenBack.delete(keyOf(name))
  for (const name of gone) if (name.subject === subject || !found.former) takenBack.add(keyOf(name))
  const former = new Set(cursor?.formerSubjects ?? [])
  if (cursor && cursor.subject !== subject) former.add(cursor.subject)
  former.delete(subject)
  return { takenBack: [...takenBack].slice(-MOST_REMEMBERED), formerSubjects: [...former] }
}

function goneRecords(subject: string, { difference, deployments }: Understanding): RecordName[] {
  return [
    ...difference.goneCommits.map((id) => ({ subject, source: 'git' as const, kind: 'commit' as const, id })),
    ...difference.goneChanges.map((id) => ({ subject, source: 'git' as const, kind: 'change' as const, id })),
    ...deployments.gone.map((one) => ({ subject: one.subject, source: 'git' as const, kind: 'deployment' as const, id: one.id })),
  ]
}

function* writtenRecords(subject: string, { story, difference, deployments }: Understanding): Generator<RecordName> {
  for (const commit of difference.commits) yield { subject, source: 'git', kind: 'commit', id: story.history.sha(commit) }
  for (const { id } of difference.changes) yield { subject, source: 'git', kind: 'change', id }
  for (const key of deployments.write.keys()) yield { subject: key.slice(0, key.indexOf(' ')), source: 'git', kind: 'deployment', id: key.slice(key.indexOf(' ') + 1) }
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
  for (const target of cursor.byMain) for (const { deployment } of planMain(history, plan.lines, target)()) keys.push(deploymentKey(deployment))
  for (const key of keys) names.push({ subject: key.slice(0, key.indexOf(' ')), source: 'git', kind: 'deployment', id: key.slice(key.indexOf(' ') + 1) })
  return names
}

function keyOf({ subject, kind, id }: RecordName): string {
  return `${subject} ${kind} ${id}`
}
