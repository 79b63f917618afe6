import * as z from 'zod'
import { formatDay, formatInstant, Judgement, Reading, STATE_ORDER, Unknown } from '../../../ground/core/index.ts'
import type { JudgedOutcome } from '../store/outcomes.ts'
import { Lever, Quantile } from '../intent/index.ts'

/** A moment of a series: value or unknown, with the records behind it. */
const SeriesPoint = z.object({ from: z.string(), to: z.string(), value: z.number().nullable(), n: z.number().int() })

const Measured = z.object({ id: z.string(), title: z.string(), unit: z.string(), better: z.enum(['higher', 'lower']).optional() })

/** An outcome as a page shows it. Values are in the unit of its measure. */
export const OutcomeView = z.object({
  ref: z.string(),
  title: z.string(),
  statement: z.string(),
  lever: Lever.optional(),
  owner: z.string().optional(),
  judgement: Judgement,
  /** Why it stands where it stands. */
  because: z.string(),
  measure: Measured.optional(),
  quantile: Quantile.optional(),
  subject: z.string(),
  value: z.number().nullable(),
  baseline: z.object({ value: z.number().nullable(), text: z.string(), at: z.string() }).optional(),
  /** `by` is the last day of the promise. */
  target: z.object({ value: z.number().nullable(), text: z.string(), by: z.string() }).optional(),
  direction: z.enum(['higher', 'lower']).optional(),
  /** Share of the way from baseline to target; may be negative or above 1. */
  progress: z.number().nullable(),
  /** In the measure's unit a week. */
  pace: z
    .object({
      needed: z.number().nullable(),
      seen: z.number().nullable(),
      /** Where the pace seen lies at 95 %. */
      between: z.object({ low: z.number(), high: z.number() }).optional(),
      weeks: z.number().int(),
      suffices: z.boolean().nullable(),
    })
    .optional(),
  forecast: z
    .object({
      value: z.number(),
      low: z.number(),
      high: z.number(),
      level: z.number(),
      weeks: z.number().int(),
      n: z.number().int(),
      /** Share of past values that lay in the interval foretold for them, and how many were held against one. */
      held: z.number().nullable(),
      heldOf: z.number().int(),
      points: z.array(z.object({ from: z.string(), to: z.string(), value: z.number(), low: z.number(), high: z.number() })),
    })
    .optional(),
  /** How likely the target is reached by its day; `n` counts errors of past forecasts, or weeks. */
  likelihood: z.object({ probability: z.number(), basis: z.enum(['forecast', 'pace']), n: z.number().int() }).optional(),
  /** Why no forecast is made. */
  forecastUnknown: Unknown.optional(),
  /** After its date: watched for two periods, in which a relapse reopens it. */
  watch: z.object({ state: z.enum(['watched', 'relapsed', 'recovered', 'kept']), until: z.string() }).optional(),
  guardrails: z.array(
    z.object({
      measure: z.string(),
      title: z.string(),
      state: z.enum(['held', 'worsened', 'unknown']),
      rule: z.string(),
      reading: Reading,
    }),
  ),
  series: z.array(SeriesPoint),
  /** What its measure is made of. */
  drivers: z.array(z.object({ measure: z.string(), title: z.string(), reading: Reading })),
  /** Links that touch it, by what they are called from here: `servedBy`, `supportedBy`, … */
  links: z.record(z.string(), z.number().int()),
})
export type OutcomeView = z.infer<typeof OutcomeView>

/** What a page shows of a judged outcome. */
export function outcomeView({ outcome, verdict, measure, series, drivers }: JudgedOutcome, links: Record<string, number>): OutcomeView {
  const { pace } = verdict
  return {
    ref: outcome.ref,
    title: outcome.title,
    statement: outcome.statement,
    lever: outcome.lever,
    owner: outcome.owner,
    judgement: verdict.judgement,
    because: verdict.because,
    measure: outcome.measure
      ? {
          id: outcome.measure,
          title: measure?.title ?? outcome.measure,
          unit: verdict.judgement.reading?.unit ?? '',
          better: measure?.better,
        }
      : undefined,
    quantile: outcome.quantile,
    subject: outcome.subject,
    value: verdict.value,
    baseline: outcome.baseline
      ? { value: verdict.baseline, text: String(outcome.baseline.value), at: formatInstant(outcome.baseline.at) }
      : undefined,
    target: outcome.target
      ? { value: verdict.target, text: String(outcome.target.value), by: formatDay(outcome.target.by - 1) }
      : undefined,
    direction: verdict.direction ?? undefined,
    progress: verdict.progress,
    pace: pace
      ? { needed: pace.needed, seen: pace.seen, ...(pace.between ? { between: pace.between } : {}), weeks: pace.n, suffices: pace.suffices }
      : undefined,
    forecast: verdict.forecast
      ? {
          ...verdict.forecast,
          points: verdict.forecast.points.map(({ from, to, ...point }) => ({ from: formatInstant(from), to: formatInstant(to), ...point })),
        }
      : undefined,
    likelihood: verdict.likelihood ?? undefined,
    forecastUnknown: verdict.forecastUnknown,
    watch: verdict.watch ? { state: verdict.watch.state, until: formatDay(verdict.watch.until - 1) } : undefined,
    guardrails: verdict.guardrails,
    series: series.map((reading) => ({ ...reading.window, value: quantileOrValue(reading, outcome.quantile), n: reading.n })),
    drivers,
    links,
  }
}

/** Worst first; among equals the one that has come the shortest way. */
export function worstFirst(outcomes: readonly OutcomeView[]): OutcomeView[] {
  return [...outcomes].sort(
    (a, b) =>
      STATE_ORDER[a.judgement.state] - STATE_ORDER[b.judgement.state] || (a.progress ?? 0) - (b.progress ?? 0) || (a.ref < b.ref ? -1 : 1),
  )
}

function quantileOrValue(reading: Reading, quantile?: Quantile): number | null {
  return quantile && reading.quantiles && reading.value !== null ? reading.quantiles[quantile] : reading.value
}
