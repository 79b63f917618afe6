import type { SliSpec } from '../shapes.ts'
import { type Finding, isStated, refused, remark } from './finding.ts'
import { descriptionFindings, nameFindings } from './names.ts'

type Ratio = NonNullable<SliSpec['ratioMetric']>
type Metric = NonNullable<SliSpec['thresholdMetric']>

/** OpenSLO v1, SLI: what holds between its fields. */
export function sliFindings({ description, thresholdMetric, ratioMetric }: SliSpec, path: string): Finding[] {
  const described = descriptionFindings(description, `${path}.description`)
  if (isStated(thresholdMetric) === isStated(ratioMetric))
    return [
      ...described,
      refused(
        'metric_one',
        isStated(thresholdMetric) ? `${path}.ratioMetric` : path,
        isStated(thresholdMetric) ? 'Both thresholdMetric and ratioMetric are stated' : 'Neither thresholdMetric nor ratioMetric is stated',
        'Keep one of the two.',
      ),
    ]
  return [
    ...described,
    ...(isStated(thresholdMetric)
      ? metricFindings(thresholdMetric, `${path}.thresholdMetric`)
      : ratioFindings(ratioMetric!, `${path}.ratioMetric`)),
  ]
}

function ratioFindings(ratio: Ratio, path: string): Finding[] {
  const { good, bad, total, raw, rawType } = ratio
  const numerators = [good, bad].filter(isStated).length
  return [
    ...formFindings(ratio, path),
    ...(isStated(total) && numerators !== 1
      ? [
          refused(
            'ratio_good_or_bad',
            numerators === 2 ? `${path}.bad` : path,
            numerators === 2 ? 'Both good and bad are stated' : 'Neither good nor bad is stated',
            'Keep one of the two beside total.',
          ),
        ]
      : []),
    ...(isStated(raw) && !isStated(rawType)
      ? [
          refused(
            'raw_type',
            path,
            'rawType is missing',
            'Write rawType: success where the ratio is good ÷ total, failure where it is bad ÷ total.',
          ),
        ]
      : []),
    ...Object.entries({ good, bad, total, raw }).flatMap(([name, metric]) =>
      isStated(metric) ? metricFindings(metric, `${path}.${name}`) : [],
    ),
  ]
}

/** Counts and a total, or a ratio that was computed elsewhere. */
function formFindings({ good, bad, total, raw }: Ratio, path: string): Finding[] {
  const fix = 'Write total with good or bad, or raw alone with rawType.'
  if (!isStated(total) && !isStated(raw)) return [refused('ratio_total_or_raw', path, 'Neither total nor raw is stated', fix)]
  if (!isStated(raw)) return []
  const beside = Object.entries({ total, good, bad }).find(([, metric]) => isStated(metric))?.[0]
  return beside ? [refused('ratio_raw_alone', `${path}.${beside}`, `raw is a ratio by itself, and ${beside} stands beside it`, fix)] : []
}

function metricFindings({ metricSource: { metricSourceRef, type, spec } }: Metric, path: string): Finding[] {
  return [
    ...nameFindings(metricSourceRef, `${path}.metricSource.metricSourceRef`),
    ...(Object.keys(spec ?? {}).length === 0
      ? [
          refused(
            'metric_source_spec',
            `${path}.metricSource`,
            'The spec of the metricSource is missing or empty',
            'Say there what is asked, for example query.',
          ),
        ]
      : []),
    ...(isStated(type) || isStated(metricSourceRef)
      ? []
      : [
          remark(
            'metric_source_type',
            `${path}.metricSource`,
            'The metricSource has neither a type nor a reference to a DataSource, so nobody can be asked',
            'Write type, for example Prometheus, or metricSourceRef.',
          ),
        ]),
  ]
}
