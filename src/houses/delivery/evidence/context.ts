import type { Instant } from '../../../ground/core/index.ts'
import { instant, instantText, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import {
  type ChangeRecord,
  type ChangeRow,
  type CommitRecord,
  type CommitRow,
  type DeploymentRecord,
  type DeploymentRow,
  type IncidentRecord,
  namesOf,
  type Shipped,
} from '../assess/index.ts'
import { loadIncidents } from './facts.ts'
import { since, sourcesOf } from './which.ts'
import { changeRows, deploymentRows, ofScope, unitsHolding } from './rows.ts'
import type { Scope } from './scope.ts'
import type { Touched } from './touched.ts'

/** Earlier things that what is derived again refers to. */
export interface Context {
  incidents: IncidentRecord[]
  deployments: DeploymentRow[]
  deployed: boolean
  units: Shipped[]
  /** Records whose links are derived again. */
  reopened: Set<string>
  /** Earlier deployments that fix one of the incidents. */
  fixers: Set<string>
}

/** What is derived again. */
interface Open {
  oldDeployments: readonly DeploymentRow[]
  deployments: readonly DeploymentRecord[]
  changes: readonly ChangeRecord[]
  commits: readonly CommitRecord[]
  units: readonly ChangeRow[]
  /** Where their commits stood. */
  standing: readonly CommitRow[]
}

/** Finds the earlier deployments and units that rollbacks, reverts, fixes and incidents from the cut on may mean. */
export async function contextOf(store: Store, scope: Scope, cut: Instant, touched: Touched, open: Open): Promise<Context> {
  const earlier = (...which: readonly Statement[]) =>
    deploymentRows(store, scope, ...which.map((one) => sql`finished_at < ${instant(cut)} and ${one}`))
  const [incidents, reverted, [last]] = await Promise.all([
    openIncidents(store, scope, cut, touched, open),
    revertedUnits(store, scope, open),
    earlier(
      sql`id = (select id from delivery_deployment where ${ofScope(scope)} and finished_at < ${instant(cut)} and kind <> 'unsuccessful' order by finished_at desc, id desc limit 1)`,
    ),
  ])
  const again = new Set(open.units.map(({ id }) => id))
  const units = reverted.filter(({ id }) => !again.has(id))
  const own = new Set([
    ...open.units.map(({ id }) => id),
    ...open.changes.map(({ id }) => id),
    ...open.commits.map(({ id }) => id),
    ...open.deployments.map(({ id }) => id),
    ...open.oldDeployments.map(({ id }) => id),
  ])
  const reopened = new Set(
    [...own, ...incidents.map(({ id }) => id), ...touched.incidents, ...touched.changes, ...touched.deployments, ...touched.commits].map(
      String,
    ),
  )
  const commits = [
    ...new Set([
      ...open.deployments.map(({ commit }) => commit),
      ...(last ? [last.commit] : []),
      ...incidents.flatMap(({ causedBy, commit }) => [causedBy, commit].filter((sha) => sha !== null)),
    ]),
  ]
  const among = (values: readonly string[], which: (list: Statement) => Statement) =>
    values.length > 0 ? [which(sql`${[...values]}::text[]`)] : []
  const [shipping, fixing, meant] = await Promise.all([
    holdersOf(store, scope, incidents),
    earlier(
      ...among(
        incidents.flatMap(({ id }) => namesOf(id)),
        (names) => sql`fixes = any(${names})`,
      ),
    ),
    namedRecords(store, scope, [
      ...open.deployments.flatMap(({ rollbackOf }) => rollbackOf ?? []),
      ...incidents.flatMap(({ causedBy }) => causedBy ?? []),
    ]),
  ])
  const holders = shipping.filter(({ id }) => !again.has(id))
  const fixers = new Set(fixing.map(({ id }) => id))
  const others = await earlier(
    ...among(commits, (shas) => sql`commit = any(${shas})`),
    ...among(meant, (records) => sql`records && ${records}`),
    ...among([...reopened, ...fixers], (records) => sql`failed_at is not null and failed_by && ${records}`),
    ...among(
      incidents.flatMap(({ causedBy, artifact }) => [causedBy, artifact].filter((name) => name !== null)),
      (names) => sql`artifact = any(${names})`,
    ),
    ...among(
      [...new Set([...units, ...holders, ...open.standing].flatMap(({ deployment }) => deployment ?? []))],
      (ids) => sql`id = any(${ids})`,
    ),
    isAround(scope, cut, [cut - 1, ...incidents.map(({ openedAt }) => openedAt)]),
  )
  const found = [...(last ? [last] : []), ...fixing, ...others]
  const deployments = [...new Map(found.map((row) => [row.id, row])).values()]
  const gone = deployments.flatMap(({ rollbackOf }) => rollbackOf ?? [])
  const firsts = await earlier(
    ...among([...new Set(deployments.map(({ commit }) => commit))], (shas) => sql`kind = 'first' and commit = any(${shas})`),
    ...among(await namedRecords(store, scope, gone), (records) => sql`records && ${records}`),
  )
  return {
    incidents,
    deployments: [...new Map([...deployments, ...firsts].map((row) => [row.id, row])).values()].sort(
      (a, b) => a.finishedAt - b.finishedAt || (a.id < b.id ? -1 : 1),
    ),
    deployed: last !== undefined,
    units: [...units, ...holders],
    reopened,
    fixers,
  }
}

/** Incidents from the cut on; those that were touched, that name or are named by what is derived again; and their other names. */
async function openIncidents(store: Store, scope: Scope, cut: Instant, touched: Touched, open: Open): Promise<IncidentRecord[]> {
  const records = [...open.oldDeployments.flatMap((row) => row.records), ...open.deployments.map(({ id }) => id)]
  const causes = [
    ...new Set([
      ...records.flatMap(namesOf),
      ...open.commits.map(({ sha }) => sha),
      ...[...open.deployments, ...open.oldDeployments].flatMap(({ commit, artifact }) => [commit, ...(artifact ? [artifact] : [])]),
    ]),
  ]
  const fixed = [...open.deployments, ...open.oldDeployments].flatMap(({ fixes }) => fixes ?? [])
  const linked = open.oldDeployments.flatMap(({ failures }) => failures.filter(({ type }) => type === 'incident').map(({ to }) => to))
  const names = [...new Set([...fixed, ...linked.flatMap(namesOf), ...touched.incidentNames])]
  const named = (wanted: readonly string[]) =>
    wanted.length ? [sql`e.id = any(${[...wanted]}::text[])`, sql`e.source || '/' || e.id = any(${[...wanted]}::text[])`] : []
  const [own, aliasing] = await Promise.all([
    loadIncidents(store, scope, [
      since(cut),
      sql`e.opened_at >= ${instant(cut)}`,
      ...(causes.length ? [sql`e.caused_by = any(${causes}::text[])`] : []),
      ...named(names),
    ]),
    loadIncidents(store, scope, [sql`e.aliases is not null`]),
  ])
  const all = withAliases(own, aliasing, touched.incidentNames)
  const known = new Set(all.map(({ id }) => id))
  const others = all.flatMap(({ aliases }) => aliases ?? []).filter((alias) => !known.has(`incident:${alias}`) && !known.has(alias))
  const further = others.length
    ? (await loadIncidents(store, scope, named(others.map((alias) => alias.replace(/^incident:/, ''))))).filter(({ id }) => !known.has(id))
    : []
  return [...all, ...further]
}

/**
 * Incidents and all that name them, or are named by them, as aliases.
 * @param touched names of incidents that may be gone: what they joined is told apart again
 */
function withAliases(
  incidents: readonly IncidentRecord[],
  aliasing: readonly IncidentRecord[],
  touched: ReadonlySet<string>,
): IncidentRecord[] {
  const wanted = new Map(incidents.map((one) => [one.id, one]))
  const names = new Set([...touched, ...incidents.flatMap(({ id, aliases }) => [id, ...(aliases ?? []).map(recordName)])])
  for (let size = -1; size !== wanted.size;) {
    size = wanted.size
    for (const one of aliasing) {
      const called = [one.id, ...one.aliases!.map(recordName)]
      if (wanted.has(one.id) || !called.some((name) => names.has(name))) continue
      wanted.set(one.id, one)
      for (const name of called) names.add(name)
    }
  }
  return [...wanted.values()]
}

function recordName(alias: string): string {
  return alias.startsWith('incident:') ? alias : `incident:${alias}`
}

/** Earlier units that are reverted from the cut on. */
async function revertedUnits(store: Store, scope: Scope, open: Open): Promise<Shipped[]> {
  const names = [...new Set([...open.changes, ...open.commits].flatMap(({ reverts }) => reverts ?? []))]
  if (names.length === 0) return []
  const numbers = names.flatMap((name) => (/^[#!]?\d{1,15}$/.test(name) ? [Number(name.replace(/^[#!]/, ''))] : []))
  const records = names.flatMap((name) => [name, `change:${name}`])
  const ids = [...records, ...(await unitsHolding(store, scope, names))]
  const named = await changeRows(store, scope, sql`here and id = any(${ids}::text[])`)
  return numbers.length ? [...named, ...(await changeRows(store, scope, sql`here and number = any(${numbers}::bigint[])`))] : named
}

/** Units that hold the commits incidents name. */
async function holdersOf(store: Store, scope: Scope, incidents: readonly IncidentRecord[]): Promise<Shipped[]> {
  const shas = [...new Set(incidents.flatMap(({ causedBy, commit }) => [causedBy, commit].filter((sha) => sha !== null)))]
  if (shas.length === 0) return []
  return changeRows(store, scope, sql`here and id = any(${await unitsHolding(store, scope, shas)}::text[])`)
}

/** Record ids a deployment may be meant by, for names with and without kind and source. */
async function namedRecords(store: Store, scope: Scope, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const sources = await sourcesOf(store, scope.deployed, 'deployment')
  return [...new Set(names.flatMap((name) => [name, `deployment:${name}`, ...sources.map((source) => `deployment:${source}/${name}`)]))]
}

/** For each moment the last deployment and the last new one before it, and the next one after it. */
function isAround(scope: Scope, cut: Instant, moments: readonly Instant[]): Statement {
  const earlier = [...new Set(moments.filter((at) => at < cut))]
  const pick = (which: Statement, order: Statement) =>
    sql`(select d.id from delivery_deployment d where ${ofScope(scope)} and d.kind <> 'unsuccessful' and ${which} order by ${order} limit 1)`
  return sql`id = any(array(
    select unnest(array[
      ${pick(sql`d.finished_at <= m.at`, sql`d.finished_at desc, d.id desc`)},
      ${pick(sql`d.finished_at <= m.at and d.kind = 'first'`, sql`d.finished_at desc, d.id desc`)},
      ${pick(sql`d.finished_at > m.at`, sql`d.finished_at, d.id`)}
    ]) from json_to_recordset(${JSON.stringify(earlier.map((at) => ({ at: instantText(at) })))}::json) as m(at timestamptz)))`
}
