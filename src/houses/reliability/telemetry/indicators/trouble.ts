import type { MetricPoint } from '../../../../ground/intake/index.ts'
import type { Unknown } from '../../../../ground/core/index.ts'
import type { OwnIndicator } from './own.ts'
import { within } from './within.ts'

/** Coarsest scale an exponential histogram may have: its buckets are 19 % wide, so that a threshold is at most 9.1 % off. */
const COARSEST = 2
const MOST_BOUNDS = 20

/** Why points of a metric tell an indicator nothing. */
export interface Trouble extends Unknown {
  metric: string
}

/** Null where they do. */
export function troubleOf(indicator: OwnIndicator, point: MetricPoint): Trouble | null {
  const why = reasonOf(indicator, point)
  return why && { metric: point.metric, ...why }
}

function reasonOf(indicator: OwnIndicator, point: MetricPoint): Unknown | null {
  const { metric, kind, buckets } = point
  if (kind === 'gauge' || kind === 'up_down')
    return {
      code: 'metric_of_a_state',
      why: `${metric} is ${kind === 'gauge' ? 'a gauge' : 'a sum that goes down as well'}: it tells a state, and counts no events.`,
      fix: 'Name a counter or a histogram.',
    }
  if (point.temporality === null)
    return {
      code: 'metric_without_temporality',
      why: `Points of ${metric} do not say since when they count (aggregation temporality unspecified).`,
      fix: 'Let its exporter send delta or cumulative points.',
    }
  if (indicator.from !== 'points' || !('bound' in indicator)) return null
  if (!buckets)
    return {
      code: 'metric_without_buckets',
      why: `${metric} comes without buckets, so nobody can tell how many of its values are up to ${indicator.bound}.`,
      fix: 'Name a histogram, and let its exporter keep its buckets.',
    }
  if (buckets.scale !== undefined)
    return buckets.scale >= COARSEST
      ? null
      : {
          code: 'metric_too_coarse',
          why: `Buckets of ${metric} are too wide to tell ${indicator.bound}: its scale is ${buckets.scale}, where ${COARSEST} is needed.`,
          fix: 'Give its exporter more buckets (max_size), or bounds of its own.',
        }
  if (within(buckets, indicator.bound) !== null) return null
  const { bounds } = buckets
  const more = bounds.length > MOST_BOUNDS ? ` and ${bounds.length - MOST_BOUNDS} more` : ''
  return {
    code: 'no_such_bound',
    why: `No bucket of ${metric} ends at ${indicator.bound}: they end at ${bounds.slice(0, MOST_BOUNDS).join(', ')}${more}, in the unit of the metric.`,
    fix: 'Set the value of the objective to one of these; or let the SDK send exponential histograms (OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION=base2_exponential_bucket_histogram), of which any value can be told.',
  }
}
