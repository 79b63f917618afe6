import type { Entity } from '../../../ground/catalog/index.ts'
import { ok, type Ref, refuse, type Result, toRef } from '../../../ground/core/index.ts'
import type { Indicator, IndicatorMetrics, MetricSource } from './model.ts'
import { SliSpec, type SloSpec } from './openslo/shapes.ts'

/** Other documents an SLO refers to, by ref. */
export type Documents = ReadonlyMap<Ref, Pick<Entity, 'spec'>>

type Objective = SloSpec['objectives'][number]
type Metric = NonNullable<SliSpec['thresholdMetric']>

/** Our own type of source: samples of evidence kind `sli` that were sent. `spec.indicator` names them. */
const SENT = 'throughline'

/**
 * What an objective is measured by: its own SLI in a composite, else that of its SLO.
 * An SLI that no document declares is one whose samples are sent under its name.
 */
export function indicatorOf(
  objective: Objective,
  slo: Pick<SloSpec, 'indicator' | 'indicatorRef'>,
  path: string,
  where: { namespace: string; others: Documents },
): Result<Indicator> {
  const own = objective.indicator || objective.indicatorRef ? objective : slo
  const name = own.indicator?.metadata.name ?? own.indicatorRef
  if (!name) return refuse('openslo.indicator_missing', 'It is not said what is measured', { path, fix: 'Add indicator or indicatorRef.' })
  const spec = own.indicator?.spec ?? declared(name, where)
  if (!spec) return ok({ name, metrics: null })
  const metrics = metricsOf(spec, objective, path, where)
  if (!metrics.ok) return metrics
  const indicator = sent(name, metrics.value)
  return ok(own.indicator && indicator.metrics ? { ...indicator, inline: true } : indicator)
}

function declared(name: string, { namespace, others }: { namespace: string; others: Documents }): SliSpec | null {
  const ref = toRef(name, { kind: 'sli', namespace })
  const read = ref.ok ? SliSpec.safeParse(others.get(ref.value)?.spec) : null
  return read?.success ? read.data : null
}

function metricsOf(
  { thresholdMetric, ratioMetric }: SliSpec,
  { op, value }: Objective,
  path: string,
  where: { namespace: string; others: Documents },
): Result<IndicatorMetrics | null> {
  const source = (metric: Metric | null | undefined) => (metric ? sourceOf(metric, where) : undefined)
  if (thresholdMetric) {
    if (op == null || value == null)
      return refuse('openslo.threshold_needs_op', 'It is measured by a threshold, and the objective states none', {
        path,
        fix: 'Add op and value, for example op: lt and value: 500.',
      })
    return ok({ kind: 'threshold', threshold: sourceOf(thresholdMetric, where), op, value })
  }
  const raw = source(ratioMetric?.raw)
  if (raw) return ok({ kind: 'raw', rawType: ratioMetric?.rawType ?? 'success', raw })
  const total = source(ratioMetric?.total)
  const [good, bad] = [source(ratioMetric?.good), source(ratioMetric?.bad)]
  return ok(
    total ? { kind: 'ratio', counter: ratioMetric?.counter ?? false, ...(good ? { good } : {}), ...(bad ? { bad } : {}), total } : null,
  )
}

function sourceOf({ metricSource }: Metric, { namespace, others }: { namespace: string; others: Documents }): MetricSource {
  const { metricSourceRef, type, spec } = metricSource
  const ref = metricSourceRef ? toRef(metricSourceRef, { kind: 'datasource', namespace }) : null
  const declaredType: unknown = ref?.ok ? others.get(ref.value)?.spec.type : undefined
  const known = type ?? (typeof declaredType === 'string' ? declaredType : 'unknown')
  return { type: known.toLowerCase(), ...(metricSourceRef ? { dataSource: metricSourceRef } : {}), spec: spec ?? {} }
}

/**
 * Samples that are sent may carry a name no document can have; then the source of the document says which. With `signal` it
 * means own telemetry, which samples are made of under its own name.
 */
function sent(name: string, metrics: IndicatorMetrics | null): Indicator {
  const source =
    metrics === null ? null : metrics.kind === 'ratio' ? metrics.total : metrics.kind === 'raw' ? metrics.raw : metrics.threshold
  if (source?.type !== SENT || source.spec.signal !== undefined)
    return metrics?.kind === 'threshold' ? { name, countedAs: `${name} ${metrics.op} ${metrics.value}`, metrics } : { name, metrics }
  const stated = source.spec.indicator
  return { name: typeof stated === 'string' && stated !== '' ? stated : name, metrics: null }
}
