import type { Catalog as Whole } from '../../../ground/catalog/index.ts'
import { DEFAULT_NAMESPACE, refName, refNamespace } from '../../../ground/core/index.ts'
import { type DecisionIntent, pairSuperseding, readDecision } from '../intent/index.ts'
import type { Moment } from './moment.ts'

/** All that is asked of the catalogue. */
type Catalog = Pick<Whole, 'list'>

/** Kinds whose presence makes a namespace a home of its own, and not just the log of a repository. */
const HOMES = ['vision', 'outcome', 'principle', 'group'] as const
const MANY = 100_000

/** Every decision of every namespace, as known by then; newest first. */
export async function allDecisions({ asOf }: Partial<Pick<Moment, 'asOf'>>, { catalog }: { catalog: Catalog }): Promise<DecisionIntent[]> {
  return pairSuperseding((await catalog.list({ kind: 'decision', limit: MANY }, asOf)).map(readDecision)).sort(newestFirst)
}

type Log = Pick<Moment, 'scope'> & Partial<Pick<Moment, 'asOf'>>

/** Decisions of a namespace and of the decision logs of its repositories, as they were known by then (now when left out); newest first. */
export async function decisionsOf(moment: Log, { catalog }: { catalog: Catalog }): Promise<DecisionIntent[]> {
  const belongs = await logsOf(moment, catalog)
  return (await allDecisions(moment, { catalog })).filter((decision) => belongs(refNamespace(decision.ref)))
}

function newestFirst(a: DecisionIntent, b: DecisionIntent): number {
  return (b.date ?? 0) - (a.date ?? 0) || (b.number ?? 0) - (a.number ?? 0) || (a.ref < b.ref ? -1 : 1)
}

/**
 * Which namespaces hold decisions of this one. A decision log has its repository's name as namespace, so a namespace
 * also owns the logs of its repositories; logs that nobody else owns belong to `default`.
 */
async function logsOf({ scope, asOf }: Log, catalog: Catalog): Promise<(namespace: string) => boolean> {
  const repositories = await catalog.list({ kind: 'repository', limit: MANY }, asOf)
  const owners = Map.groupBy(repositories, (entity) => refName(entity.ref))
  const owned = (namespace: string, home: string) => owners.get(namespace)?.some((entity) => refNamespace(entity.ref) === home) ?? false
  if (scope !== DEFAULT_NAMESPACE) return (namespace) => namespace === scope || owned(namespace, scope)
  const homes = new Set<string>()
  for (const kind of HOMES) for (const entity of await catalog.list({ kind, limit: MANY }, asOf)) homes.add(refNamespace(entity.ref))
  return (namespace) => namespace === scope || owned(namespace, scope) || (!homes.has(namespace) && !owners.has(namespace))
}
