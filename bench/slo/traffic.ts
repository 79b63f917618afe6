import { DAY, formatInstant, type Instant, MINUTE } from '../../src/ground/core/index.ts'
import type { Evidence } from '../../src/ground/ledger/index.ts'
import { sql, type Statement, type Store } from '../../src/ground/store/index.ts'

/** First minute of the traffic. */
export const START = Date.parse('2026-10-01T00:00:00Z')
export const DAYS = 30
export const MINUTES = DAYS * 1440
/** The moment everything is asked at: a minute in the middle of an hour. */
export const END = START + DAYS * DAY

/** Events of one SLO in one minute: uneven, and the same in JavaScript and in SQL. */
export function eventsOf(slo: number, minute: number): { good: number; total: number } {
  const total = 50 + ((slo * 7 + minute * 13) % 100)
  const bad = (slo + minute) % 499 === 0 ? Math.floor(total / 2) : (slo * minute) % 61 === 0 ? 1 : 0
  return { good: total - bad, total }
}

export function subjectOf(slo: number): string {
  return `component:default/service-${String(slo).padStart(4, '0')}`
}

/** Samples of some minutes of one SLO, as a poller sends them. */
export function samplesOf(slo: number, from: number, count: number): Evidence[] {
  return Array.from({ length: count }, (_, n): Evidence => {
    const minute = from + n
    const windowStart: string = formatInstant((START + minute * MINUTE) as Instant)
    const counts = eventsOf(slo, minute)
    return {
      kind: 'sli',
      source: 'bench',
      subject: subjectOf(slo),
      id: windowStart,
      at: windowStart,
      indicator: 'availability',
      windowStart,
      seconds: 60,
      ...counts,
    }
  })
}

/** Fills the hours and days of many SLOs at once, as samples of them would have. */
export async function fill(store: Store, from: number, to: number): Promise<void> {
  const total: Statement = sql`(50 + ((slo * 7 + minute * 13) % 100))`
  const bad: Statement = sql`(case when (slo + minute) % 499 = 0 then ${total} / 2 when (slo * minute) % 61 = 0 then 1 else 0 end)`
  for (let slo = from; slo < to; slo += 10) {
    await store.query(sql`
      insert into sli_hour (hour, good, total, minutes, until, subject, indicator, good_small, total_small)
      select ${formatInstant(START)}::timestamptz + make_interval(hours => minute / 60), sum(${total} - ${bad}), sum(${total}), 60, 60,
        'component:default/service-' || lpad(slo::text, 4, '0'), 'availability', array_agg(${total} - ${bad} order by minute), array_agg(${total} order by minute)
      from generate_series(${slo}::int, ${Math.min(slo + 10, to) - 1}::int) slo, generate_series(0, ${MINUTES - 1}::int) minute
      group by slo, minute / 60`)
  }
  await store.query(sql`
    insert into sli_day (day, good, total, last_at, minutes, subject, indicator)
    select date_trunc('day', hour), sum(good order by hour), sum(total order by hour), max(hour) + interval '1 hour', sum(minutes), subject, indicator
    from sli_hour h where not exists (select 1 from sli_day d where d.subject = h.subject) group by 1, 6, 7`)
}
