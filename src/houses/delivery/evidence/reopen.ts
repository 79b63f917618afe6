import type { Instant } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import type { Before, ChangeRecord, ChangeRow, CommitRecord, CommitRow, DeploymentRow, Facts } from '../assess/index.ts'
import { contextOf } from './context.ts'
import { loadChanges, loadCommits, loadDeployments } from './facts.ts'
import { withFullNames } from './full-names.ts'
import { byRecord, since } from './which.ts'
import { reachedFrom, type Tips } from './reached.ts'
import { changeRows, commitRows, deploymentRows, type StoredRows } from './rows.ts'
import type { Scope } from './scope.ts'
import type { Touched } from './touched.ts'

/** All it takes to derive a scope again from a moment on. */
export interface Reopened {
  facts: Facts
  before: Before
  /** The rows that are derived again. */
  old: StoredRows
  /** Earlier deployments whose failures are looked at again, as they are kept. */
  earlier: readonly DeploymentRow[]
}

/** Loads what happened from `cut` on, what was touched, and where it stands on what came before. */
export async function reopen(store: Store, scope: Scope, cut: Instant, touched: Touched): Promise<Reopened> {
  const oldDeployments = await deploymentRows(store, scope, sql`finished_at >= ${instant(cut)}`)
  const { deployments, changes } = await requestsSince(store, scope, cut, touched, oldDeployments)
  const named = [
    ...touched.commits,
    ...touched.changeShas,
    ...touched.deploymentShas,
    ...oldDeployments.map(({ commit }) => commit),
    ...deployments.flatMap(({ commit, commits }) => [commit, ...(commits ?? [])]),
  ]
  const open = await openUnits(store, scope, cut, touched, {
    named,
    merged: changes.flatMap(({ mergeCommit }) => mergeCommit ?? []),
    deployed: [
      ...oldDeployments.flatMap(({ kind, commit }) => (kind === 'unsuccessful' ? [] : [commit])),
      ...deployments.flatMap(({ outcome, commit }) => (outcome === 'success' ? [commit] : [])),
    ],
  })
  const ownChanges = await changesOf(store, scope, changes, open, touched)
  const commits = await commitsOf(store, scope, cut, open, [
    ...named,
    ...ownChanges.flatMap(({ mergeCommit, commits: listed }) => [
      ...(mergeCommit ? [mergeCommit] : []),
      ...(listed ?? []).map(({ sha }) => sha),
    ]),
  ])
  const context = await contextOf(store, scope, cut, touched, {
    oldDeployments,
    deployments,
    changes: ownChanges,
    commits: commits.facts,
    units: open.units,
    standing: open.commits,
  })
  const facts = await withFullNames(store, scope, {
    commits: commits.facts,
    changes: ownChanges,
    deployments,
    incidents: context.incidents,
    unplaced: scope.path === null,
  })
  return {
    facts,
    before: {
      since: cut,
      commits: [...commits.standing, ...commits.borders],
      borders: new Set(commits.borders.map(({ sha }) => sha)),
      deployments: context.deployments,
      deployed: context.deployed,
      units: context.units,
      reopened: context.reopened,
      fixers: context.fixers,
    },
    old: { commits: commits.standing, changes: open.units, deployments: oldDeployments },
    earlier: context.deployments,
  }
}

/** Deployments and changes from the cut on; of those only recorded later, the touched ones and those in rows derived again. */
async function requestsSince(store: Store, scope: Scope, cut: Instant, touched: Touched, old: readonly DeploymentRow[]) {
  const kept = new Set(old.flatMap(({ records }) => records))
  const [changes, deployments] = await Promise.all([
    loadChanges(store, scope, [since(cut)]),
    byRecord(store, scope, 'deployment', [...kept]).then((named) => loadDeployments(store, scope, [since(cut), ...named])),
  ])
  const found: Facts = await withFullNames(store, scope, {
    commits: [],
    changes,
    deployments,
    incidents: [],
    unplaced: false,
  })
  const ids = found.deployments.map(({ id }) => id)
  const before = ids.length > 0 ? await deploymentRows(store, scope, sql`finished_at < ${instant(cut)} and records && ${ids}::text[]`) : []
  const settled = new Set(before.flatMap(({ records }) => records))
  return {
    changes: found.changes,
    deployments: found.deployments.filter(
      ({ id, finishedAt }) => kept.has(id) || touched.deployments.has(id) || (finishedAt >= cut && !settled.has(id)),
    ),
  }
}

/**
 * Units that came to the main line or to users from the cut on, that were touched, that walks from there come through, or
 * that share a commit with those; with the places of their commits.
 */
async function openUnits(
  store: Store,
  scope: Scope,
  cut: Instant,
  touched: Touched,
  { named, ...tips }: Tips & { named: readonly string[] },
): Promise<{ units: ChangeRow[]; commits: CommitRow[] }> {
  const commits = new Map<string, CommitRow>()
  const units = new Map<string, ChangeRow>()
  const note = (rows: readonly CommitRow[]) => rows.forEach((row) => commits.set(row.sha, row))
  const shas = unique(named)
  const [places, changes] = await Promise.all([
    commitRows(
      store,
      scope,
      // By the index of both; what waits for either may have come to the other since.
      sql`greatest(integrated_at, deployed_at) >= ${instant(cut)} and ((integrated_at >= ${instant(cut)} and integrated_at < 'infinity') or (deployed_at >= ${instant(cut)} and deployed_at < 'infinity'))`,
      ...(shas.length > 0 ? [sql`sha = any(${shas}::text[])`] : []),
    ),
    changeRows(
      store,
      scope,
      sql`deployed_at >= ${instant(cut)} and deployed_at < 'infinity'`,
      sql`merged_at >= ${instant(cut)}`,
      ...(shas.length > 0 ? [sql`deployed_at = 'infinity' and commits && ${shas}::text[]`] : []),
      ...(touched.numbers.size > 0 ? [sql`number = any(${[...touched.numbers]}::bigint[])`] : []),
      ...(touched.changes.size > 0 ? [sql`id = any(${[...touched.changes]}::text[])`] : []),
    ),
  ])
  note(places)
  for (const row of changes) units.set(row.id, row)
  const merged = [...tips.merged, ...touched.mergeCommits, ...changes.flatMap(({ sha }) => sha ?? [])]
  const reached = await reachedFrom(store, scope, cut, { ...tips, merged })
  if (reached.length > 0) note(await commitRows(store, scope, sql`sha = any(${reached}::text[])`))
  for (;;) {
    const missing = unique([...commits.values()].flatMap(({ unit }) => (unit !== null && !units.has(unit) ? [unit] : [])))
    if (missing.length) for (const row of await changeRows(store, scope, sql`id = any(${missing}::text[])`)) units.set(row.id, row)
    const further = unique([...units.values()].flatMap((row) => row.commits)).filter((sha) => !commits.has(sha))
    const found = further.length ? await commitRows(store, scope, sql`sha = any(${further}::text[])`) : []
    note(found)
    if (found.every(({ unit }) => unit === null || units.has(unit))) return { units: [...units.values()], commits: [...commits.values()] }
  }
}

async function changesOf(
  store: Store,
  scope: Scope,
  recent: readonly ChangeRecord[],
  { units }: { units: readonly ChangeRow[] },
  touched: Touched,
) {
  const records = new Set(units.flatMap((unit) => unit.records))
  const wanted = recent.filter(({ id }) => records.has(id) || touched.changes.has(id))
  const nameOf = ({ subject, id }: ChangeRecord) => `${subject} ${id}`
  const known = new Set(wanted.map(nameOf))
  // Several subjects may tell of a change under one id, and not all of them of late.
  const ids = unique([...records, ...touched.changes]).filter(
    (id) => id.startsWith('change:') && !scope.code.every((subject) => known.has(`${subject} ${id}`)),
  )
  const further = ids.length ? await loadChanges(store, scope, await byRecord(store, scope, 'change', ids)) : []
  return [...wanted, ...further.filter((record) => !known.has(nameOf(record)))]
}

/** Commits that are derived again, and the borders behind which earlier walks have been. */
async function commitsOf(
  store: Store,
  scope: Scope,
  cut: Instant,
  open: { commits: readonly CommitRow[] },
  named: readonly string[],
): Promise<{ facts: CommitRecord[]; standing: CommitRow[]; borders: CommitRow[] }> {
  const standing = new Map(open.commits.map((row) => [row.sha, row]))
  const wanted = unique([...standing.keys(), ...named])
  const found = await loadCommits(store, scope, [since(cut), ...(wanted.length ? [sql`e.sha = any(${wanted}::text[])`] : [])])
  const elsewhere = unique([...found.map(({ sha }) => sha), ...found.flatMap(({ parents }) => parents), ...named]).filter(
    (sha) => !standing.has(sha),
  )
  const borders = elsewhere.length ? await commitRows(store, scope, sql`sha = any(${elsewhere}::text[])`) : []
  const settled = new Set(borders.map(({ sha }) => sha))
  return { facts: found.filter(({ sha }) => !settled.has(sha)), standing: [...standing.values()], borders }
}

function unique<T>(values: Iterable<T>): T[] {
  return [...new Set(values)]
}
