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
  const state = ENDS[type] ?? 'open'
  return {
    state,
    startedAt: NOT_BEGUN.has(type) ? null : startedAt,
    doneAt: state === 'open' ? null : (completedAt ?? canceledAt ?? undefined),
  }
}

/** What was taken out of the bin is as it stands. */
export function restored(record: Record<string, unknown>): Record<string, unknown> {
  return record.kind === 'work_item' ? { ...record, none: ['deleted'] } : record
}

/** What was removed while it was open will not be done; what was done was done. */
export function removed(record: Record<string, unknown>, at: string): Record<string, unknown> {
  if (record.kind !== 'work_item' || record.state !== 'open') return record
  return { ...record, at, state: 'cancelled', doneAt: at, deleted: true }
}
