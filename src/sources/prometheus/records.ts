import * as z from 'zod'
import { formatInstant } from '../../ground/core/index.ts'
import { digestOf, type Payload, reading, type ReadPayload, refFrom, told } from '../../ground/intake/index.ts'
import type { PrometheusSettings } from './settings.ts'

/** Seconds since 1970, within the years that can be written. */
const Second = z.number().min(0).max(253_402_300_799)
const common = { name: z.string(), metric: z.record(z.string(), z.string()), step: z.number().int() }
const Values = z.object({ ...common, values: z.array(z.tuple([Second, z.number()])) })
const Counts = z.object({
  ...common,
  /** Of an indicator an SLO asks for: what it promises. */
  subject: z.string().optional(),
  values: z.array(z.tuple([Second, z.number(), z.number()])),
})

/** One series: a value of the measure, or counts of the indicator, at each step. */
export function readSeries({ event, body }: Payload, settings: PrometheusSettings): ReadPayload {
  return event === 'indicator' || event === 'slo' ? readCounts(settings)(body) : readValues(settings)(body)
}

const readValues = (settings: PrometheusSettings) =>
  reading(Values, ({ name, metric, values }) => {
    const { subject, dimensions, key } = about(metric, settings)
    return told(
      ...values.map(([second, value]) => {
        const at = formatInstant(second * 1000)
        return { kind: 'measurement', source: 'prometheus', id: `${name}/${at}${key}`, subject, at, measure: name, value, dimensions }
      }),
    )
  })

/** An indicator has no dimensions: where a subject has several series, each is told by a name of its own and they add up. */
const readCounts = (settings: PrometheusSettings) =>
  reading(Counts, ({ name, metric, subject: promised, step, values }) => {
    const { subject, key } = promised === undefined ? about(metric, settings) : { subject: promised, key: keyOf(metric) }
    return told(
      ...values.map(([second, good, total]) => {
        // What a step tells lies before it.
        const windowStart = formatInstant((second - step) * 1000)
        const at = formatInstant(second * 1000)
        const id = `${name}/${windowStart}${key}`
        return { kind: 'sli', source: 'prometheus', id, subject, at, indicator: name, windowStart, seconds: step, good, total }
      }),
    )
  })

/** What a series is about, and the labels that are left to tell it from others. */
function about(metric: Record<string, string>, { subjectLabel, subject: otherwise }: PrometheusSettings) {
  const { __name__: _, [subjectLabel]: named, ...labels } = metric
  const dimensions = sorted(labels)
  const name = named || otherwise
  return {
    subject: name === undefined || name.includes(':') ? name : refFrom('component', name),
    dimensions: Object.keys(dimensions).length > 0 ? dimensions : undefined,
    key: keyOf(labels),
  }
}

/** What tells a series from others in the names of its records; nothing where it has no labels. */
function keyOf({ __name__: _, ...labels }: Record<string, string>): string {
  return Object.keys(labels).length > 0 ? `/${digestOf(Buffer.from(JSON.stringify(sorted(labels)))).slice(0, 22)}` : ''
}

function sorted(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
}
