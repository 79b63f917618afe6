import { canFire } from '../../../assess/burn/reach.ts'
import { percent } from '../percent.ts'
import type { AlertConditionSpec, AlertPolicySpec, SloSpec } from '../shapes.ts'
import { type Finding, isStated, remark } from './finding.ts'

/** Alerts written out in an SLO that can never fire at its target. */
export function reachFindings(spec: SloSpec): Finding[] {
  return policiesOf(spec, (policy, path, target) =>
    isStated(policy.spec)
      ? policy.spec.conditions.flatMap(({ spec: written }, n) =>
          isStated(written) ? unreachable(written, target, `${path}.spec.conditions.${n}.spec.condition.threshold`) : [],
        )
      : [],
  )
}

/** Documents an SLO refers to by name, where they are known. */
export interface Referred {
  policy(name: string): AlertPolicySpec | null
  condition(name: string): AlertConditionSpec | null
}

/** The same for policies and conditions it refers to. */
export function referredReachFindings(spec: SloSpec, referred: Referred): Finding[] {
  return policiesOf(spec, ({ alertPolicyRef, spec: inline }, path, target) => {
    const policy = inline ?? (isStated(alertPolicyRef) ? referred.policy(alertPolicyRef) : null)
    return (policy?.conditions ?? []).flatMap(({ conditionRef, spec: written }, n) => {
      const condition = isStated(conditionRef) ? referred.condition(conditionRef) : inline ? null : written
      const place = inline ? `${path}.spec.conditions.${n}.conditionRef` : `${path}.alertPolicyRef`
      return isStated(condition) ? unreachable(condition, target, place) : []
    })
  })
}

type Policy = NonNullable<SloSpec['alertPolicies']>[number]

function policiesOf(spec: SloSpec, find: (policy: Policy, path: string, target: number) => Finding[]): Finding[] {
  const targets = spec.objectives.map(({ target, targetPercent }) => target ?? percent(targetPercent ?? Number.NaN))
  const strictest = Math.max(...targets.filter((target) => target >= 0 && target < 1))
  if (!Number.isFinite(strictest)) return []
  return (spec.alertPolicies ?? []).flatMap((policy, n) => find(policy, `spec.alertPolicies.${n}`, strictest))
}

function unreachable({ condition }: AlertConditionSpec, target: number, path: string): Finding[] {
  if (canFire(condition, target)) return []
  const most = Number((1 / (1 - target)).toPrecision(3))
  return [
    remark(
      'alert_unreachable',
      path,
      `Its alert above a burn of ${condition.threshold} can never fire: at a target of ${Number((target * 100).toPrecision(6))} % the burn rate is at most ${most}, when everything fails`,
      `Alert below ${most}.`,
    ),
  ]
}
