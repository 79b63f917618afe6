import { refName, type Unknown } from '../../../ground/core/index.ts'
import type { Assessed, UnknownReason } from '../assess/index.ts'
import type { IndicatorMetrics, Slo } from '../intent/model.ts'

/** Why a promise cannot be judged, and what helps. */
export function unknownStatus(reason: UnknownReason, slo: Slo, { n }: Pick<Assessed, 'n'>): Unknown {
  const names = slo.objectives.map(({ indicator }) => `"${indicator.name}"`).join(' or ')
  if (reason === 'too_few_events')
    return {
      code: reason,
      why: `There were ${n} events in the window; with fewer than ${slo.leastEvents} nothing is said of this promise.`,
      fix: 'Choose a longer window, or a smaller annotation throughline.dev/minimum-events.',
    }
  if (reason === 'no_whole_slice')
    return {
      code: reason,
      why: 'No slice of the window is whole and has an event in it.',
      fix: 'Wait for one, or choose shorter slices.',
    }
  if (reason === 'minutes_gone')
    return {
      code: reason,
      why: 'Slices of the window are told by minutes that are not kept any more: of its first days only the sums of hours are.',
      fix: 'Keep samples (kind sli) as long as the longest window of a promise, or choose slices of whole hours.',
    }
  return {
    code: reason,
    why: `No samples of ${names} about ${slo.service} in the window.`,
    fix: fixOf(slo, names),
  }
}

/** What brings samples, by where they are to come from. */
function fixOf({ objectives, service }: Slo, names: string): string {
  const types = new Set(objectives.flatMap(({ indicator: { metrics } }) => (metrics ? typesOf(metrics) : [])))
  if (types.has('opentelemetry') || types.has('throughline'))
    return `Let ${refName(service)} send its telemetry here over OTLP, under that service.name; what it sends is on the page Health.`
  if (types.has('prometheus'))
    return 'Connect the Prometheus that has it; if it is connected, look at what its queries answer on the page of the source.'
  return `Send samples of kind sli with indicator ${names}, or connect a source that measures it.`
}

function typesOf(metrics: IndicatorMetrics): string[] {
  if (metrics.kind === 'ratio') return [metrics.total.type]
  return [metrics.kind === 'raw' ? metrics.raw.type : metrics.threshold.type]
}
