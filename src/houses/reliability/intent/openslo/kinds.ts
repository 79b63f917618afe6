import type * as z from 'zod'
import { type EntityKind, schemaProblems, type StatedLink } from '../../../../ground/catalog/index.ts'
import type { Problem } from '../../../../ground/core/index.ts'
import { serviceText } from '../service.ts'
import { amongProblems, opensloProblems } from './rules/index.ts'
import {
  AlertConditionSpec,
  AlertNotificationTargetSpec,
  AlertPolicySpec,
  DataSourceSpec,
  ServiceSpec,
  SliSpec,
  SloSpec,
} from './shapes.ts'

export const OPENSLO_V1 = 'openslo/v1'

type Links = (spec: Record<string, unknown>) => StatedLink[]

/** The kinds of OpenSLO v1. What is declared about a service belongs to the component of that name. */
export const opensloKinds: readonly EntityKind[] = [
  { ...kind('SLO', SloSpec, sloLinks), against: amongProblems, beside: ['AlertPolicy', 'AlertCondition'] },
  kind('SLI', SliSpec, (spec) => sourceLinks(SliSpec.parse(spec), 'spec')),
  kind('AlertPolicy', AlertPolicySpec, (spec) => policyLinks(AlertPolicySpec.parse(spec), 'spec')),
  kind('AlertCondition', AlertConditionSpec),
  kind('AlertNotificationTarget', AlertNotificationTargetSpec),
  kind('DataSource', DataSourceSpec),
  kind('Service', ServiceSpec),
]

function kind(name: string, spec: z.ZodType, links: Links = () => []): EntityKind {
  return {
    kind: name,
    apiVersions: [OPENSLO_V1],
    looseLabels: true,
    spec,
    links,
    refuse: (error) => schemaProblems(error, ruleOf, 'spec').map(withFix),
    check: (draft, how) => opensloProblems(draft, how?.strict ?? false),
  }
}

/** The rule a shape that is not kept to breaks. */
function ruleOf(issue: z.core.$ZodIssue): string {
  if ((issue.code === 'invalid_value' || issue.code === 'invalid_type') && issue.input === undefined) return 'openslo.required'
  if (issue.code === 'invalid_value') return 'openslo.one_of'
  return issue.code === 'too_small' ? 'openslo.empty' : 'openslo.type'
}

/** Slips that are made again and again in files of others. */
const SLIPS: readonly [RegExp, string][] = [
  [/^spec\.timeWindow$/, 'Write a list with one item: - duration: 28d and isRolling: true.'],
  [/^spec\.alertPolicies\.\d+$/, 'Write - alertPolicyRef: and the name of the policy.'],
  [/\.indicator\.(?:metadata|spec)$/, 'Write metadata with a name, and below spec a ratioMetric or thresholdMetric.'],
]

function withFix(problem: Problem): Problem {
  const slip = SLIPS.find(([path]) => path.test(problem.path ?? ''))
  return slip ? { ...problem, fix: slip[1] } : problem
}

function sloLinks(spec: Record<string, unknown>): StatedLink[] {
  const slo = SloSpec.parse(spec)
  const indicators = [{ ...slo, path: 'spec' }, ...slo.objectives.map((one, n) => ({ ...one, path: `spec.objectives.${n}` }))]
  return [
    { type: 'partOf', to: serviceText(slo.service), kind: 'component', path: 'spec.service', mayDangle: true },
    ...indicators.flatMap(({ indicator, indicatorRef, path }) => [
      // Samples may be sent for an indicator that no document declares.
      ...(indicatorRef
        ? [{ type: 'measuredBy', to: indicatorRef, kind: 'sli', path: `${path}.indicatorRef`, mayDangle: true as const }]
        : []),
      ...(indicator ? sourceLinks(indicator.spec, `${path}.indicator.spec`) : []),
    ]),
    ...(slo.alertPolicies ?? []).flatMap(({ alertPolicyRef, spec: inline }, n) => [
      ...referTo(alertPolicyRef, 'alertpolicy', `spec.alertPolicies.${n}.alertPolicyRef`),
      ...(inline ? policyLinks(inline, `spec.alertPolicies.${n}.spec`) : []),
    ]),
  ]
}

function sourceLinks({ thresholdMetric, ratioMetric }: SliSpec, path: string): StatedLink[] {
  const { good, bad, total, raw } = ratioMetric ?? {}
  const metrics = { thresholdMetric, 'ratioMetric.good': good, 'ratioMetric.bad': bad, 'ratioMetric.total': total, 'ratioMetric.raw': raw }
  return Object.entries(metrics).flatMap(([place, metric]) =>
    referTo(metric?.metricSource.metricSourceRef, 'datasource', `${path}.${place}.metricSource.metricSourceRef`),
  )
}

function policyLinks({ conditions, notificationTargets }: AlertPolicySpec, path: string): StatedLink[] {
  return [
    ...conditions.flatMap(({ conditionRef }, n) => referTo(conditionRef, 'alertcondition', `${path}.conditions.${n}.conditionRef`)),
    ...(notificationTargets ?? []).flatMap(({ targetRef }, n) =>
      referTo(targetRef, 'alertnotificationtarget', `${path}.notificationTargets.${n}.targetRef`),
    ),
  ]
}

function referTo(to: string | null | undefined, of: string, path: string): StatedLink[] {
  return to ? [{ type: 'dependsOn', to, kind: of, path }] : []
}
