import type { Catalog as Whole } from '../../../ground/catalog/index.ts'
import { DEFAULT_NAMESPACE, type Instant, type Ref, refName, refNamespace } from '../../../ground/core/index.ts'
import { type DecisionIntent, pairSuperseding, readDecision } from '../intent/index.ts'
import type { Moment } from './moment.ts'

/** All that is asked of the catalogue. */
type Catalog = Pick<Whole, 'list' | 'refs' | 'signatures' | 'revisionAt'>

/** Kinds whose presence makes a namespace a home of its own, and not just the log of a repository. */
const HOMES = ['vision', 'outcome', 'principle', 'group'] as const
const MANY = 100_000

/** All decisions, newest first, and which namespaces belong together. */
interface Known {
  all: readonly DecisionIntent[]
  /** Namespaces that hold a repository of each name. */
  owners: ReadonlyMap<string, ReadonlySet<string>>
  homes: ReadonlySet<string>
  /** Those of each namespace that has some and was asked for. */
  ofScope: Map<string, readonly DecisionIntent[]>
}

/** What the present is, as long as the catalogue stays: 20,000 records are read once, and then only those that changed. */
const present = new WeakMap<Catalog, { revision: string; signatures: Map<Ref, string>; byRef: Map<Ref, DecisionIntent>; known: Known }>()

async function knownBy(asOf: Instant | undefined, catalog: Catalog): Promise<Known> {
  const revision = await catalog.revisionAt(asOf)
  if (revision === null) return knownOf((await catalog.list({ kind: 'decision', limit: MANY }, asOf)).map(readDecision), asOf, catalog)
  const held = present.get(catalog)
  if (held?.revision === revision) return held.known
  const signatures = await catalog.signatures('decision')
  const byRef = new Map([...(held?.byRef ?? [])].filter(([ref]) => signatures.has(ref)))
  const changed = [...signatures].flatMap(([ref, signature]) => (held?.signatures.get(ref) === signature ? [] : [ref]))
  for (const entity of changed.length > 0 ? await catalog.list({ kind: 'decision', refs: changed }) : [])
    byRef.set(entity.ref, readDecision(entity))
  const known = await knownOf([...byRef.values()], undefined, catalog)
  present.set(catalog, { revision, signatures, byRef, known })
  return known
}

async function knownOf(decisions: readonly DecisionIntent[], asOf: Instant | undefined, catalog: Catalog): Promise<Known> {
  const repositories = await catalog.refs({ kind: 'repository' }, asOf)
  const owners = new Map([...Map.groupBy(repositories, refName)].map(([name, refs]) => [name, new Set(refs.map(refNamespace))]))
  const homes = new Set<string>()
  for (const kind of HOMES) for (const ref of await catalog.refs({ kind }, asOf)) homes.add(refNamespace(ref))
  return { all: pairSuperseding(decisions).sort(newestFirst), owners, homes, ofScope: new Map() }
}

/** Every decision of every namespace, as known by then; newest first. */
export async function allDecisions(
  { asOf }: Partial<Pick<Moment, 'asOf'>>,
  { catalog }: { catalog: Catalog },
): Promise<readonly DecisionIntent[]> {
  return (await knownBy(asOf, catalog)).all
}

type Log = Pick<Moment, 'scope'> & Partial<Pick<Moment, 'asOf'>>

/**
 * Decisions of a namespace and of the decision logs of its repositories, as they were known by then (now when left out);
 * newest first. A decision log has its repository's name as namespace, so a namespace also owns the logs of its
 * repositories; logs that nobody else owns belong to `default`.
 */
export async function decisionsOf({ scope, asOf }: Log, { catalog }: { catalog: Catalog }): Promise<readonly DecisionIntent[]> {
  const { all, owners, homes, ofScope } = await knownBy(asOf, catalog)
  const known = ofScope.get(scope)
  if (known) return known
  const belongs = (namespace: string) =>
    namespace === scope ||
    owners.get(namespace)?.has(scope) === true ||
    (scope === DEFAULT_NAMESPACE && !homes.has(namespace) && !owners.has(namespace))
  const found = all.filter((decision) => belongs(refNamespace(decision.ref)))
  if (found.length > 0) ofScope.set(scope, found)
  return found
}

function newestFirst(a: DecisionIntent, b: DecisionIntent): number {
  return (b.date ?? 0) - (a.date ?? 0) || (b.number ?? 0) - (a.number ?? 0) || (a.ref < b.ref ? -1 : 1)
}
