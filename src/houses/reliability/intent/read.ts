import type { Entity } from '../../../ground/catalog/index.ts'
import { ok, type Problem, type Ref, refName, refNamespace, type Result, toRef } from '../../../ground/core/index.ts'
import type { BudgetingMethod, Objective, SilencePolicy, Slo, SloWindow } from './model.ts'
import { type Documents, indicatorOf } from './indicator.ts'
import { lengthOf, parseSloDuration, sliceLength } from './openslo/durations.ts'
import { OPENSLO_V1 } from './openslo/kinds.ts'
import { percent } from './openslo/percent.ts'
import { SloSpec } from './openslo/shapes.ts'
import { serviceRef } from './service.ts'

const METHODS: Record<SloSpec['budgetingMethod'], BudgetingMethod> = {
  Occurrences: 'occurrences',
  Timeslices: 'timeslices',
  RatioTimeslices: 'ratio_timeslices',
}

/** Four weeks: "a four-week rolling window is a good general-purpose interval" (SRE Workbook, chapter 2). */
const UNSTATED_WINDOW: SloWindow = { kind: 'rolling', length: lengthOf({ count: 4, unit: 'w' }), text: '4w' }

/**
 * A promise from its document.
 * @param others SLIs and data sources that can be referred to
 * @returns problems with paths, when the document no longer fits or its threshold cannot be known
 */
export function readSlo(entity: Entity, others: Documents): Result<Slo> {
  if (entity.apiVersion !== OPENSLO_V1)
    return unread(
      'openslo.version',
      `${entity.apiVersion} is another version of OpenSLO than is read here`,
      `Write apiVersion: ${OPENSLO_V1}.`,
      'apiVersion',
    )
  const read = SloSpec.safeParse(entity.spec)
  if (!read.success) return unread('openslo.type', 'The document no longer fits OpenSLO v1', 'Apply it again to see every problem.', 'spec')
  const { data: spec } = read
  const namespace = refNamespace(entity.ref)
  const service = serviceRef(spec.service, namespace)
  if (service === null)
    return unread(
      'openslo.service_name',
      `Nothing can be called "${spec.service}"`,
      'Name a component, for example checkout.',
      'spec.service',
    )
  const window = windowOf(spec.timeWindow?.[0])
  if (window === null)
    return unread('openslo.duration', 'The window cannot be read', 'Write for example duration: 28d.', 'spec.timeWindow.0.duration')

  const problems: Problem[] = []
  const objectives = namesOf(spec).map((name, index): Objective | null => {
    const one = spec.objectives[index]!
    const path = `spec.objectives.${index}`
    const indicator = indicatorOf(one, spec, path, { namespace, others })
    if (!indicator.ok) {
      problems.push(...indicator.problems)
      return null
    }
    const slice = one.timeSliceWindow == null || spec.budgetingMethod === 'Occurrences' ? null : sliceLength(one.timeSliceWindow)
    return {
      name,
      target: one.target ?? percent(one.targetPercent ?? 0),
      ...(slice === null ? {} : { slice: { length: slice, ...(one.timeSliceTarget == null ? {} : { target: one.timeSliceTarget }) } }),
      weight: one.compositeWeight ?? 1,
      indicator: indicator.value,
    }
  })
  if (problems.length > 0) return { ok: false, problems }
  return ok({
    ref: entity.ref,
    title: titleOf(entity),
    service,
    method: METHODS[spec.budgetingMethod],
    window,
    composite: spec.objectives.some((one) => one.indicator || one.indicatorRef),
    objectives: objectives.flatMap((one) => one ?? []),
    alertPolicies: (spec.alertPolicies ?? []).flatMap(({ alertPolicyRef, metadata }) =>
      refTo(alertPolicyRef ?? metadata?.name, 'alertpolicy', namespace),
    ),
    silence: silenceOf(entity),
    leastEvents: leastEventsOf(entity),
  })
}

export function titleOf({ ref, metadata: { title, displayName } }: Pick<Entity, 'ref' | 'metadata'>): string {
  if (title) return title
  return typeof displayName === 'string' && displayName !== '' ? displayName : refName(ref)
}

/** Names of objectives: what they call themselves, else by number; made distinct by it. */
function namesOf({ objectives }: SloSpec): string[] {
  const taken = new Set<string>()
  return objectives.map(({ displayName }, index) => {
    const name = displayName && !taken.has(displayName) ? displayName : [displayName, `objective-${index + 1}`].filter(Boolean).join(' ')
    taken.add(name)
    return name
  })
}

function windowOf(stated: NonNullable<SloSpec['timeWindow']>[number] | undefined): SloWindow | null {
  if (!stated) return UNSTATED_WINDOW
  const duration = parseSloDuration(stated.duration)
  if (!duration) return null
  if (!stated.calendar || stated.isRolling) return { kind: 'rolling', length: lengthOf(duration), text: stated.duration }
  const { startTime, timeZone } = stated.calendar
  return { kind: 'calendar', duration, start: startTime.replace('T', ' '), zone: timeZone, text: stated.duration }
}

const SILENCE = new Set<string>(['unknown', 'good', 'bad'] satisfies SilencePolicy[])

function silenceOf({ metadata }: Entity): SilencePolicy {
  const stated = metadata.annotations?.['throughline.dev/no-data'] ?? ''
  return SILENCE.has(stated) ? (stated as SilencePolicy) : 'unknown'
}

function leastEventsOf({ metadata }: Entity): number {
  const stated = Number(metadata.annotations?.['throughline.dev/minimum-events'] ?? 0)
  return Number.isInteger(stated) && stated > 0 ? stated : 0
}

function refTo(text: string | null | undefined, kind: string, namespace: string): Ref[] {
  const read = text ? toRef(text, { kind, namespace }) : null
  return read?.ok ? [read.value] : []
}

function unread(code: string, message: string, fix: string, path: string): Result<Slo> {
  return { ok: false, problems: [{ code, severity: 'error', message, fix, path }] }
}
