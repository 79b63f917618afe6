import type { Ref } from '../core/index.ts'
import { type Moments, sql, type Statement, type Store } from '../store/index.ts'
import { tableOf } from './columns.ts'
import { EVIDENCE_KINDS, type EvidenceKind } from './kinds/index.ts'
import { merge } from './merge.ts'
import { sampleKey } from './sample.ts'
import { samplesWhere } from './sli.ts'
import type { DerivedTables } from './stale.ts'

/** Records of one source on one day. */
interface DayCount {
  source: string
  day: string
  records: number
}

/**
 * Erases all records of a namespace for good, their history included: for what was never real, or has to be forgotten.
 * A subject a transaction; cut short, it can be called again.
 * @returns how many records there were, those taken back not counted
 */
export async function eraseNamespace(store: Store, moments: Moments, tables: DerivedTables, namespace: string): Promise<number> {
  const subjects = await store.query<{ subject: Ref }>(sql`
    select distinct subject from evidence_subject where split_part(split_part(subject, ':', 2), '/', 1) = ${namespace.toLowerCase()} order by subject`)
  let erased = 0
  for (const { subject } of subjects) {
    erased += await store.transaction(async () => {
      await moments.learn()
      return eraseSubject(store, tables, subject)
    })
  }
  return erased
}

async function eraseSubject(store: Store, tables: DerivedTables, subject: Ref): Promise<number> {
  const present = await store.query<{ kind: EvidenceKind }>(sql`select distinct kind from evidence_subject where subject = ${subject}`)
  let erased = 0
  for (const { kind } of present.filter((one) => EVIDENCE_KINDS.includes(one.kind))) {
    const days = kind === 'sli' ? await sampleDays(store, subject) : await store.query<DayCount>(daysOf(kind, subject))
    await store.query(sql`delete from ${sql.table(tableOf(kind))} where subject = ${subject}`)
    await store.query(sql`
      update evidence_day d set records = d.records - r.records
      from json_to_recordset(${JSON.stringify(days)}::json) as r(source text, day date, records bigint) where d.kind = ${kind} and d.source = r.source and d.day = r.day`)
    erased += days.reduce((sum, { records }) => sum + records, 0)
  }
  await store.query(sql`delete from evidence_subject where subject = ${subject}`)
  await store.query(sql`delete from evidence_told where subject = ${subject}`)
  await store.query(sql`delete from erased_record where subject = ${subject}`)
  await tables.markAll(
    subject,
    present.map(({ kind }) => kind),
  )
  return erased
}

function daysOf(kind: EvidenceKind, subject: Ref): Statement<DayCount> {
  return sql<DayCount>`
    select source, (at at time zone 'UTC')::date::text as day, count(*) as records from ${sql.table(tableOf(kind))}
    where subject = ${subject} and learned_to = 'infinity' and not retracted group by 1, 2`
}

async function sampleDays(store: Store, subject: Ref): Promise<DayCount[]> {
  const samples = await samplesWhere(store, sql`subject = ${subject}`)
  const days = new Map<string, DayCount>()
  for (const revisions of Map.groupBy(samples, sampleKey).values()) {
    const { state, retracted } = merge(revisions)
    if (retracted) continue
    const { source } = revisions[0]!
    const day = String(state.at).slice(0, 10)
    const counted = days.get(`${source}\n${day}`)
    if (counted) counted.records += 1
    else days.set(`${source}\n${day}`, { source, day, records: 1 })
  }
  return [...days.values()]
}
