import { ownEntry } from '../../ground/core/index.ts'
import type { Issue, Project } from './shapes.ts'

type State = 'open' | 'done' | 'cancelled'

/** Linear sorts all states into types; only these are an end. */
const ENDS: Readonly<Record<string, State>> = { completed: 'done', canceled: 'cancelled', duplicate: 'cancelled' }
const NOT_BEGUN = new Set(['triage', 'backlog', 'unstarted', 'planned'])

interface Lifetime {
  state: State
  startedAt: string | null | undefined
  doneAt: string | null | undefined
}

/** How far an issue or project is, and since when. Null where its state says that it is not (any more); what is not told stays missing. */
export function lifetimeOf(type: string, { startedAt, completedAt, canceledAt }: Issue | Project): Lifetime {
  const state = ownEntry(ENDS, type) ?? 'open'
  return {
    state,
    startedAt: NOT_BEGUN.has(type) ? null : startedAt,
    doneAt: state === 'open' ? null : (completedAt ?? canceledAt ?? undefined),
  }
}

/** What an event says of the bin: when the thing went into it; null while it is not there. */
export function binnedAt(action: string, eventAt: string, { trashed, archivedAt, updatedAt }: Issue | Project): string | null {
  if (action === 'remove') return eventAt
  return trashed === true && action !== 'restore' ? (archivedAt ?? updatedAt) : null
}

/** What was removed while it was open will not be done; what was done was done. */
export function removed(record: Record<string, unknown>, binned: string): Record<string, unknown> {
  if (record.kind !== 'work_item' || record.state !== 'open') return record
  const at = Date.parse(binned) > Date.parse(String(record.at)) ? binned : record.at
  return { ...record, at, state: 'cancelled', doneAt: binned, deleted: true, none: undefined }
}
