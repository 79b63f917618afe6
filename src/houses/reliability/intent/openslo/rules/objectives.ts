import { sliceLength } from '../durations.ts'
import type { SloSpec } from '../shapes.ts'
import { durationFindings } from './durations.ts'
import { type Finding, isStated, refused, remark, strictly } from './finding.ts'
import { indicatorFindings } from './indicator.ts'

type Objective = SloSpec['objectives'][number]

/** Targets, slices, thresholds and weights of the objectives. */
export function objectiveFindings(spec: SloSpec): Finding[] {
  const { objectives, budgetingMethod, indicator } = spec
  const threshold = isStated(indicator?.spec.thresholdMetric)
  return [
    ...(threshold && objectives.length > 1
      ? [
          remark(
            'threshold_one_objective',
            'spec.objectives.1',
            'A thresholdMetric has several objectives; the specification knows one',
            'Write an SLO for each threshold.',
          ),
        ]
      : []),
    ...objectives.flatMap((one, n) => {
      const path = `spec.objectives.${n}`
      return [
        ...targetFindings(one, path),
        ...sliceFindings(one, budgetingMethod, path),
        ...comparisonFindings(one, one.indicator?.spec ?? indicator?.spec, path),
        ...(isStated(one.compositeWeight) && !(one.compositeWeight > 0)
          ? [
              refused(
                'composite_weight',
                `${path}.compositeWeight`,
                `A weight of ${one.compositeWeight} counts for nothing`,
                'Write a number above 0.',
              ),
            ]
          : []),
        ...indicatorFindings(one, path),
      ]
    }),
  ]
}

function targetFindings({ target, targetPercent }: Objective, path: string): Finding[] {
  if (isStated(target) === isStated(targetPercent))
    return [
      refused(
        'target_one',
        isStated(target) ? `${path}.targetPercent` : path,
        isStated(target) ? 'Both target and targetPercent are stated' : 'No target is stated',
        'Write target: 0.999 or targetPercent: 99.9.',
      ),
    ]
  const [value, most, field] = isStated(target) ? [target, 1, 'target'] : [targetPercent!, 100, 'targetPercent']
  if (value >= 0 && value < most) return []
  return [
    refused(
      'target_range',
      `${path}.${field}`,
      value === most ? 'A target of 100 % leaves no error budget' : `${field} has to be at least 0 and below ${most}, not ${value}`,
      value > most && most === 1 && value < 100 ? `Write targetPercent: ${value}.` : `Write a number from 0 up to, and without, ${most}.`,
    ),
  ]
}

function sliceFindings({ timeSliceTarget, timeSliceWindow }: Objective, method: SloSpec['budgetingMethod'], path: string): Finding[] {
  if (method === 'Occurrences')
    return isStated(timeSliceTarget) || isStated(timeSliceWindow)
      ? [
          remark(
            'slices_unused',
            `${path}.${isStated(timeSliceTarget) ? 'timeSliceTarget' : 'timeSliceWindow'}`,
            'Occurrences are counted without slices',
            'Remove timeSliceTarget and timeSliceWindow, or write budgetingMethod: Timeslices.',
          ),
        ]
      : []
  return [...windowFindings(timeSliceWindow, path), ...(method === 'Timeslices' ? shareFindings(timeSliceTarget, path) : [])]
}

function windowFindings(window: Objective['timeSliceWindow'], path: string): Finding[] {
  const fix = 'Write for example timeSliceWindow: 1m.'
  if (!isStated(window)) return [refused('time_slice_window', path, 'timeSliceWindow is missing, the length of a slice', fix)]
  if (typeof window === 'string') return durationFindings(window, `${path}.timeSliceWindow`)
  return sliceLength(window) === null
    ? [refused('duration', `${path}.timeSliceWindow`, `${window} is not a number of minutes`, fix)]
    : [
        strictly(
          'time_slice_window_number',
          `${path}.timeSliceWindow`,
          `${window} is read as minutes; go-sdk wants a unit`,
          `Write ${window}m.`,
        ),
      ]
}

function shareFindings(target: number | null | undefined, path: string): Finding[] {
  const fix = 'Write the least share of good in a good slice, above 0 and at most 1, for example timeSliceTarget: 0.95.'
  if (!isStated(target)) return [refused('time_slice_target', path, 'timeSliceTarget is missing', fix)]
  if (target === 0) return [strictly('time_slice_target', `${path}.timeSliceTarget`, 'With timeSliceTarget 0 every slice is good', fix)]
  return target > 0 && target <= 1 ? [] : [refused('time_slice_target', `${path}.timeSliceTarget`, `timeSliceTarget is ${target}`, fix)]
}

/** `op` and `value` cut a threshold metric; a ratio has nothing to be cut. */
function comparisonFindings({ op, value }: Objective, sli: NonNullable<SloSpec['indicator']>['spec'] | undefined, path: string): Finding[] {
  if (isStated(sli?.thresholdMetric)) {
    const missing = [...(isStated(op) ? [] : ['op']), ...(isStated(value) ? [] : ['value'])]
    return missing.length === 0
      ? []
      : [
          refused(
            'threshold_needs_op',
            path,
            `A thresholdMetric is cut by op and value; ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`,
            'Write for example op: lt and value: 500.',
          ),
        ]
  }
  if (!isStated(sli?.ratioMetric)) return []
  return (['op', 'value'] as const)
    .filter((field) => isStated({ op, value }[field]))
    .map((field) => strictly('ratio_forbids_op', `${path}.${field}`, `${field} means nothing for a ratioMetric`, `Remove ${field}.`))
}
