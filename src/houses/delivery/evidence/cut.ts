import type { Instant } from '../../../ground/core/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { loadChanges, loadDeployments } from './facts.ts'
import { byRecord } from './which.ts'
import { changeRows, commitRows, deploymentRows, unitsHolding } from './rows.ts'
import type { Scope } from './scope.ts'
import type { Touched } from './touched.ts'

/**
 * The moment from which everything is derived again. What happened earlier does not depend on what was touched later,
 * with few exceptions that are looked for here: a commit that appears (or goes) where history was already walked, a
 * record that turns out to tell of the same fact as an earlier one, a fix of an incident that was not known.
 */
export async function cutOf(store: Store, scope: Scope, since: Instant, touched: Touched): Promise<Instant> {
  const earlier = await Promise.all([
    walkedOver(store, scope, touched),
    sameChanges(store, scope, touched),
    sameDeployments(store, scope, touched),
    fixesOf(store, scope, touched),
  ])
  return Math.min(since, touched.earliest, ...earlier.flat())
}

async function walkedOver(store: Store, scope: Scope, { commits }: Touched): Promise<Instant[]> {
  const shas = [...commits]
  if (shas.length === 0) return []
  const rows = await commitRows(store, scope, sql`sha = any(${shas}::text[])`)
  const present = new Set(
    (
      await store.query<{ sha: string }>(sql`
    select distinct e.sha from evidence_commit e where e.sha = any(${shas}::text[]) and e.subject = any(${[...scope.code]}::text[]) and ${knownAt(null, 'e')}`)
    ).map(({ sha }) => sha),
  )
  return rows
    .filter(({ sha, known }) => known !== present.has(sha))
    .map(({ integratedAt, deployedAt }) => Math.min(integratedAt, deployedAt))
}

/**
 * Merges of all records of the changes a touched one may be one with, or have been; and the deployments that brought
 * units it shares a commit with: whether a deployment was a hotfix follows from what it brought.
 */
async function sameChanges(
  store: Store,
  scope: Scope,
  { changes, changeShas, mergeCommits, numbers, commits }: Touched,
): Promise<Instant[]> {
  const holding = await unitsHolding(store, scope, [...changeShas, ...commits])
  const units = holding.length > 0 ? await changeRows(store, scope, sql`id = any(${holding}::text[])`) : []
  const deployed = units.flatMap(({ deployedAt }) => deployedAt ?? [])
  if (changes.size === 0) return deployed
  const rows = await changeRows(
    store,
    scope,
    sql`id = any(${[...changes]}::text[])`,
    sql`number = any(${[...numbers]}::bigint[])`,
    sql`deployed_at = 'infinity' and commits && ${[...mergeCommits]}::text[]`,
  )
  const same = [...rows, ...units.filter(({ sha }) => sha !== null && mergeCommits.has(sha))]
  return [
    ...deployed,
    ...rows.flatMap(({ deployedAt }) => deployedAt ?? []),
    ...(await timesOf(
      await byRecord(
        store,
        scope,
        'change',
        same.flatMap((row) => row.records),
      ),
      (which) => loadChanges(store, scope, which),
      ({ mergedAt }) => mergedAt,
    )),
  ]
}

/** Ends of all records of the deployments a touched one may be one with, or have been. */
async function sameDeployments(store: Store, scope: Scope, { deployedCommits, inferredCommits }: Touched): Promise<Instant[]> {
  if (deployedCommits.size === 0) return []
  const rows = await deploymentRows(store, scope, sql`commit = any(${[...deployedCommits]}::text[])`)
  const same = rows.filter(({ inferred, commit, records }) => inferred || inferredCommits.has(commit) || records.length > 1)
  return timesOf(
    await byRecord(
      store,
      scope,
      'deployment',
      same.flatMap((row) => row.records),
    ),
    (which) => loadDeployments(store, scope, which),
    ({ finishedAt }) => finishedAt,
  )
}

async function timesOf<T>(
  which: Statement[],
  load: (which: Statement[]) => Promise<T[]>,
  time: (record: T) => Instant | null,
): Promise<Instant[]> {
  return which.length === 0 ? [] : (await load(which)).flatMap((record) => time(record) ?? [])
}

async function fixesOf(store: Store, scope: Scope, { incidentNames }: Touched): Promise<Instant[]> {
  if (incidentNames.size === 0) return []
  const rows = await deploymentRows(store, scope, sql`fixes = any(${[...incidentNames]}::text[])`)
  return rows.map(({ finishedAt }) => finishedAt)
}
