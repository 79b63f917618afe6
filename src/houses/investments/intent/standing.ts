import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { DEFAULT_NAMESPACE, formatRef, type Problem, type Ref, toRef } from '../../../ground/core/index.ts'
import { InvestmentSpec } from './spec.ts'

/** What investments say of each other that cannot hold: needing each other in a circle, needing what they rule out. */
export function amongInvestments(draft: EntityDraft, standing: ReadonlyMap<Ref, EntityDraft>): Problem[] {
  const own = refsOf(draft)
  const others = (ref: Ref) => {
    const other = ref === own.ref ? draft : standing.get(ref)
    return other ? refsOf(other) : null
  }
  const problems: Problem[] = []
  for (const [index, needed] of own.dependsOn.entries()) {
    const path = `spec.dependsOn.${index}`
    const way = wayTo(own.ref, needed, others)
    if (way)
      problems.push({
        code: 'investment.circle',
        severity: 'error',
        message:
          way.length === 1
            ? 'The investment depends on itself'
            : `Investments depend on each other in a circle: ${[own.ref, ...way].join(' → ')}`,
        fix: 'Take one of these dependencies out: one of them has to be able to come first.',
        path,
      })
    else if (isRuledOut(needed, own, others))
      problems.push({
        code: 'investment.needs_excluded',
        severity: 'error',
        message: `It depends on ${needed}, and the two exclude each other or what they need`,
        fix: 'Take out the dependency or the exclusion: as written it could never be chosen.',
        path,
      })
    else if (standing.get(needed)?.spec.status === 'stopped')
      problems.push({
        code: 'investment.needs_stopped',
        severity: 'warning',
        message: `It depends on ${needed}, which was stopped`,
        fix: 'Depend on what took its place, or stop this one too.',
        path,
      })
  }
  return problems
}

interface Refs {
  ref: Ref
  dependsOn: Ref[]
  excludes: Ref[]
}

type Others = (ref: Ref) => Refs | null

function refsOf(draft: EntityDraft): Refs {
  const namespace = draft.metadata.namespace ?? DEFAULT_NAMESPACE
  const read = InvestmentSpec.pick({ dependsOn: true, excludes: true }).loose().safeParse(draft.spec)
  const full = (texts: readonly string[]) => texts.map((text) => completed(text, namespace))
  return {
    ref: formatRef({ kind: 'investment', namespace, name: draft.metadata.name }),
    dependsOn: read.success ? full(read.data.dependsOn) : [],
    excludes: read.success ? full(read.data.excludes) : [],
  }
}

function completed(text: string, namespace: string): Ref {
  const read = toRef(text, { kind: 'investment', namespace })
  return read.ok ? read.value : text
}

/** The steps of dependence by which `from` leads to `goal`, both included; null when there are none. */
function wayTo(goal: Ref, from: Ref, others: Others): Ref[] | null {
  const before = new Map<Ref, Ref | null>([[from, null]])
  for (const ref of before.keys()) {
    if (ref === goal) return backFrom(ref, before)
    for (const next of others(ref)?.dependsOn ?? []) if (!before.has(next)) before.set(next, ref)
  }
  return null
}

function backFrom(last: Ref, before: ReadonlyMap<Ref, Ref | null>): Ref[] {
  const way: Ref[] = []
  for (let ref: Ref | null = last; ref !== null; ref = before.get(ref) ?? null) way.unshift(ref)
  return way
}

/** Whether what `needed` needs, itself included, is at odds with the one that needs it. */
function isRuledOut(needed: Ref, own: Refs, others: Others): boolean {
  const reached = new Set([needed])
  for (const ref of reached) for (const next of others(ref)?.dependsOn ?? []) reached.add(next)
  return [...reached].some((ref) => own.excludes.includes(ref) || (others(ref)?.excludes.includes(own.ref) ?? false))
}
