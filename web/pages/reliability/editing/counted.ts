import { listOf, recordOf, slug, textOf } from '../../../parts/editing/document.ts'

/** What a promise counts, as the form shows it. */
export interface Counted {
  /** Samples that are sent; calls that spans tell of, those without error or those within a time. */
  source: 'sent' | 'answered' | 'within'
  /** Name of samples that are sent. */
  indicator: string
  /** Of calls: which; all where it is empty. */
  operation: string
  /** Of calls within a time, in milliseconds as typed. */
  withinMs: string
}

type Fields = Record<string, unknown>

/** The type of source that stands for samples that are sent. */
const SENT = 'Throughline'
const SPANS = 'OpenTelemetry'
const NOTHING: Counted = { source: 'sent', indicator: '', operation: '', withinMs: '' }

/** Whoever sends telemetry has said enough. */
export const NEW_COUNTED: Counted = { ...NOTHING, source: 'answered', withinMs: '300' }

/** What a document counts; null where it says how to ask another system, or has an indicator for each objective. */
export function countedIn(spec: Fields): Counted | null {
  if (spec.indicatorRef !== undefined && spec.indicatorRef !== null) return { ...NOTHING, indicator: textOf(spec.indicatorRef) }
  const inline = recordOf(spec.indicator)
  const { ratioMetric, thresholdMetric } = recordOf(inline.spec)
  const [total, bad, threshold] = [sourceOf(recordOf(ratioMetric).total), sourceOf(recordOf(ratioMetric).bad), sourceOf(thresholdMetric)]
  if (total.type === SENT.toLowerCase() && total.spec.signal === undefined) {
    const indicator = textOf(total.spec.indicator) || textOf(recordOf(inline.metadata).name)
    return indicator === '' ? null : { ...NOTHING, indicator }
  }
  const operation = textOf((thresholdMetric ? threshold : total).spec.operation)
  if (isSpans(total, operation) && isSpans(bad, operation, 'error')) return { ...NOTHING, source: 'answered', operation }
  const limits = new Set(listOf(spec.objectives).map((one) => (recordOf(one).op === 'lte' ? recordOf(one).value : null)))
  const [limit] = limits
  if (isSpans(threshold, operation) && limits.size === 1 && typeof limit === 'number')
    return { ...NOTHING, source: 'within', operation, withinMs: String(limit) }
  return null
}

/** An SLI written out. */
export function indicatorOf({ source, indicator, operation, withinMs }: Counted, service: string): Fields | undefined {
  if (source === 'sent') {
    if (indicator === '') return undefined
    const counted = (count: 'good' | 'total') => ({ metricSource: { type: SENT, spec: { indicator, count } } })
    return {
      metadata: { name: slug(indicator) || 'indicator' },
      spec: { ratioMetric: { counter: false, good: counted('good'), total: counted('total') } },
    }
  }
  const spans = (more: Fields = {}) => ({
    metricSource: { type: SPANS, spec: { signal: 'spans', ...more, ...(operation === '' ? {} : { operation }) } },
  })
  const name = slug([operation || service, source === 'answered' ? 'answered' : `within ${withinMs} ms`].join(' ')) || 'calls'
  const spec =
    source === 'answered'
      ? { ratioMetric: { counter: true, bad: spans({ status: 'error' }), total: spans() } }
      : { thresholdMetric: spans() }
  return { metadata: { name: name.slice(0, 63).replace(/-+$/, '') }, spec }
}

function sourceOf(metric: unknown): { type: string; spec: Fields } {
  const { type, spec } = recordOf(recordOf(metric).metricSource)
  return { type: textOf(type).toLowerCase(), spec: recordOf(spec) }
}

/** Whether a source asks for spans of an operation, and for nothing the form does not show. */
function isSpans({ type, spec }: { type: string; spec: Fields }, operation: string, status = ''): boolean {
  const { signal, operation: asked, status: stated, ...rest } = spec
  const isMeant = textOf(asked) === operation && textOf(stated) === status
  return type === SPANS.toLowerCase() && signal === 'spans' && isMeant && Object.keys(rest).length === 0
}
