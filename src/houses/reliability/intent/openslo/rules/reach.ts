import { percent } from '../percent.ts'
import type { AlertPolicySpec, SloSpec } from '../shapes.ts'
import { type Finding, isStated, remark } from './finding.ts'

/**
 * Alerts that can never fire: a burn rate is the error ratio ÷ (1 − target), so it ends at 1 ÷ (1 − target) when
 * everything fails. (SRE Workbook, chapter 5: a burn rate of 14.4 is beyond reach of a target of 93 %.)
 */
export function reachFindings(spec: SloSpec): Finding[] {
  const targets = spec.objectives.map(({ target, targetPercent }) => target ?? percent(targetPercent ?? Number.NaN))
  const strictest = Math.max(...targets.filter((target) => target >= 0 && target < 1))
  if (!Number.isFinite(strictest)) return []
  return (spec.alertPolicies ?? []).flatMap(({ spec: policy }, n) =>
    isStated(policy) ? policyReach(policy, strictest, `spec.alertPolicies.${n}.spec`) : [],
  )
}

function policyReach({ conditions }: AlertPolicySpec, target: number, path: string): Finding[] {
  return conditions.flatMap(({ spec }, n) => {
    if (!isStated(spec)) return []
    const { op, threshold } = spec.condition
    const most = 1 / (1 - target)
    if (!(op === 'gt' ? threshold >= most : op === 'gte' && threshold > most)) return []
    return [
      remark(
        'alert_unreachable',
        `${path}.conditions.${n}.spec.condition.threshold`,
        `It can never fire: at a target of ${Number((target * 100).toPrecision(6))} % the burn rate is at most ${Number(most.toPrecision(3))}, when everything fails`,
        `Alert below ${Number(most.toPrecision(3))}.`,
      ),
    ]
  })
}
