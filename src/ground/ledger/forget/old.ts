import type { Instant, Ref } from '../../core/index.ts'
import { instant, type Moments, sql, type Store } from '../../store/index.ts'
import { tableOf } from '../columns.ts'
import type { EvidenceKind } from '../kinds/index.ts'

/** Records forgotten in one transaction: some tens of milliseconds, so that readers get in between. */
const SLICE = 1_000

interface Counted {
  source: string
  day: string
  records: number
}

/**
 * Forgets records of a kind that happened before a moment, all their revisions with them: a slice a transaction. The
 * counts by day stay, and how many were forgotten of each day. Of indicators (`sli`) the good and total events of each
 * hour stay and only the samples they were added up from go. Derived tables are left as they are: they hold what those
 * records came to.
 * @returns how many records were forgotten
 */
export async function forgetBefore(store: Store, moments: Moments, kind: EvidenceKind, before: Instant): Promise<number> {
  const subjects = await store.query<{ subject: Ref }>(
    sql`select distinct subject from evidence_subject where kind = ${kind} and first_at < ${instant(before)} order by subject`,
  )
  let forgotten = 0
  for (const { subject } of subjects) {
    for (;;) {
      const slice = await store.transaction(async () => {
        const moment = await moments.learn()
        const gone = kind === 'sli' ? await samplesOf(store, subject, before) : await recordsOf(store, kind, subject, before)
        await note(store, { kind, subject, moment, counted: gone.counted })
        if (gone.rows < SLICE) await settle(store, kind, subject, before)
        return { ...gone, records: gone.counted.reduce((sum, { records }) => sum + records, 0) }
      })
      forgotten += slice.records
      if (slice.rows < SLICE) break
    }
  }
  return forgotten
}

/** How many records `forgetBefore` would forget now; changes nothing. */
export async function countBefore(store: Store, kind: EvidenceKind, before: Instant): Promise<number> {
  const reaching = sql`subject in (select subject from evidence_subject where kind = ${kind} and first_at < ${instant(before)})`
  const [counted] = await store.query(
    kind === 'sli'
      ? sql<{
          records: number
        }>`select coalesce(sum((select count(*) from jsonb_each(samples) minute, jsonb_object_keys(minute.value))), 0)::bigint as records
          from evidence_sli where ${reaching} and hour < ${instant(before)} and samples <> '{}'`
      : sql<{
          records: number
        }>`select count(*) as records from ${sql.table(tableOf(kind))} where ${reaching} and at < ${instant(before)} and learned_to = 'infinity' and not retracted`,
  )
  return counted!.records
}

async function recordsOf(
  store: Store,
  kind: Exclude<EvidenceKind, 'sli'>,
  subject: Ref,
  before: Instant,
): Promise<{ rows: number; counted: Counted[] }> {
  const table = sql.table(tableOf(kind))
  const [gone] = await store.query<{ rows: number; counted: Counted[] | null }>(sql`
    with old as (
      select source, id from ${table} where subject = ${subject} and at < ${instant(before)} and learned_to = 'infinity' order by at limit ${SLICE}
    ), earlier as (
      delete from ${table} t using old where t.subject = ${subject} and t.source = old.source and t.id = old.id and t.learned_to <> 'infinity'
    ), gone as (
      delete from ${table} t using old where t.subject = ${subject} and t.source = old.source and t.id = old.id and t.learned_to = 'infinity'
      returning t.source, (t.at at time zone 'UTC')::date::text as day, t.retracted
    ), counted as (select source, day, count(*) as records from gone where not retracted group by 1, 2)
    select (select count(*)::int from gone) as rows, (select json_agg(counted) from counted) as counted`)
  return { rows: gone!.rows, counted: gone!.counted ?? [] }
}

async function samplesOf(store: Store, subject: Ref, before: Instant): Promise<{ rows: number; counted: Counted[] }> {
  const [gone] = await store.query<{ rows: number; counted: Counted[] | null }>(sql`
    with old as (
      select ctid as place, source, (hour at time zone 'UTC')::date::text as day,
        (select count(*) from jsonb_each(samples) minute, jsonb_object_keys(minute.value)) as records
      from evidence_sli where subject = ${subject} and hour < ${instant(before)} and samples <> '{}' limit ${SLICE}
    ), emptied as (
      update evidence_sli s set samples = '{}' from old where s.ctid = old.place
    ), counted as (select source, day, sum(records)::bigint as records from old group by 1, 2)
    select (select count(*)::int from old) as rows, (select json_agg(counted) from counted) as counted`)
  return { rows: gone!.rows, counted: gone!.counted ?? [] }
}

async function note(
  store: Store,
  { kind, subject, moment, counted }: { kind: EvidenceKind; subject: Ref; moment: Instant; counted: readonly Counted[] },
): Promise<void> {
  if (counted.length === 0) return
  const rows = JSON.stringify(counted)
  await store.query(sql`
    insert into forgotten as f (subject, kind, source, day, records, forgotten_at)
    select ${subject}, ${kind}, r.source, r.day, r.records, ${instant(moment)} from json_to_recordset(${rows}::json) as r(source text, day date, records bigint)
    on conflict (subject, kind, source, day) do update set records = f.records + excluded.records, forgotten_at = excluded.forgotten_at`)
  await store.query(sql`
    update evidence_subject s set records = greatest(0, s.records - r.records)
    from (select source, sum(records) as records from json_to_recordset(${rows}::json) as r(source text, records bigint) group by source) r
    where s.subject = ${subject} and s.kind = ${kind} and s.source = r.source`)
}

/** Nothing older is left, so that nobody looks again. */
async function settle(store: Store, kind: EvidenceKind, subject: Ref, before: Instant): Promise<void> {
  await store.query(sql`
    update evidence_subject set first_at = ${instant(before)}
    where subject = ${subject} and kind = ${kind} and first_at < ${instant(before)}`)
}
