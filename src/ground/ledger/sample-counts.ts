import type { Instant, Ref } from '../core/index.ts'
import { sql, type Statement, type Store } from '../store/index.ts'
import { merge, type Merged } from './merge.ts'
import { countOf, isPlain, type LearnedSample, type SampleCount, sampleKey, type SliHour } from './sample.ts'
import { samplesWhere } from './sli.ts'

/** What the samples of some hours count, with what hours hold whose samples were forgotten. */
export interface CountedSamples {
  subject: Ref
  indicator: string
  counts: SampleCount[]
  forgotten: { hour: Instant; good: number; total: number }[]
}

/** One sample with all that was said of it. */
interface HeldSample {
  hour: Instant
  /** It may reach over into later hours: longer than a minute, or begun in the middle of one. */
  reaches: boolean
  /** Oldest first. */
  revisions: readonly LearnedSample[]
}

/** Samples of an indicator with what was said of them when, to be counted as known at any moment. */
export interface HeldSamples {
  subject: Ref
  indicator: string
  samples: HeldSample[]
  forgotten: { hour: Instant; learnedFrom: Instant; good: number; total: number }[]
}

/** The samples in rows of `evidence_sli c` that a condition picks, by subject and indicator. */
export async function heldSamples(store: Store, condition: Statement): Promise<HeldSamples[]> {
  const found = new Map<string, HeldSamples>()
  const of = ({ subject, indicator }: Pick<SliHour, 'subject' | 'indicator'>) => {
    const key = `${subject}\n${indicator}`
    if (!found.has(key)) found.set(key, { subject, indicator, samples: [], forgotten: [] })
    return found.get(key)!
  }
  const samples = Map.groupBy(await samplesWhere(store, sql`${condition} and c.samples <> '{}'`), sampleKey)
  for (const [, revisions] of [...samples].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const reaches = revisions.some(({ content }) => Number(content.seconds) > 60 || content.windowStart !== undefined)
    of(revisions[0]!).samples.push({ hour: Date.parse(revisions[0]!.hour), reaches, revisions })
  }
  const forgotten = await store.query<{
    subject: Ref
    indicator: string
    hour: Instant
    learnedFrom: Instant
    good: number
    total: number
  }>(sql`
    select c.subject, c.indicator, c.hour, c.learned_from as "learnedFrom", sum(c.good) as good, sum(c.total) as total from evidence_sli c
    where ${condition} and c.samples = '{}' group by 1, 2, 3, 4 order by 3, 4`)
  for (const { hour, learnedFrom, good, total, ...which } of forgotten) of(which).forgotten.push({ hour, learnedFrom, good, total })
  return [...found.values()]
}

/**
 * What samples counted as known at a moment (null: now), each merged to what it counts. In order of start, source and id:
 * whoever adds them up gets the same sum to the last digit, however they arrived.
 * @param isAsked picks among them
 */
export function countedAt(
  { subject, indicator, samples, forgotten }: HeldSamples,
  asOf: Instant | null,
  isAsked: (sample: Pick<HeldSample, 'hour' | 'reaches'>) => boolean = () => true,
): CountedSamples {
  const counts: SampleCount[] = []
  for (const { revisions, ...sample } of samples) {
    if (!isAsked(sample)) continue
    const known = asOf === null ? revisions : revisions.filter(({ learnedFrom }) => learnedFrom <= asOf)
    const count = known.length ? countOf(mergedOf(known), known[0]!) : null
    if (count) counts.push(count)
  }
  const sums = forgotten.filter(({ hour, learnedFrom }) => isAsked({ hour, reaches: false }) && (asOf === null || learnedFrom <= asOf))
  return { subject, indicator, counts: counts.sort((a, b) => a.start - b.start), forgotten: sums }
}

/** What samples in rows of `evidence_sli c` that a condition picks count now. */
export async function countedSamples(store: Store, condition: Statement): Promise<CountedSamples[]> {
  return (await heldSamples(store, condition)).map((held) => countedAt(held, null))
}

/** Mostly there is one revision, which states all there is. */
function mergedOf(revisions: readonly LearnedSample[]): Merged {
  const [only] = revisions
  return revisions.length === 1 && isPlain(only!) ? { state: only!.content, retracted: false } : merge(revisions)
}
