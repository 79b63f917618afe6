import { DAY, formatDay, type Instant, type Ref } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import type { EvidenceKind } from './kinds/index.ts'
import type { LedgerSummary } from './ledger.ts'

/** Days the summary counts. */
const DAYS = 90
/** Undeclared subjects it names; the rest are counted. */
const NAMED = 200

/** What the ledger holds, from the counts kept beside the records: the cost does not grow with them. */
export async function summaryOf(store: Store, now: Instant): Promise<LedgerSummary> {
  const kinds = await store.query<{
    kind: EvidenceKind
    source: string
    records: number
    first_at: Instant
    last_at: Instant
    learned_at: Instant
  }>(sql`
    select kind, source, sum(records)::bigint as records, min(first_at) as first_at, max(last_at) as last_at, max(learned_at) as learned_at
    from evidence_subject group by kind, source having sum(records) > 0 order by kind, source`)
  const days = await store.query<{ kind: EvidenceKind; source: string; day: string; records: number }>(sql`
    select kind, source, day::text as day, records from evidence_day
    where day > ${formatDay(now - DAYS * DAY)}::date and day <= ${formatDay(now)}::date and records > 0 order by day, kind, source`)
  const undeclared = await store.query<{ subject: Ref; records: number; of: number }>(sql`
    select subject, sum(records)::bigint as records, count(*) over () as of
    from evidence_subject s where not exists (select 1 from entity e where e.ref = s.subject)
    group by subject having sum(records) > 0 order by sum(records) desc, subject limit ${NAMED}`)
  return {
    kinds: kinds.map((row) => ({
      kind: row.kind,
      source: row.source,
      records: row.records,
      firstAt: row.first_at,
      lastAt: row.last_at,
      lastLearned: row.learned_at,
    })),
    days,
    undeclared: { total: undeclared[0]?.of ?? 0, subjects: undeclared.map(({ subject, records }) => ({ subject, records })) },
  }
}
