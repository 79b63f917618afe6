import { DAY, formatInstant, HOUR, type Instant, MINUTE, type Ref } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import type { EvidenceOf } from '../../../../ground/ledger/index.ts'
import { instant, sql } from '../../../../ground/store/index.ts'
import { goodSpans } from './count.ts'
import type { OwnIndicator } from './own.ts'

/** Name of our own telemetry as a source of records. */
export const OTLP = 'otlp'

/** Good and total events of an indicator in a span of time. */
export interface SampleSum {
  subject: Ref
  indicator: string
  from: Instant
  seconds: number
  good: number
  total: number
}

/** Samples added up by indicator and span. */
export class SampleSums {
  readonly #sums = new Map<string, SampleSum>()

  add({ subject, indicator }: OwnIndicator, from: Instant, seconds: number, { good, total }: { good: number; total: number }): void {
    const key = `${subject}\n${indicator}\n${from}\n${seconds}`
    const sum = this.#sums.get(key)
    if (!sum) this.#sums.set(key, { subject, indicator, from, seconds, good, total })
    else {
      sum.good += good
      sum.total += total
    }
  }

  all(): IterableIterator<SampleSum> {
    return this.#sums.values()
  }

  /** @param id what one telling of them is called: samples of one minute with different ids add up */
  records(id: string): EvidenceOf<'sli'>[] {
    return [...this.#sums.values()]
      .filter(({ total }) => total > 0)
      .map(({ subject, indicator, from, seconds, good, total }) => {
        const start = formatInstant(from)
        // What lies outside comes of points that were rounded, or of two metrics that are not told at one moment.
        const within = Math.min(Math.max(good, 0), total)
        return { kind: 'sli', source: OTLP, id, subject, at: start, indicator, windowStart: start, seconds, good: within, total }
      })
  }
}

/** What is kept of spans, as samples of an indicator: minutes, and hours where minutes are no longer kept. */
export async function keptSamples({ store }: Pick<Ground, 'store'>, indicator: OwnIndicator): Promise<SampleSums> {
  const sums = new SampleSums()
  if (indicator.from !== 'spans') return sums
  for (const [grain, seconds] of [
    ['minute', MINUTE / 1000],
    ['hour', HOUR / 1000],
  ] as const) {
    const rows = await store.query<{
      at: Instant
      operation: string
      kind: string
      calls: number
      errors: number
      durations: [number, number][]
    }>(sql`
      select t.${sql.ref(grain)} as at, t.operation, t.kind, t.calls, t.errors, t.durations
      from ${sql.ref(`telemetry_${grain}`)} t where t.service = ${indicator.subject} and t.kind = any(${indicator.spans.kinds})`)
    for (const { at, ...minute } of rows) {
      const counted = goodSpans(indicator, minute)
      if (counted) sums.add(indicator, at, seconds, counted)
    }
  }
  return sums
}

/** Samples that told an indicator by an earlier definition, taken to nothing, for the span that is counted anew. */
export async function emptiedSamples(
  { store }: Pick<Ground, 'store'>,
  { subject, indicator }: OwnIndicator,
  now: Instant,
): Promise<EvidenceOf<'sli'>[]> {
  const rows = await store.query<{ hour: Instant; minute: number; id: string; seconds: number }>(sql`
    select c.hour, m.key::int as minute, s.key as id, max((s.value -> 0 ->> 'seconds')::int) as seconds
    from evidence_sli c cross join lateral jsonb_each(c.samples) m cross join lateral jsonb_each(m.value) s
    where c.subject = ${subject} and c.indicator = ${indicator} and c.source = ${OTLP} and c.hour >= ${instant(now - 100 * DAY)}
    group by 1, 2, 3`)
  return rows.map(({ hour, minute, id, seconds }) => ({
    kind: 'sli',
    source: OTLP,
    id,
    subject,
    at: formatInstant(now),
    indicator,
    windowStart: formatInstant(hour + minute * MINUTE),
    seconds,
    good: 0,
    total: 0,
  }))
}
