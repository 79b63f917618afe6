import type { Instant, Ref } from '../core/index.ts'
import { sql, type Statement, type Store } from '../store/index.ts'
import { merge } from './merge.ts'
import { countOf, type SampleCount, sampleKey, type SliHour } from './sample.ts'
import { samplesWhere } from './sli.ts'

/** What the samples of some hours count, with what hours hold whose samples were forgotten. */
export interface CountedSamples {
  subject: Ref
  indicator: string
  counts: SampleCount[]
  forgotten: { hour: Instant; good: number; total: number }[]
}

/**
 * The samples in rows of `evidence_sli c` that a condition picks, each merged to what it counts, by subject and indicator.
 * In order of start, source and id: whoever adds them up gets the same sum to the last digit, however they arrived.
 */
export async function countedSamples(store: Store, condition: Statement): Promise<CountedSamples[]> {
  const found = new Map<string, CountedSamples>()
  const of = ({ subject, indicator }: Pick<SliHour, 'subject' | 'indicator'>) => {
    const key = `${subject}\n${indicator}`
    if (!found.has(key)) found.set(key, { subject, indicator, counts: [], forgotten: [] })
    return found.get(key)!
  }
  const samples = Map.groupBy(await samplesWhere(store, sql`${condition} and c.samples <> '{}'`), sampleKey)
  for (const [, revisions] of [...samples].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const count = countOf(merge(revisions), revisions[0]!)
    if (count) of(revisions[0]!).counts.push(count)
  }
  for (const one of found.values()) one.counts.sort((a, b) => a.start - b.start)
  const forgotten = await store.query<{ subject: Ref; indicator: string; hour: Instant; good: number; total: number }>(sql`
    select c.subject, c.indicator, c.hour, sum(c.good) as good, sum(c.total) as total from evidence_sli c
    where ${condition} and c.samples = '{}' group by 1, 2, 3 order by 3`)
  for (const { hour, good, total, ...which } of forgotten) of(which).forgotten.push({ hour, good, total })
  return [...found.values()]
}
