import type { Entity } from '../../../ground/catalog/index.ts'
import { type Instant, type Ref, refNamespace, toRef } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type ExceptionIntent, readException } from '../../vision/index.ts'
import { wallClock } from '../decide/index.ts'
import {
  type BudgetPolicy,
  DEFAULT_POLICY,
  type Freeze,
  gateRulesOf,
  type Policy,
  readBudgetPolicy,
  readFreeze,
  readGatePolicy,
} from '../intent/index.ts'
import { type DeclaredOverride, overridesKnown } from './overrides.ts'

type Context = Pick<Ground, 'catalog' | 'store'>

/** Everything people declared that a gate looks at, as it was known at a moment. */
export interface Declared {
  gate: readonly Policy[]
  budget: readonly BudgetPolicy[]
  freezes: readonly Freeze[]
  /** Policies whose kept document no longer fits: nobody knows what they would say. */
  unreadable: readonly Ref[]
  exceptions: readonly ExceptionIntent[]
  overrides: readonly DeclaredOverride[]
  /** Filled as components are asked for: null where none is declared. */
  components: Map<Ref, Entity | null>
}

/** What was declared while the catalogue stood as it does; read again after every change of it. */
const kept = new WeakMap<Context['store'], { token: string; declared: Promise<Declared> }>()

/** Policies, exceptions and overrides as they were known at a moment. */
export async function declaredAt(asOf: Instant, context: Context): Promise<Declared> {
  const token = await context.catalog.revisionAt(asOf)
  return token === null ? readDeclared(asOf, context) : declaredUnder(token, context)
}

/** The same of the present, which a word of the catalogue stands for. */
export async function declaredUnder(token: string, context: Context): Promise<Declared> {
  const found = kept.get(context.store)
  if (found?.token === token) return found.declared
  const declared = readDeclared(undefined, context)
  kept.set(context.store, { token, declared })
  declared.catch(() => kept.delete(context.store))
  return declared
}

const MOST = 10_000

async function readDeclared(asOf: Instant | undefined, { catalog, store }: Context): Promise<Declared> {
  const listed = (kind: string) => catalog.list({ kind, limit: MOST }, asOf)
  const gate = (await listed('gatepolicy')).map((entity) => ({ entity, policy: readGatePolicy(entity) }))
  const budget = (await listed('budgetpolicy')).map((entity) => ({ entity, policy: readBudgetPolicy(entity) }))
  const freezes = (await listed('freeze')).map((entity) => ({ entity, policy: readFreeze(entity) }))
  return {
    gate: gate.flatMap(({ policy }) => policy ?? []),
    budget: budget.flatMap(({ policy }) => policy ?? []),
    freezes: freezes.flatMap(({ policy }) => policy ?? []),
    unreadable: [...gate, ...budget, ...freezes].flatMap(({ entity, policy }) => (policy ? [] : [entity.ref])),
    exceptions: (await listed('exception')).flatMap((entity) => readException(entity) ?? []),
    overrides: await overridesKnown(asOf, store),
    components: new Map(),
  }
}

/** A component and everything that speaks for it: its system and its namespace. */
export interface Belonging {
  entity: Entity | null
  names: readonly string[]
}

export async function belongingOf(component: Ref, asOf: Instant, declared: Declared, { catalog }: Context): Promise<Belonging> {
  let entity = declared.components.get(component)
  if (entity === undefined) declared.components.set(component, (entity = await catalog.get(component, asOf)))
  const system =
    typeof entity?.spec.system === 'string' ? toRef(entity.spec.system, { kind: 'system', namespace: refNamespace(component) }) : null
  return { entity, names: [component, ...(system?.ok ? [system.value] : []), `namespace:${refNamespace(component)}`] }
}

/** The policies that bind a release at a moment: all that cover it, freezes among them; the default one where no gate policy does. */
export function bindingPolicies({ gate, budget, freezes }: Declared, names: readonly string[], environment: string, at: Instant): Policy[] {
  const covers = (policy: Pick<Policy, 'covers'>) => policy.covers.some((subject) => names.includes(subject))
  const own = gate.filter((policy) => policy.environment === environment && covers(policy))
  const fallback = own.length === 0 && environment === DEFAULT_POLICY.environment ? [DEFAULT_POLICY] : []
  const steps = budget
    .filter(covers)
    .map(gateRulesOf)
    .filter((policy) => policy.environment === environment && policy.rules.length > 0)
  const frozen = freezes
    .filter((freeze) => freeze.environment === environment && freeze.from <= at && at < freeze.to && covers(freeze))
    .map(frozenPolicy)
  return [...[...own].sort(byRef), ...fallback, ...frozen.sort(byRef), ...steps.sort(byRef)]
}

/** A freeze as a policy of one rule. */
function frozenPolicy({ from, to, zone, reason, exempt, ...head }: Freeze): Policy {
  const wall = (at: Instant) => wallClock(at, zone).text
  const spans = [{ from: wall(from), to: wall(to), reason, except: [] }]
  return { ...head, rules: [{ rule: 'freeze', name: 'freeze', mode: 'enforce', exempt, zone, spans }] }
}

function byRef(a: Policy, b: Policy): number {
  return (a.ref ?? '') < (b.ref ?? '') ? -1 : 1
}
