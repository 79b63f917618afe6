import { type Instant, parseDecimal, type Ref, type Window, ZERO_DECIMAL } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, instantText, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { CostGroup } from '../assess/index.ts'

/** Parts of a cost an answer can be limited to. */
export const DIMENSIONS = ['currency', 'service', 'category', 'customer', 'bill'] as const

/** Which costs an answer is about. */
export interface CostAsk {
  namespace: string
  where: Readonly<Record<string, string>>
  /** Only charge periods that begin before this. */
  at: Instant
  /** Only what was known by then; null: now. */
  asOf: Instant | null
}

interface Row extends Omit<CostGroup, 'billed' | 'effective' | 'without'> {
  piece: number
  billed: string | null
  effective: string | null
  no_billed: number
  no_effective: number
}

/** Costs of each window, those that a bill says the same of in one. A cost counts where its charge period begins. */
export async function costGroups(store: Store, windows: readonly Window[], ask: CostAsk): Promise<CostGroup[][]> {
  const pieces = JSON.stringify(windows.map(({ from, to }, piece) => ({ piece, from: instantText(from), to: instantText(to) })))
  const rows = await store.query<Row>(sql`
    select p.piece, c.subject, c.currency, c.service, c.category, c.resource, c.customer, coalesce(c.tags, '{}') as tags,
      sum(c.billed)::text as billed, sum(c.effective)::text as effective,
      count(*) filter (where c.billed is null)::int as no_billed, count(*) filter (where c.effective is null)::int as no_effective,
      count(*)::int as records, sum(coalesce(c.lines, 1))::bigint as lines
    from json_to_recordset(${pieces}::json) as p(piece integer, "from" timestamptz, "to" timestamptz)
    join evidence_cost c on c.subject in ${accountsOf(ask.namespace)} and c."from" >= p."from" and c."from" < p."to" and ${matching(ask)}
    group by 1, 2, 3, 4, 5, 6, 7, 8`)
  const groups: CostGroup[][] = windows.map(() => [])
  for (const { piece, billed, effective, no_billed, no_effective, ...group } of rows)
    groups[piece]!.push({
      ...group,
      billed: amount(billed),
      effective: amount(effective),
      without: { billed: no_billed, effective: no_effective },
    })
  return groups
}

/** A record behind an answer. */
export interface CostEntry extends CostGroup {
  source: string
  id: string
  bill: string
  from: Instant
}

/** Records of windows, newest charge period first; at most as many as are asked for. */
export async function costEntries(store: Store, windows: readonly Window[], ask: CostAsk & { limit: number }): Promise<CostEntry[]> {
  const within = windows.map(({ from, to }) => sql`(c."from" >= ${instant(from)} and c."from" < ${instant(to)})`)
  const rows = await store.query<
    Omit<Row, 'piece' | 'no_billed' | 'no_effective' | 'records'> & Pick<CostEntry, 'source' | 'id' | 'bill' | 'from'>
  >(sql`
    select c.source, c.id, c.bill, c."from", c.subject, c.currency, c.service, c.category, c.resource, c.customer, coalesce(c.tags, '{}') as tags,
      c.billed::text as billed, c.effective::text as effective, coalesce(c.lines, 1)::bigint as lines
    from evidence_cost c where c.subject in ${accountsOf(ask.namespace)} and (${sql.join(within, sql` or `)}) and ${matching(ask)}
    order by c."from" desc, c.source, c.id limit ${ask.limit}`)
  return rows.map(({ billed, effective, ...row }) => ({
    ...row,
    records: 1,
    billed: amount(billed),
    effective: amount(effective),
    without: { billed: Number(billed === null), effective: Number(effective === null) },
  }))
}

/** The currencies in a window, the one with most lines first. */
export async function currenciesIn(
  store: Store,
  { from, to }: Window,
  ask: CostAsk,
): Promise<{ currency: string; lines: number; billed: string | null; effective: string | null }[]> {
  return store.query(sql`
    select c.currency, sum(coalesce(c.lines, 1))::bigint as lines, sum(c.billed)::text as billed, sum(c.effective)::text as effective
    from evidence_cost c where c.subject in ${accountsOf(ask.namespace)} and c."from" >= ${instant(from)}
      and c."from" < ${instant(to)} and ${matching(ask)}
    group by c.currency order by lines desc, c.currency`)
}

/** What each component adds up to of a measure in a window, for weights and for the cost of one. */
export async function sumsOf(
  store: Store,
  measure: string,
  { from, to }: Window,
  { namespace, at, asOf }: Omit<CostAsk, 'where'>,
): Promise<Map<Ref, number>> {
  const rows = await store.query<{ subject: Ref; total: number }>(sql`
    select m.subject, sum(m.value) as total from evidence_measurement m
    where m.measure = ${measure} and m.at >= ${instant(from)} and m.at < ${instant(Math.min(to, at))}
      and split_part(split_part(m.subject, ':', 2), '/', 1) = ${namespace} and ${knownAt(asOf, 'm')}
    group by m.subject`)
  return new Map(rows.map(({ subject, total }) => [subject, total]))
}

/** When the first charge period begins and the last; null where no bill is known. */
export async function costSpan(store: Store, ask: CostAsk): Promise<{ first: Instant; last: Instant } | null> {
  const [row] = await store.query<{ first: Instant | null; last: Instant | null }>(sql`
    select min(c."from") as first, max(c."from") as last from evidence_cost c where c.subject in ${accountsOf(ask.namespace)} and ${matching(ask)}`)
  return row?.first == null || row.last === null ? null : { first: row.first, last: row.last }
}

function accountsOf(namespace: string): Statement {
  return sql`(select s.subject from evidence_subject s where s.kind = 'cost' and split_part(split_part(s.subject, ':', 2), '/', 1) = ${namespace})`
}

function matching({ where, at, asOf }: CostAsk): Statement {
  const limits = DIMENSIONS.flatMap((name) => (where[name] === undefined ? [] : [sql`and ${valueOf(name)} = ${where[name]}`]))
  return sql`c."from" < ${instant(at)} and ${knownAt(asOf, 'c')} ${sql.join(limits, sql` `)}`
}

function valueOf(name: (typeof DIMENSIONS)[number]): Statement {
  return name === 'customer'
    ? sql`coalesce(c.customer, c.tags ->> 'customer', c.tags ->> 'customer-id', c.tags ->> 'tenant', c.tags ->> 'tenant-id')`
    : sql`c.${sql.ref(name)}`
}

function amount(text: string | null): CostGroup['billed'] {
  return (text === null ? null : parseDecimal(text)) ?? ZERO_DECIMAL
}
