import { formatInstant, formatWindow, type Instant, type Ref, type Window } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import type { CostAsk } from '../store/groups.ts'

/** A cost of a bill as it is known, to compare a new version with. */
export interface KnownCost {
  subject: Ref
  id: string
  billed: string | null
  effective: string | null
  lines: number | null
  /** It was taken back: a later version did not hold it. */
  gone: boolean
}

/** Costs told at once. */
const PAGE = 10_000

/** What is known of a bill, page by page; `after` is the last of the page before. */
export async function knownCosts(
  store: Store,
  { source, bill, after }: { source: string; bill: string; after?: string | undefined },
): Promise<{ costs: KnownCost[]; next: string | null }> {
  const [subject = '', id = ''] = (after ?? '').split(' ')
  const costs = await store.query<KnownCost>(sql`
    select subject, id, billed::text as billed, effective::text as effective, lines, retracted as gone from evidence_cost
    where source = ${source} and bill = ${bill} and learned_to = 'infinity' and (subject, id) > (${subject}, ${id})
    order by subject, id limit ${PAGE}`)
  const last = costs.at(-1)
  return { costs, next: costs.length === PAGE && last ? `${last.subject} ${last.id}` : null }
}

/** The bills behind a window, the newest charges first. */
export async function billsIn(store: Store, window: Window, { namespace, at, asOf }: CostAsk) {
  const rows = await store.query<{
    bill: string
    source: string
    records: number
    lines: number
    first: Instant
    last: Instant
    learned: Instant
  }>(sql`
    select c.bill, c.source, count(*)::int as records, sum(coalesce(c.lines, 1))::bigint as lines, min(c."from") as first, max(coalesce(c.until, c."from")) as last,
      max(c.learned_from) as learned
    from evidence_cost c
    where c.subject in (select s.subject from evidence_subject s where s.kind = 'cost' and split_part(split_part(s.subject, ':', 2), '/', 1) = ${namespace})
      and c."from" >= ${instant(window.from)} and c."from" < ${instant(Math.min(window.to, at))} and ${knownAt(asOf, 'c')}
    group by c.bill, c.source order by last desc, c.bill`)
  return rows.map(({ first, last, learned, ...bill }) => ({
    ...bill,
    ...formatWindow({ from: first, to: last }),
    learnedAt: formatInstant(learned),
  }))
}
