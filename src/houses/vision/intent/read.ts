import type { Entity } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, parseInstant, type Ref, refName, refNamespace, toRef } from '../../../ground/core/index.ts'
import type { ExceptionIntent, OutcomeIntent, PrincipleIntent, VisionIntent } from './intents.ts'
import { OutcomeSpec } from './outcome.ts'
import { PrincipleSpec } from './principle.ts'
import { VisionSpec } from './vision.ts'

/** A vision from its entity; null when the kept document no longer fits the schema. */
export function readVision(entity: Entity): VisionIntent | null {
  const read = VisionSpec.safeParse(entity.spec)
  if (!read.success) return null
  const { statement, horizon, outcomes = [], principles = [], review } = read.data
  return {
    ref: entity.ref,
    title: titleOf(entity),
    statement,
    horizon: horizon ? endOf(horizon) : undefined,
    outcomes: full(outcomes, 'outcome', entity),
    principles: full(principles, 'principle', entity),
    review: review ? { every: review.every, with: review.with ?? [] } : undefined,
  }
}

/** An outcome from its entity; null when the kept document no longer fits the schema. */
export function readOutcome(entity: Entity): OutcomeIntent | null {
  const read = OutcomeSpec.safeParse(entity.spec)
  if (!read.success) return null
  const spec = read.data
  const everything = `namespace:${refNamespace(entity.ref)}`
  const subject = subjectOf(spec.subject, entity) ?? everything
  return {
    ref: entity.ref,
    title: titleOf(entity),
    statement: spec.statement,
    lever: spec.lever,
    owner: spec.owner ? full([spec.owner], 'group', entity)[0] : undefined,
    measure: spec.measure,
    quantile: spec.quantile,
    subject,
    baseline: spec.baseline ? { value: spec.baseline.value, at: startOf(spec.baseline.at) } : undefined,
    target: spec.target ? { value: spec.target.value, by: endOf(spec.target.by) } : undefined,
    guardrails: (spec.guardrails ?? []).map((guardrail) => ({ ...guardrail, subject: subjectOf(guardrail.subject, entity) ?? subject })),
  }
}

/** A principle from its entity; null when the kept document no longer fits the schema. */
export function readPrinciple(entity: Entity): PrincipleIntent | null {
  const read = PrincipleSpec.safeParse(entity.spec)
  if (!read.success) return null
  const { statement, rationale, forbids = [], serves = [], signals = [], owner } = read.data
  return {
    ref: entity.ref,
    title: titleOf(entity),
    statement,
    rationale,
    forbids,
    serves: full(serves, 'outcome', entity),
    owner: owner ? full([owner], 'group', entity)[0] : undefined,
    signals: signals.map((signal) => ({ ...signal, subject: subjectOf(signal.subject, entity) })),
  }
}

/** An exception from its entity; null when it does not say from what, or until when. */
export function readException(entity: Entity): ExceptionIntent | null {
  const { from, subjects, reason, until, approvedBy } = entity.spec
  if (typeof from !== 'string' || typeof until !== 'string') return null
  const [target] = full([from], 'principle', entity)
  const last = parseInstant(until)
  if (!target || !last.ok) return null
  return {
    ref: entity.ref,
    title: titleOf(entity),
    from: target,
    subjects: (Array.isArray(subjects) ? subjects : []).flatMap((subject) =>
      typeof subject === 'string' ? (subjectOf(subject, entity) ?? []) : [],
    ),
    reason: typeof reason === 'string' ? reason : '',
    until: endOf(until),
    approvedBy: typeof approvedBy === 'string' ? full([approvedBy], 'group', entity)[0] : undefined,
  }
}

/** What people call it: its title, else its name with the dashes taken out. */
export function titleOf(entity: Entity): string {
  return entity.metadata.title ?? sentenceCase(refName(entity.ref).replaceAll(/[-_]+/g, ' '))
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function full(texts: readonly string[], kind: string, entity: Entity): Ref[] {
  return texts.flatMap((text) => {
    const read = toRef(text, { kind, namespace: refNamespace(entity.ref) })
    return read.ok ? [read.value] : []
  })
}

function subjectOf(text: string | undefined, entity: Entity): string | undefined {
  if (text === undefined) return undefined
  if (/^namespace:[^/]+$/i.test(text)) return text.toLowerCase()
  return full([text], 'component', entity)[0]
}

/** The start of a day, or the moment itself. */
function startOf(text: string): Instant {
  const read = parseInstant(text)
  return read.ok ? read.value : Number.NaN
}

/** A promise "by 31 March" holds until that day is over. */
function endOf(text: string): Instant {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOf(text) + DAY : startOf(text)
}
