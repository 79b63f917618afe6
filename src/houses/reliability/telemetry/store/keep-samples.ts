import { SECOND } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'
import { asksFor, goodPoints, goodSpans } from '../indicators/count.ts'
import { SampleSums } from '../indicators/samples.ts'
import { addedBy, follows, type LastPoint } from '../indicators/series.ts'
import { noteTroubles, type Settled } from '../indicators/settle.ts'
import { type Trouble, troubleOf } from '../indicators/trouble.ts'
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
    ground,
    bodies.flatMap(({ points }) => points),
    of,
    sums,
  )
  const records = sums.records(bodies[0]!.hash)
  if (records.length > 0) await ground.ledger.append(records, { by: BY })
}

interface SeriesRow extends Omit<LastPoint, 'buckets'> {
  subject: string
  metric: string
  series: string
  counts: readonly number[] | null
  bounds: readonly number[] | null
  scale: number | null
}

type Indicators = ReadonlyMap<string, readonly Settled[]>

async function addPoints(ground: Ground, points: readonly TakenPoint[], of: Indicators, sums: SampleSums): Promise<void> {
  if (points.length === 0) return
  const { store } = ground
  const last = await lastPoints(store, points)
  const seen = new Map<string, SeriesRow>()
  const troubles = troublesIn(points, of)
  for (const { service, series, point } of points.toSorted((a, b) => a.point.at - b.point.at)) {
    const key = `${service}\n${point.metric}\n${series}`
    const kept = seen.get(key) ?? last.get(key)
    const before = kept ? lastPoint(kept) : null
    for (const indicator of of.get(service) ?? []) {
      if (!asksFor(indicator, point) || (isOfParts(indicator) ? troubles.get(indicator) : troubleOf(indicator, point))) continue
      const added = addedBy(point, before, indicator.since)
      const counted = added && goodPoints(indicator, point, added)
      if (counted) {
        const seconds = Math.min(LONGEST_SECONDS, Math.max(1, Math.round((point.at - added.from) / SECOND)))
        sums.add(indicator, Math.round(point.at / SECOND) * SECOND - seconds * SECOND, seconds, counted)
      }
    }
    if (point.temporality === 'cumulative' && (before === null || follows(point, before)))
      seen.set(key, {
        subject: service,
        metric: point.metric,
        series,
        started: point.start,
        at: point.at,
        value: point.value,
        counts: point.buckets?.counts ?? null,
        bounds: point.buckets?.bounds ?? null,
        scale: point.buckets?.scale ?? null,
      })
  }
  const isNews = ([indicator, trouble]: [Settled, Trouble | null]) => trouble?.why !== indicator.trouble?.why
  await noteTroubles(
    ground,
    [...troubles].filter(isNews).map(([{ subject, indicator }, trouble]) => ({ subject, indicator, trouble })),
  )
  if (seen.size === 0) return
  await store.query(sql`
    insert into telemetry_series as s (subject, metric, series, started, at, value, counts, bounds, scale)
    select r.subject, r.metric, r.series, r.started, r.at, r.value, r.counts, r.bounds, r.scale
    from json_to_recordset(${written([...seen.values()])}::json)
      as r(subject text, metric text, series text, started timestamptz, at timestamptz, value double precision, counts double precision[], bounds double precision[], scale smallint)
    order by 1, 2, 3
    on conflict (subject, metric, series) do update set started = excluded.started, at = excluded.at, value = excluded.value,
      counts = excluded.counts, bounds = excluded.bounds, scale = excluded.scale`)
}

/** Where a part cannot be counted the whole alone would say that all of it is bad, or good. */
const isOfParts = (indicator: Settled) => 'part' in indicator

/** Of each indicator that points are for, why they tell it nothing: of one of parts any of them, of others all. */
function troublesIn(points: readonly TakenPoint[], of: Indicators): Map<Settled, Trouble | null> {
  const found = new Map<Settled, (Trouble | null)[]>()
  for (const { service, point } of points)
    for (const indicator of of.get(service) ?? []) {
      if (!asksFor(indicator, point)) continue
      const trouble = troubleOf(indicator, point)
      const before = found.get(indicator)
      if (before) before.push(trouble)
      else found.set(indicator, [trouble])
    }
  const metrics = new Set(points.map(({ point }) => point.metric))
  const troubleIn = (indicator: Settled, troubles: readonly (Trouble | null)[]): Trouble | null => {
    if (!isOfParts(indicator)) return troubles.includes(null) ? null : troubles[0]!
    const { trouble: standing } = indicator
    // The other part may come in another body.
    return troubles.find((one) => one !== null) ?? (standing && !metrics.has(standing.metric) ? standing : null)
  }
  return new Map([...found].map(([indicator, troubles]) => [indicator, troubleIn(indicator, troubles)] as const))
}

function lastPoint({ started, at, value, counts, bounds, scale }: SeriesRow): LastPoint {
  const buckets = counts && bounds ? { counts, bounds, ...(scale === null ? {} : { scale }) } : null
  return { started, at, value, buckets }
}

async function lastPoints(store: Store, points: readonly TakenPoint[]): Promise<Map<string, SeriesRow>> {
  const keys = points.map(({ service, series, point }) => ({ subject: service, metric: point.metric, series }))
  const rows = await store.query<SeriesRow>(sql`
    select s.subject, s.metric, s.series, s.started, s.at, s.value, s.counts, s.bounds, s.scale
    from (select distinct r.subject, r.metric, r.series from json_to_recordset(${written(keys)}::json) as r(subject text, metric text, series text)) r
    join telemetry_series s on s.subject = r.subject and s.metric = r.metric and s.series = r.series`)
  return new Map(rows.map((row) => [`${row.subject}\n${row.metric}\n${row.series}`, row]))
}
