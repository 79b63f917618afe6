import * as z from 'zod'
import { DAY, formatInstant, type Instant } from '../../core/index.ts'
import type { Keep } from '../sent-values.ts'
import { changedSince, type WatchAsk, type Watched } from './lately.ts'
import type { MeasuredPoint } from '../measured-series.ts'
import { Change } from './shape.ts'

/** Days in which a change is lately. */
export const LATELY_DAYS = 28
const SPARK_WEEKS = 26

const MeasureAtAGlance = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']).optional(),
  origin: z.enum(['registered', 'declared', 'pushed']),
  /** Where it belongs: the part of its name before the first dot. */
  group: z.string(),
  /** The newest known value: of a whole week where there is one, or of a day for what is sent in. */
  latest: z.object({ at: z.string(), value: z.number(), n: z.number().int() }).nullable(),
  /** By week, oldest first; null where unknown. */
  weeks: z.array(z.number().nullable()),
  /** Its worst change lately. */
  changed: Change.extend({ subject: z.string() }).optional(),
})

export const OverviewView = z.object({
  measures: z.array(MeasureAtAGlance),
  at: z.string(),
  asOf: z.string(),
})

export function overviewOf({ at, asOf }: WatchAsk, all: readonly Watched[]): z.input<typeof OverviewView> {
  const lately = changedSince(all, at - LATELY_DAYS * DAY)
  return {
    measures: all.map(({ measure, series }) => {
      const { id, title, question, unit, better, origin, sentIn } = measure
      const points = sentIn
        ? rolledUp(
            series.map((one) => one.points),
            sentIn,
          )
        : (series[0]?.points ?? [])
      const latest = points.findLast(({ value, partial }) => value !== null && !partial) ?? points.findLast(({ value }) => value !== null)
      const changed = lately.find((one) => one.measure.id === id)
      return {
        id,
        title,
        question,
        unit: series[0]?.unit ?? unit,
        ...(better ? { better } : {}),
        origin,
        group: id.includes('.') ? id.slice(0, id.indexOf('.')) : 'other',
        latest: latest ? { at: formatInstant(latest.at), value: latest.value!, n: latest.n } : null,
        weeks: sentIn
          ? byWeek(points, at, sentIn)
          : points
              .filter(({ partial }) => !partial)
              .slice(-SPARK_WEEKS)
              .map(({ value }) => value),
        ...(changed ? { changed: { ...changed.change, subject: changed.subject } } : {}),
      }
    }),
    at: formatInstant(at),
    asOf: formatInstant(asOf),
  }
}

/** One series of those of several subjects: the sum of sums, else the mean by how many values stand behind each. */
function rolledUp(series: readonly MeasuredPoint[][], keep: Keep): MeasuredPoint[] {
  if (series.length <= 1) return series[0] ?? []
  return [...Map.groupBy(series.flat(), ({ at }) => at)]
    .sort(([one], [other]) => one - other)
    .map(([at, points]) => ({ at, to: points[0]!.to, ...together(points, keep) }))
}

function byWeek(points: readonly MeasuredPoint[], at: Instant, keep: Keep): (number | null)[] {
  const weeks = Array.from({ length: SPARK_WEEKS }, (_, index) => {
    const to = at - (SPARK_WEEKS - 1 - index) * 7 * DAY
    return together(
      points.filter((point) => point.at >= to - 7 * DAY && point.at < to),
      keep,
    ).value
  })
  return weeks.slice(
    Math.max(
      0,
      weeks.findIndex((value) => value !== null),
    ),
  )
}

function together(points: readonly MeasuredPoint[], keep: Keep): { value: number | null; n: number } {
  const known = points.filter(({ value }) => value !== null)
  const n = known.reduce((sum, point) => sum + point.n, 0)
  if (known.length === 0) return { value: null, n }
  const weight = ({ n: own }: MeasuredPoint) => (keep === 'mean' ? own : 1)
  const sum = known.reduce((total, point) => total + point.value! * (keep === 'sum' ? 1 : weight(point)), 0)
  return { value: keep === 'sum' ? sum : sum / known.reduce((total, point) => total + weight(point), 0), n }
}
