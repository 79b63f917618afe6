/** The rules of OpenSLO v1 that a shape cannot say, and what its documents probably do not mean. */
import { draftNamespace, type EntityDraft } from '../../../../../ground/catalog/index.ts'
import { type Problem, type Ref, toRef } from '../../../../../ground/core/index.ts'
import {
  AlertConditionSpec,
  AlertNotificationTargetSpec,
  AlertPolicySpec,
  DataSourceSpec,
  Metadata,
  ServiceSpec,
  SliSpec,
  SloSpec,
} from '../shapes.ts'
import { conditionFindings, policyFindings, targetFindings } from './alerting.ts'
import { type Finding, problemOf, refused } from './finding.ts'
import { descriptionFindings, metadataFindings } from './names.ts'
import { reachFindings, referredReachFindings } from './reach.ts'
import { sliFindings } from './sli.ts'
import { sloFindings } from './slo.ts'
import { unknownFields } from './unknown-fields.ts'

/** What a document of each kind breaks; its shape was read before. */
const RULES: Record<string, (spec: unknown) => Finding[]> = {
  SLO: (spec) => {
    const read = SloSpec.parse(spec)
    return [...unknownFields(SloSpec, spec, 'spec'), ...sloFindings(read), ...reachFindings(read)]
  },
  SLI: (spec) => [...unknownFields(SliSpec, spec, 'spec'), ...sliFindings(SliSpec.parse(spec), 'spec')],
  AlertPolicy: (spec) => [...unknownFields(AlertPolicySpec, spec, 'spec'), ...policyFindings(AlertPolicySpec.parse(spec), 'spec')],
  AlertCondition: (spec) => [
    ...unknownFields(AlertConditionSpec, spec, 'spec'),
    ...conditionFindings(AlertConditionSpec.parse(spec), 'spec'),
  ],
  AlertNotificationTarget: (spec) => [
    ...unknownFields(AlertNotificationTargetSpec, spec, 'spec'),
    ...targetFindings(AlertNotificationTargetSpec.parse(spec), 'spec'),
  ],
  DataSource: (spec) => {
    const { description, type, connectionDetails } = DataSourceSpec.parse(spec)
    return [
      ...unknownFields(DataSourceSpec, spec, 'spec'),
      ...descriptionFindings(description, 'spec.description'),
      ...(type.trim() === '' ? [refused('type_empty', 'spec.type', 'type is empty', 'Name the system, for example Prometheus.')] : []),
      ...(connectionDetails === undefined || connectionDetails === null
        ? [refused('connection_details', 'spec', 'connectionDetails is missing', 'Add it, with what is needed to reach the system.')]
        : []),
    ]
  },
  Service: (spec) => [
    ...unknownFields(ServiceSpec, spec, 'spec'),
    ...descriptionFindings(ServiceSpec.parse(spec).description, 'spec.description'),
  ],
}

/** Everything there is to say about a document whose shape holds. */
export function opensloProblems({ kind, metadata, spec }: EntityDraft, strict: boolean): Problem[] {
  const found = [
    ...unknownFields(Metadata, metadata, 'metadata'),
    ...metadataFindings(metadata, 'metadata'),
    ...annotationFindings(metadata.annotations),
    ...RULES[kind]!(spec),
  ]
  return found.map((finding) => problemOf(finding, strict))
}

/** What an SLO meets in the documents it refers to, among those that stand. */
export function amongProblems(draft: EntityDraft, standing: ReadonlyMap<Ref, EntityDraft>): Problem[] {
  const read = SloSpec.safeParse(draft.spec)
  if (!read.success) return []
  const named = (name: string, kind: string) => {
    const ref = toRef(name, { kind, namespace: draftNamespace(draft) })
    return ref.ok ? standing.get(ref.value)?.spec : undefined
  }
  const referred = {
    policy: (name: string) => AlertPolicySpec.safeParse(named(name, 'alertpolicy')).data ?? null,
    condition: (name: string) => AlertConditionSpec.safeParse(named(name, 'alertcondition')).data ?? null,
  }
  return referredReachFindings(read.data, referred).map((finding) => problemOf(finding, false))
}

/** Our own annotations, which no other reader holds to anything. */
function annotationFindings(annotations: Record<string, string> | undefined): Finding[] {
  const { 'throughline.dev/no-data': silence, 'throughline.dev/minimum-events': least } = annotations ?? {}
  const path = 'metadata.annotations.throughline.dev'
  return [
    ...(silence === undefined || ['unknown', 'good', 'bad'].includes(silence)
      ? []
      : [refused('no_data', `${path}/no-data`, `"${silence}" is no meaning of time without samples`, 'Write unknown, good or bad.')]),
    ...(least === undefined || /^\d{1,12}$/.test(least)
      ? []
      : [
          refused(
            'minimum_events',
            `${path}/minimum-events`,
            `"${least}" is not a number of events`,
            'Write a whole number in quotes, for example "100".',
          ),
        ]),
  ]
}
