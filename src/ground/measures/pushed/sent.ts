import type { Instant, Window } from '../../core/index.ts'
import { knownAt } from '../../ledger/index.ts'
import { instant, instants, sql, type Statement, type Store } from '../../store/index.ts'
import type { Keep, SentAsk, SentValue, SentValues } from '../sent-values.ts'

export function sentValues(store: Store, measure: string, keep: Keep): SentValues {
  const those = (ask: SentAsk) => sql`m.measure = ${measure} and ${ofAsk(ask)}`
  return {
    keep,
    asTheyCame: (ask) =>
      store.query<SentValue>(sql`
        select m.at, m.value, 1 as n from evidence_measurement m where ${those(ask)} order by m.at, m.source, m.id limit ${ask.limit}`),
    async inBuckets(ask) {
      if (ask.buckets.length === 0) return []
      const rows = await store.query<Bucketed>(sql`${bucketed(those(ask), ask.buckets, sql``)}`)
      return rows.map((row) => ({ at: ask.buckets[row.place - 1]!.from, value: row[keep], n: row.n }))
    },
    async first(ask) {
      const [row] = await store.query<{ at: Instant | null }>(sql`select min(m.at) as at from evidence_measurement m where ${those(ask)}`)
      return row?.at ?? null
    },
  }
}

interface Bucketed {
  /** Of the bucket, from 1. */
  place: number
  mean: number
  sum: number
  last: number
  n: number
}

/** All that was sent in about these subjects, by measure and subject, cut into buckets: one statement for all. */
export function everythingSent(
  store: Store,
  ask: SentAsk & { buckets: readonly Window[] },
): Promise<(Bucketed & { measure: string; subject: string })[]> {
  return store.query(sql`${bucketed(ofAsk(ask), ask.buckets, sql`m.measure, m.subject,`)}`)
}

/**
 * Mean, sum and last value of each bucket; the last one is the mean of what each subject said last. Buckets are found by
 * their borders, so that days of any time zone are what `bucketsOf` says they are.
 */
function bucketed(those: Statement, buckets: readonly Window[], by: Statement): Statement<Bucketed> {
  const borders = buckets.map(({ from }) => from)
  return sql<Bucketed>`
    with told as (
      select ${by} width_bucket(m.at, ${instants(borders)}) as place, m.subject as whose, count(*)::integer as n, sum(m.value) as sum,
        (array_agg(m.value order by m.at desc, m.source desc, m.id desc))[1] as last
      from evidence_measurement m where ${those} and m.at >= ${instant(borders[0]!)} and m.at < ${instant(buckets.at(-1)!.to)}
      group by ${by} place, whose
    )
    select ${by} place, sum(n)::integer as n, sum(sum) as sum, sum(sum) / sum(n) as mean, avg(last) as last from told m
    group by ${by} place order by ${by} place`
}

function ofAsk({ shares, where, from, to, at, asOf }: SentAsk): Statement {
  const subjects = [...new Set(shares.flatMap((share) => (share.repository ? [...share.subjects, share.repository] : share.subjects)))]
  const limited = Object.keys(where).length ? sql`and m.dimensions @> ${JSON.stringify(where)}::jsonb` : sql``
  const since = from === undefined ? sql`` : sql`and m.at >= ${instant(from)}`
  return sql`m.subject = any(${subjects}::text[]) ${since} and m.at < ${instant(Math.min(to, at))} and ${knownAt(asOf, 'm')} ${limited}`
}
