import { SECOND } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'
import { goodPoints, goodSpans } from '../indicators/count.ts'
import { SampleSums } from '../indicators/samples.ts'
import { addedBy, type LastPoint } from '../indicators/series.ts'
import type { Settled } from '../indicators/settle.ts'
import type { Body, TakenPoint } from '../take/body.ts'
import { written } from './rows.ts'

const BY = 'user:default/telemetry'
/** Longest span a sample is for. */
const LONGEST_SECONDS = 86_400

/** Tells the indicators what these bodies add to them. */
export async function keepSamples(ground: Ground, bodies: readonly Body[], indicators: readonly Settled[]): Promise<void> {
  if (indicators.length === 0) return
  const of = Map.groupBy(indicators, ({ subject }) => subject)
  const sums = new SampleSums()
  for (const { spans } of bodies)
    for (const minute of spans.minutes())
      for (const indicator of of.get(minute.service) ?? []) {
        const counted = goodSpans(indicator, minute)
        if (counted) sums.add(indicator, minute.minute, 60, counted)
      }
  await addPoints(
    ground.store,
    bodies.flatMap(({ points }) => points),
    of,
    sums,
  )
  const records = sums.records(bodies[0]!.hash)
  if (records.length > 0) await ground.ledger.append(records, { by: BY })
}

interface SeriesRow extends LastPoint {
  subject: string
  metric: string
  series: string
}

async function addPoints(
  store: Store,
  points: readonly TakenPoint[],
  of: ReadonlyMap<string, readonly Settled[]>,
  sums: SampleSums,
): Promise<void> {
  if (points.length === 0) return
  const last = await lastPoints(store, points)
  const seen = new Map<string, SeriesRow>()
  for (const { service, series, point } of points.toSorted((a, b) => a.point.at - b.point.at)) {
    const key = `${service}\n${point.metric}\n${series}`
    const before = seen.get(key) ?? last.get(key) ?? null
    for (const indicator of of.get(service) ?? []) {
      const added = addedBy(point, before, indicator.since)
      const counted = added && goodPoints(indicator, point, added)
      if (counted) {
        const seconds = Math.min(LONGEST_SECONDS, Math.max(1, Math.round((point.at - added.from) / SECOND)))
        sums.add(indicator, Math.round(point.at / SECOND) * SECOND - seconds * SECOND, seconds, counted)
      }
    }
    if (point.isCumulative && point.at > (before?.at ?? 0))
      seen.set(key, {
        subject: service,
        metric: point.metric,
        series,
        started: point.start,
        at: point.at,
        value: point.value,
        counts: point.buckets?.counts ?? null,
      })
  }
  if (seen.size === 0) return
  await store.query(sql`
    insert into telemetry_series as s (subject, metric, series, started, at, value, counts)
    select r.subject, r.metric, r.series, r.started, r.at, r.value, r.counts
    from json_to_recordset(${written([...seen.values()])}::json)
      as r(subject text, metric text, series text, started timestamptz, at timestamptz, value double precision, counts double precision[])
    order by 1, 2, 3
    on conflict (subject, metric, series) do update set started = excluded.started, at = excluded.at, value = excluded.value, counts = excluded.counts`)
}

async function lastPoints(store: Store, points: readonly TakenPoint[]): Promise<Map<string, LastPoint>> {
  const keys = points.map(({ service, series, point }) => ({ subject: service, metric: point.metric, series }))
  const rows = await store.query<SeriesRow>(sql`
    select s.subject, s.metric, s.series, s.started, s.at, s.value, s.counts
    from (select distinct r.subject, r.metric, r.series from json_to_recordset(${written(keys)}::json) as r(subject text, metric text, series text)) r
    join telemetry_series s on s.subject = r.subject and s.metric = r.metric and s.series = r.series`)
  return new Map(rows.map(({ subject, metric, series, ...last }) => [`${subject}\n${metric}\n${series}`, last]))
}
