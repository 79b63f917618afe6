import type { AlertConditionSpec, AlertPolicySpec } from '../shapes.ts'
import { durationFindings } from './durations.ts'
import { type Finding, isStated, refused, remark, strictly } from './finding.ts'
import { descriptionFindings, nameFindings } from './names.ts'
import { inlineFindings } from './inline.ts'

/** OpenSLO v1, AlertPolicy: one condition, at least one target, each referred to or written out. */
export function policyFindings({ description, conditions, notificationTargets }: AlertPolicySpec, path: string): Finding[] {
  return [
    ...descriptionFindings(description, `${path}.description`),
    ...(conditions.length === 1
      ? []
      : [
          refused(
            'condition_one',
            conditions.length === 0 ? `${path}.conditions` : `${path}.conditions.1`,
            `${conditions.length === 0 ? 'No condition is' : `${conditions.length} conditions are`} stated; a policy has one`,
            'Keep one, and write a policy for each other.',
          ),
        ]),
    ...conditions.flatMap((one, n) => {
      const place = `${path}.conditions.${n}`
      return either(one.conditionRef, one, 'AlertCondition', place, 'condition') ?? conditionFindings(one.spec!, `${place}.spec`)
    }),
    ...((notificationTargets ?? []).length === 0
      ? [
          refused(
            'notification_target_missing',
            isStated(notificationTargets) ? `${path}.notificationTargets` : path,
            'Nobody is told',
            'Add notificationTargets with at least one.',
          ),
        ]
      : []),
    ...(notificationTargets ?? []).flatMap((one, n) => {
      const place = `${path}.notificationTargets.${n}`
      return either(one.targetRef, one, 'AlertNotificationTarget', place, 'target') ?? targetFindings(one.spec!, `${place}.spec`)
    }),
  ].concat(
    innerKinds(conditions, 'AlertCondition', `${path}.conditions`),
    innerKinds(notificationTargets ?? [], 'AlertNotificationTarget', `${path}.notificationTargets`),
  )
}

interface Inner {
  kind?: string | null
  metadata?: Record<string, unknown> | null
  spec?: unknown
}

/** What is wrong with a reference, or with its standing beside a document; null when the document alone is there. */
function either(ref: string | null | undefined, { spec }: Inner, kind: string, path: string, name: string): Finding[] | null {
  if (isStated(ref) !== isStated(spec)) return isStated(ref) ? nameFindings(ref, `${path}.${name}Ref`) : null
  return [
    refused(
      `${name}_xor`,
      path,
      `${kind} is ${isStated(ref) ? 'both referred to and' : 'neither referred to nor'} written out`,
      `Write ${name}Ref, or kind, metadata and spec.`,
    ),
  ]
}

function innerKinds(items: readonly Inner[], kind: string, path: string): Finding[] {
  return items.flatMap((one, n) => (isStated(one.spec) ? inlineFindings(one.kind, one.metadata, kind, `${path}.${n}`) : []))
}

/** OpenSLO v1, AlertCondition. */
export function conditionFindings({ description, severity, condition }: AlertConditionSpec, path: string): Finding[] {
  const { kind, op, lookbackWindow, alertAfter, threshold } = condition
  return [
    ...descriptionFindings(description, `${path}.description`),
    ...(severity.trim() === ''
      ? [refused('severity_empty', `${path}.severity`, 'severity is empty', 'Write for example page or ticket.')]
      : []),
    ...(isStated(kind)
      ? kind === 'burnrate'
        ? []
        : [refused('condition_kind', `${path}.condition.kind`, `There is no condition of kind ${kind}`, 'Write kind: burnrate.')]
      : [
          strictly(
            'condition_kind',
            `${path}.condition`,
            'The kind of the condition is missing; it is read as burnrate',
            'Write kind: burnrate.',
          ),
        ]),
    ...durationFindings(lookbackWindow, `${path}.condition.lookbackWindow`),
    // The specification's own default of alertAfter is 0m.
    ...(alertAfter === '0m' ? [] : durationFindings(alertAfter, `${path}.condition.alertAfter`)),
    ...(op === 'lte' || op === 'lt'
      ? [
          remark(
            'fires_when_well',
            `${path}.condition.op`,
            `With op ${op} it fires while the burn rate is ${op === 'lt' ? 'below' : 'at most'} ${threshold}: when all is well${/exceed|above|over|more than|greater/i.test(description ?? '') ? ', and not when it exceeds that, as the description says' : ''}`,
            'Write op: gt or gte.',
          ),
        ]
      : []),
  ]
}

/** OpenSLO v1, AlertNotificationTarget. */
export function targetFindings({ description, target }: { description?: string | null; target: string }, path: string): Finding[] {
  return [
    ...descriptionFindings(description, `${path}.description`),
    ...(target.trim() === ''
      ? [refused('target_empty', `${path}.target`, 'target is empty', 'Say where it is told, for example slack.')]
      : []),
  ]
}
