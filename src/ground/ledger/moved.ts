import type { Instant, Ref } from '../core/index.ts'
import type { Store } from '../store/index.ts'
import type { RecordKind } from './columns.ts'
import { loadRows, locate, type StateRow } from './rows.ts'

/** Takes a record of a subject back at a moment, or gives it again. */
export type TakeBack = (
  record: { kind: RecordKind; subject: Ref; source: string; id: string },
  at: Instant,
  undo: boolean,
) => Promise<unknown>

/**
 * Leaves records that are about one subject at a time with the subject that was told of last, in whatever order they came:
 * they are taken back from the others as of that moment, and given again to one that they came back to.
 */
export async function leaveWithLast(
  store: Store,
  kind: RecordKind,
  names: readonly { source: string; id: string }[],
  takeBack: TakeBack,
): Promise<void> {
  const rows = (await loadRows(store, kind, await locate(store, kind, names))).filter(({ learned_to: to }) => to === Infinity)
  for (const same of Map.groupBy(rows, ({ source, id }) => JSON.stringify([source, id])).values()) {
    if (same.length < 2) continue
    const last = same.reduce((one, other) => (isLater(other, one) ? other : one))
    if (last.retracted) await takeBack(named(kind, last), last.at, true)
    for (const row of same) if (row !== last && !row.retracted) await takeBack(named(kind, row), last.at, false)
  }
}

/** What was taken back from one carries the moment at which another was told of: of that moment, the other has it. */
function isLater(one: StateRow, other: StateRow): boolean {
  if (one.at !== other.at) return one.at > other.at
  return !one.retracted && other.retracted
}

function named(kind: RecordKind, { subject, source, id }: StateRow) {
  return { kind, subject, source, id }
}
