import { serviceText } from '../../service.ts'
import type { SloSpec } from '../shapes.ts'
import { policyFindings } from './alerting.ts'
import { type Finding, isStated, refused, remark } from './finding.ts'
import { indicatorFindings } from './indicator.ts'
import { inlineFindings } from './inline.ts'
import { descriptionFindings, nameFindings } from './names.ts'
import { objectiveFindings } from './objectives.ts'
import { windowFindings } from './window.ts'

/** OpenSLO v1, SLO: what holds between its fields. */
export function sloFindings(spec: SloSpec): Finding[] {
  return [
    ...descriptionFindings(spec.description, 'spec.description'),
    ...serviceFindings(spec.service),
    ...placeFindings(spec),
    ...indicatorFindings(spec, 'spec'),
    ...windowFindings(spec.timeWindow),
    ...objectiveFindings(spec),
    ...(spec.alertPolicies ?? []).flatMap((policy, n) => alertPolicyFindings(policy, `spec.alertPolicies.${n}`)),
  ]
}

function serviceFindings(service: string): Finding[] {
  if (service.trim() === '') return [refused('service_empty', 'spec.service', 'spec.service is empty', 'Name the service that promises.')]
  const name = serviceText(service)
  if (name === '')
    return [refused('service_name', 'spec.service', `Nothing can be called "${service}"`, 'Name a component, for example checkout.')]
  return name === service
    ? []
    : [
        remark(
          'service_name',
          'spec.service',
          `"${service}" is read as the component ${name}`,
          `Write ${name}, or the name of the component it is.`,
        ),
      ]
}

/** An indicator stands on the spec, or on each objective of a composite; never on both. */
function placeFindings(spec: SloSpec): Finding[] {
  const onSpec = isStated(spec.indicator) || isStated(spec.indicatorRef)
  const without = spec.objectives.flatMap((one, n) => (isStated(one.indicator) || isStated(one.indicatorRef) ? [] : [n]))
  if (!onSpec && without.length === spec.objectives.length)
    return [
      refused(
        'indicator_missing',
        'spec',
        'It is not said what is measured',
        'Add indicator or indicatorRef to the spec, or to each objective of a composite.',
      ),
    ]
  if (onSpec && without.length < spec.objectives.length) {
    const first = spec.objectives.findIndex((_, n) => !without.includes(n))
    return [
      refused(
        'indicator_twice',
        `spec.objectives.${first}`,
        'An indicator stands on the spec and on an objective',
        'Keep it on the spec for one indicator, or on each objective for a composite.',
      ),
    ]
  }
  return onSpec
    ? []
    : without.map((n) =>
        refused(
          'composite_part',
          `spec.objectives.${n}`,
          'Other objectives of this composite have an indicator of their own, this one has none',
          'Add indicator or indicatorRef.',
        ),
      )
}

function alertPolicyFindings(
  { alertPolicyRef, kind, metadata, spec }: NonNullable<SloSpec['alertPolicies']>[number],
  path: string,
): Finding[] {
  if (isStated(alertPolicyRef) === isStated(spec))
    return [
      refused(
        'alert_policy_xor',
        path,
        isStated(spec) ? 'An alert policy is both referred to and written out' : 'An alert policy is neither referred to nor written out',
        'Write alertPolicyRef, or kind, metadata and spec.',
      ),
    ]
  if (!isStated(spec)) return nameFindings(alertPolicyRef, `${path}.alertPolicyRef`)
  return [...inlineFindings(kind, metadata, 'AlertPolicy', path), ...policyFindings(spec, `${path}.spec`)]
}
