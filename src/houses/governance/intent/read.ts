import type { Entity } from '../../../ground/catalog/index.ts'
import { parseDuration, parseInstant, parseQuantity, type Ref, refName, refNamespace, SECOND, toRef } from '../../../ground/core/index.ts'
import { BudgetPolicySpec, type BudgetStep } from './budget-policy.ts'
import { FreezeSpec } from './freeze.ts'
import { GatePolicySpec, ruleName, wallText } from './gate-policy.ts'
import type { GateRule } from './gate-rules.ts'
import type { BudgetPolicy, Freeze, FreezeSpan, Policy, Rule } from './policy.ts'

/** A gate policy from its entity; null when the kept document no longer fits the schema. */
export function readGatePolicy(entity: Entity): Policy | null {
  const read = GatePolicySpec.safeParse(entity.spec)
  if (!read.success) return null
  return {
    ...headOf(entity),
    covers: subjects(read.data.for, entity.ref),
    environment: read.data.environment.toLowerCase(),
    rules: read.data.rules.map((rule) => ruleOf(rule, entity.ref)),
  }
}

/** A budget policy from its entity; null when the kept document no longer fits the schema. */
export function readBudgetPolicy(entity: Entity): BudgetPolicy | null {
  const read = BudgetPolicySpec.safeParse(entity.spec)
  if (!read.success) return null
  const { for: covers, slos, steps, owner } = read.data
  return {
    ...headOf(entity),
    covers: subjects(covers, entity.ref),
    slos: slos ? refs(slos, 'slo', entity.ref) : null,
    owner: owner ? (refs([owner], 'group', entity.ref)[0] ?? null) : null,
    steps: steps.map((step) => ({ ...step, tell: refs(step.tell, 'group', entity.ref), when: whenOf(step) })),
  }
}

/** A freeze from its entity; null when the kept document no longer fits the schema. */
export function readFreeze(entity: Entity): Freeze | null {
  const read = FreezeSpec.safeParse(entity.spec)
  if (!read.success) return null
  const { for: covers, environment, from, to, by, zone, reason, exempt } = read.data
  const [begins, ends] = [parseInstant(from), parseInstant(to)]
  if (!begins.ok || !ends.ok) return null
  return {
    ...headOf(entity),
    covers: subjects(covers, entity.ref),
    environment: environment.toLowerCase(),
    from: begins.value,
    to: ends.value,
    zone,
    reason,
    exempt,
    by: by ? (refs([by], 'user', entity.ref)[0] ?? null) : null,
  }
}

/** The rules a budget policy adds to the gate: those of its steps that say what the gate does meanwhile. */
export function gateRulesOf({ steps, slos, covers, ...head }: BudgetPolicy): Policy {
  return {
    ref: head.ref,
    title: head.title,
    version: head.version,
    covers,
    environment: 'production',
    rules: steps.flatMap(({ name, gate, exempt, when, actions }): Rule[] => {
      if (!gate) return []
      const common = { name, mode: gate, exempt, unknown: 'warn' as const, slos, step: actions.join('; ') }
      return 'below' in when
        ? [{ ...common, rule: 'budget', atLeast: when.below }]
        : [{ ...common, rule: 'burn', atMost: when.above, window: when.window }]
    }),
  }
}

function headOf({ ref, metadata, version }: Entity): { ref: Ref; title: string; version: number } {
  return { ref, title: metadata.title ?? refName(ref), version }
}

function whenOf({ when }: BudgetStep): BudgetPolicy['steps'][number]['when'] {
  return 'budget' in when ? { below: shareOf(when.budget.below) } : when.burn
}

function ruleOf(rule: GateRule, policy: Ref): Rule {
  const common = { name: ruleName(rule), mode: rule.mode, exempt: rule.exempt }
  switch (rule.rule) {
    case 'budget':
      return { ...rule, ...common, atLeast: shareOf(rule.atLeast), slos: rule.slos ? refs(rule.slos, 'slo', policy) : null }
    case 'burn':
      return { ...rule, ...common, slos: rule.slos ? refs(rule.slos, 'slo', policy) : null }
    case 'freeze':
      return {
        ...rule,
        ...common,
        spans: rule.spans.map((span): FreezeSpan => {
          const except = subjects(span.except, policy)
          return 'days' in span ? { ...span, except } : { ...span, from: wallText(span.from), to: wallText(span.to), except }
        }),
      }
    case 'open_incident':
      return { ...rule, ...common, severities: rule.severities?.map((severity) => severity.toLowerCase()) ?? null }
    case 'recent_failures':
      return { ...rule, ...common, last: rule.last ?? null, within: rule.within ? lengthOf(rule.within) : null }
    case 'measure':
      return {
        ...rule,
        ...common,
        subject: rule.subject ? (subjects([rule.subject], policy)[0] ?? null) : null,
        where: rule.where ?? {},
        quantile: rule.quantile ?? null,
        window: lengthOf(rule.window),
        atMost: rule.atMost ?? null,
        atLeast: rule.atLeast ?? null,
      }
  }
}

/** `10%` and `0.1` are one share. */
function shareOf(text: number | string): number {
  const read = parseQuantity(text, 'ratio')
  return read.ok ? read.value : Number.NaN
}

/** Milliseconds of a length as written. */
function lengthOf(text: string): number {
  const read = parseDuration(text)
  return read.ok ? read.value * SECOND : Number.NaN
}

/** Full refs and `namespace:<name>`, what is left out filled in from where the policy is. */
function subjects(texts: readonly string[], policy: Ref): string[] {
  return texts.flatMap((text) => (/^namespace:/i.test(text) ? [text.toLowerCase()] : refs([text], 'component', policy)))
}

function refs(texts: readonly string[], kind: string, policy: Ref): Ref[] {
  return texts.flatMap((text) => {
    const read = toRef(text, { kind, namespace: refNamespace(policy) })
    return read.ok ? [read.value] : []
  })
}
