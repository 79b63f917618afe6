import type { EvidenceKind } from './kinds/index.ts'
import type { Merged } from './merge.ts'
import type { Revised } from './revise.ts'
import type { StaleMarks } from './stale.ts'
import { type Identity, recordOf, type Taken } from './take.ts'
import type { Tally } from './tally.ts'

/** What a batch did to one kind. */
export interface KindOutcome {
  fresh: Taken[]
  /** Records whose state was revised. */
  revised: Revised[]
  /** Revisions taken: at least one a revised record. */
  revisions: number
  duplicates: number
}

/** Counts new records in and marks what stands on them. */
export function noteFresh(fresh: readonly Taken[], tally: Tally, marks: StaleMarks): void {
  for (const one of fresh) {
    tally.count(one.kind, one.subject, one.source, String(one.content.at))
    if (marks.watches(one.kind)) marks.note(recordOf(one.kind, one, one.content))
  }
}

/** Counts records whose state changed out and in again, and marks what stood on either state. */
export function noteRevised(kind: EvidenceKind, revised: readonly Revised[], tally: Tally, marks: StaleMarks): void {
  for (const { before, after, ...identity } of revised) {
    countState(tally, kind, identity, before, -1)
    countState(tally, kind, identity, after, 1)
    if (!marks.watches(kind)) continue
    for (const { state } of [before, after]) marks.note(recordOf(kind, identity, state))
  }
}

function countState(tally: Tally, kind: EvidenceKind, { subject, source }: Identity, { state, retracted }: Merged, records: 1 | -1): void {
  if (!retracted) tally.count(kind, subject, source, String(state.at), records)
}
