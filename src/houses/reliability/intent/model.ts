import type { Instant, Ref } from '../../../ground/core/index.ts'

/**
 * How a budget is counted (OpenSLO v1, "SLO", budgetingMethod).
 * - `occurrences`: good events of all events.
 * - `timeslices`: slices whose ratio reached the slice target, of all slices.
 * - `ratio_timeslices`: the mean of the ratios of the slices.
 */
export type BudgetingMethod = 'occurrences' | 'timeslices' | 'ratio_timeslices'

/** A length as OpenSLO writes it: a whole number and one of m h d w M Q Y. Months, quarters and years have their real lengths in calendar windows. */
export interface SloDuration {
  count: number
  unit: 'm' | 'h' | 'd' | 'w' | 'M' | 'Q' | 'Y'
}

/** The span a budget is for. */
export type SloWindow =
  /** The last so many milliseconds, moving on with the clock. */
  | { kind: 'rolling'; length: number; text: string }
  /** Periods counted from `start` (wall time in `zone`), each `duration` long by the calendar of that zone. */
  | { kind: 'calendar'; duration: SloDuration; start: string; zone: string; text: string }

/** What counts as good and what counts at all. */
export interface Indicator {
  /** Name of the SLI, with that of its SLO where others have the same (`apart.ts`): samples of kind `sli` with this `indicator` about the service feed it. */
  name: string
  /**
   * Of a threshold the name of what is counted here against it, from Prometheus or own telemetry: `latency lte 0.3`. Another
   * threshold on the same SLI counts other samples. Once there are any they are what feeds it, and none that are sent.
   */
  countedAs?: string
  /** Set where the SLO itself says how it is measured, and no document of its own. */
  inline?: true
  /** Where to ask for it, as the document states; null where samples are sent. */
  metrics: IndicatorMetrics | null
}

/** How an indicator is measured. The queries are the document's own, in the words of its source. */
export type IndicatorMetrics =
  | { kind: 'ratio'; counter: boolean; good?: MetricSource; bad?: MetricSource; total: MetricSource }
  | { kind: 'raw'; rawType: 'success' | 'failure'; raw: MetricSource }
  | { kind: 'threshold'; threshold: MetricSource; op: 'lte' | 'gte' | 'lt' | 'gt'; value: number }

/** One query and the system that answers it. `type` in lower case (`prometheus`, `throughline`, …). */
export interface MetricSource {
  type: string
  dataSource?: string
  spec: Record<string, unknown>
}

/** One target of a promise. */
export interface Objective {
  /** Its displayName, else `objective-<n>`; unique in its SLO. */
  name: string
  /** Least share of good, in [0, 1). The error budget is 1 − target. */
  target: number
  /** For both slice methods: length of a slice in milliseconds, and the ratio at which a slice is good (timeslices only). */
  slice?: { length: number; target?: number }
  /** Weight of its burn in a composite; 1 unless said. */
  weight: number
  indicator: Indicator
}

/** What time without any sample means. */
export type SilencePolicy =
  /** Nothing is known of it: it counts neither way and is told (the default). */
  'unknown' | 'good' | 'bad'

/** A promise about a service. */
export interface Slo {
  ref: Ref
  title: string
  /** The component that promises: `component:<namespace>/<service>` unless spec.service is a ref. */
  service: Ref
  method: BudgetingMethod
  window: SloWindow
  /** Whether its objectives are parts of one promise, each with an indicator of its own; else each is a target by itself, of the same indicator. */
  composite: boolean
  /** At least one. */
  objectives: readonly Objective[]
  /** Names of alert policies (refs) that watch it; none: the standard pairs of windows do. */
  alertPolicies: readonly Ref[]
  /** Annotation `throughline.dev/no-data`. */
  silence: SilencePolicy
  /** Annotation `throughline.dev/minimum-events`: with fewer events in a window nothing is said of its burn; 0 when none is stated. */
  leastEvents: number
}

/** A correction: a span that does not count (maintenance), signed, and kept when it is taken back. */
export interface Correction {
  ref: Ref
  /** The SLOs or services it is about. */
  subjects: readonly Ref[]
  from: Instant
  to: Instant
  reason: string
  by: Ref
}
