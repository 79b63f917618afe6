import { formatInstant, type Instant, type Ref } from '../core/index.ts'
import { type Moments, sql, type Store } from '../store/index.ts'
import { RECORD_KINDS, type RecordKind, tableOf } from './columns.ts'
import { canonical, type Content, contentHash } from './hash.ts'
import type { EvidenceKind } from './kinds/index.ts'
import type { Which } from './which.ts'
import { RETRACT } from './merge.ts'
import { noteRevised } from './outcome.ts'
import { revise, type Revised } from './revise.ts'
import { locate } from './rows.ts'
import { type Sample, sampleKey } from './sample.ts'
import { holdsSample, samplesWhere, takeSamples } from './sli.ts'
import type { DerivedTables, StaleMarks } from './stale.ts'
import type { Identity } from './take.ts'
import { Tally } from './tally.ts'

/** Records taken back in one transaction; more are cut, so that readers get in between. */
const SLICE = 500

/**
 * Takes records back (or gives them again): a revision like any other, so that what was known before stays known.
 * Of an import only what that import said goes; a record others told of too goes on without it.
 */
export async function retract(
  store: Store,
  moments: Moments,
  tables: DerivedTables,
  which: Which,
  how: { by: Ref; at: Instant; undo: boolean },
): Promise<number> {
  const content: Content = {
    at: formatInstant(how.at),
    by: how.by,
    [RETRACT]: !how.undo,
    ...('importId' in which ? { $import: which.importId } : {}),
  }
  let retracted = 0
  for (const kind of RECORD_KINDS) {
    if ('kind' in which && which.kind && which.kind !== kind) continue
    const records = await recordsOf(store, kind, which)
    for (let from = 0; from < records.length; from += SLICE) {
      retracted += await inOneTransaction(store, moments, tables, kind, (moment) =>
        withdraw(store, kind, records.slice(from, from + SLICE), content, moment),
      )
    }
  }
  if ('records' in which || ('kind' in which && which.kind && which.kind !== 'sli')) return retracted
  const samples = await samplesOf(store, which, content)
  for (let from = 0; from < samples.length; from += SLICE) {
    retracted += await inOneTransaction(store, moments, tables, 'sli', async (moment, marks) => {
      const { revised, changes } = await takeSamples(store, samples.slice(from, from + SLICE), moment, null)
      marks.samples(changes)
      return revised
    })
  }
  return retracted
}

async function recordsOf(store: Store, kind: RecordKind, which: Which): Promise<Identity[]> {
  if ('records' in which) return [...which.records]
  if (!('importId' in which)) return locate(store, kind, [which], which.subject)
  return store.query<Identity>(
    sql`select distinct subject, source, id from ${sql.table(tableOf(kind))} where import_id = ${which.importId}`,
  )
}

async function inOneTransaction(
  store: Store,
  moments: Moments,
  tables: DerivedTables,
  kind: EvidenceKind,
  work: (moment: Instant, marks: StaleMarks) => Promise<Revised[]>,
): Promise<number> {
  return store.transaction(async () => {
    const moment = await moments.learn()
    const marks = tables.marks()
    const revised = await work(moment, marks)
    const tally = new Tally()
    noteRevised(kind, revised, tally, marks)
    await tally.keep(store, moment)
    await marks.keep(store)
    return revised.filter(({ before, after }) => before.retracted !== after.retracted || canonical(before.state) !== canonical(after.state))
      .length
  })
}

async function withdraw(
  store: Store,
  kind: RecordKind,
  records: readonly Identity[],
  content: Content,
  moment: Instant,
): Promise<Revised[]> {
  const hash = contentHash(content)
  const { revised } = await revise(
    store,
    kind,
    records.map((record) => ({ ...record, content, hash, importId: null })),
    moment,
  )
  return revised
}

/** The samples to take back, each as the revision that does so. */
async function samplesOf(store: Store, which: Exclude<Which, { records: unknown }>, content: Content): Promise<Sample[]> {
  const found = await samplesWhere(store, 'importId' in which ? sql`c.import_id = ${which.importId}` : holdsSample(which))
  const withdrawals = new Map<string, Sample>()
  for (const sample of found) {
    if ('importId' in which || sample.id === which.id)
      withdrawals.set(sampleKey(sample), { ...sample, content, hash: contentHash(content), importId: null })
  }
  return [...withdrawals.values()]
}
