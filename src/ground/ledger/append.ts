import type { Instant } from '../core/index.ts'
import type { Store } from '../store/index.ts'
import type { RecordKind } from './columns.ts'
import { areRevisions, insertRows } from './insert.ts'
import type { AppendResult } from './ledger.ts'
import { type KindOutcome, noteFresh, noteRevised } from './outcome.ts'
import { revise } from './revise.ts'
import { appendSli } from './sli.ts'
import type { StaleMarks } from './stale.ts'
import { keyOf, rowOf, type Taken } from './take.ts'
import { Tally } from './tally.ts'

/**
 * Takes records in the open transaction, which holds the ledger's clock: one statement a kind while all of them are new,
 * and for those that are not, a look at what is there already.
 */
export async function appendTaken(
  store: Store,
  taken: readonly Taken[],
  how: { moment: Instant; importId: number | null; marks: StaleMarks },
): Promise<AppendResult> {
  const result: AppendResult = { accepted: 0, revised: 0, duplicates: 0, byKind: {} }
  const tally = new Tally()
  for (const [kind, records] of Map.groupBy(taken, (one) => one.kind)) {
    const outcome = kind === 'sli' ? await appendSli(store, records, how) : await appendKind(store, kind, records, how)
    result.accepted += outcome.fresh.length
    result.revised += outcome.revisions
    result.duplicates += outcome.duplicates
    if (outcome.fresh.length) result.byKind[kind] = outcome.fresh.length
    noteFresh(outcome.fresh, tally, how.marks)
    noteRevised(kind, outcome.revised, tally, how.marks)
  }
  await tally.keep(store, how.moment)
  await how.marks.keep(store)
  return result
}

async function appendKind(
  store: Store,
  kind: RecordKind,
  records: readonly Taken[],
  { moment, importId }: { moment: Instant; importId: number | null },
): Promise<KindOutcome> {
  const { firsts, further } = firstOfEach(records)
  const { inserted, names } = await insertRows(
    store,
    kind,
    firsts.map((one) => ({ ...rowOf(kind, one, one.content), hash: one.hash })),
    moment,
    importId,
  )
  if (inserted === firsts.length && further.length === 0) return { fresh: firsts, revised: [], revisions: 0, duplicates: 0 }
  const isFresh = new Set(names?.map(keyOf))
  const { fresh = [], told = [] } =
    inserted === firsts.length ? { fresh: firsts } : Object.groupBy(firsts, (one) => (isFresh.has(keyOf(one)) ? 'fresh' : 'told'))
  const known = [...told, ...further]
  const areRevised = await areRevisions(store, kind, known)
  const coming = known.filter((_, n) => areRevised[n]).map((one) => ({ ...one, importId }))
  const { revised, revisions } = coming.length ? await revise(store, kind, coming, moment) : { revised: [], revisions: 0 }
  return { fresh, revised, revisions, duplicates: known.length - revisions }
}

/** The first record of each name in the batch, and those that come again with something else to say. */
function firstOfEach(records: readonly Taken[]): { firsts: Taken[]; further: Taken[] } {
  const seen = new Set<string>()
  const firsts: Taken[] = []
  const further: Taken[] = []
  for (const one of records) {
    const size = seen.size
    seen.add(keyOf(one))
    ;(seen.size > size ? firsts : further).push(one)
  }
  return { firsts, further }
}
