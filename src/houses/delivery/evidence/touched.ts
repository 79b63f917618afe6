import type { Instant, Ref } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import { namesOf } from '../assess/index.ts'
import { loadDeployments } from './facts.ts'
import type { Scope } from './scope.ts'
import { byRecord } from './which.ts'

/** What came in, changed or went since a scope last took its evidence in. */
export interface Touched {
  /** Commits that came, changed or went. */
  commits: Set<string>
  /** Record ids of changes, and the commits and numbers they name. */
  changes: Set<string>
  changeShas: Set<string>
  mergeCommits: Set<string>
  numbers: Set<number>
  /** Record ids of deployments, and the commits they name. */
  deployments: Set<string>
  deploymentShas: Set<string>
  /** Commits deployed by them, and those of them whose deployment was only inferred. */
  deployedCommits: Set<string>
  inferredCommits: Set<string>
  /** Record ids of incidents, and every name they go by. */
  incidents: Set<string>
  incidentNames: Set<string>
  /** The earliest merge or end of deployment among them; Infinity without any. */
  earliest: Instant
}

interface Row {
  kind: 'commit' | 'change' | 'deployment' | 'incident'
  source: string
  id: string
  basis: number
  /** Commit, merge commit, or deployed commit. */
  sha: string | null
  number: number | null
  /** What it lists: commits of a change or deployment, aliases of an incident. */
  listed: (string | { sha: string })[] | null
  /** End of a deployment, merge of a change. */
  time: Instant | null
}

/** Records from which on it is faster to derive everything than to look for what they affect. */
const TOO_MANY = 5_000

/** Records of one subject whose state changed after a moment of learning, in their old and new states. */
export async function touchedSince(
  store: Store,
  input: Ref,
  environment: string,
  since: Instant,
  seen: Instant,
): Promise<Touched | 'too many'> {
  const of = (kind: Row['kind'], sha: string, number: string, listed: string, time: string) => sql`
    select ${kind} as kind, e.source, e.id, e.basis, ${sql.raw(sha)} as sha, ${sql.raw(number)} as number, ${sql.raw(listed)} as listed, ${sql.raw(time)} as time from ${sql.table(`evidence_${kind}`)} e
    where e.subject = ${input} and e.at >= ${instant(since)} and (e.learned_from > ${instant(seen)} or (e.learned_to > ${instant(seen)} and e.learned_to < 'infinity'))
      ${kind === 'deployment' ? sql`and lower(e.environment) = ${environment}` : sql``}`
  const rows = await store.query<Row>(sql`
    ${of('commit', 'e.sha', 'null::bigint', 'null::jsonb', 'null::timestamptz')} union all ${of('change', 'e.merge_commit', 'e.number', 'e.commits', 'e.merged_at')} union all
    ${of('deployment', 'e.commit', 'null::bigint', 'e.commits', 'e.finished_at')} union all ${of('incident', 'null', 'null::bigint', 'e.aliases', 'null::timestamptz')}
    limit ${TOO_MANY}`)
  if (rows.length === TOO_MANY) return 'too many'
  const touched: Touched = {
    commits: new Set(),
    changes: new Set(),
    changeShas: new Set(),
    mergeCommits: new Set(),
    numbers: new Set(),
    deployments: new Set(),
    deploymentShas: new Set(),
    deployedCommits: new Set(),
    inferredCommits: new Set(),
    incidents: new Set(),
    incidentNames: new Set(),
    earliest: Infinity,
  }
  for (const row of rows) note(touched, row)
  return touched
}

function note(touched: Touched, { kind, source, id, basis, sha, number, listed, time }: Row): void {
  const record = `${kind}:${source}/${id}`
  touched.earliest = Math.min(touched.earliest, time ?? Infinity)
  const shas = (listed ?? []).map((one) => (typeof one === 'string' ? one : one.sha))
  if (kind === 'commit') touched.commits.add(sha!)
  else if (kind === 'incident') {
    touched.incidents.add(record)
    for (const name of [record, ...shas.map((alias) => (alias.startsWith('incident:') ? alias : `incident:${alias}`))].flatMap(namesOf))
      touched.incidentNames.add(name)
  } else {
    const own = kind === 'change' ? touched.changes : touched.deployments
    const named = kind === 'change' ? touched.changeShas : touched.deploymentShas
    own.add(record)
    for (const one of sha === null ? shas : [sha, ...shas]) named.add(one)
    if (kind === 'change' && sha !== null) touched.mergeCommits.add(sha)
    if (kind === 'deployment') touched.deployedCommits.add(sha!)
    if (kind === 'deployment' && basis === 0) touched.inferredCommits.add(sha!)
    if (number !== null) touched.numbers.add(number)
  }
}

/**
 * A deployment told of several subjects of a scope under one id is one: where it was touched for one of them, it was for all.
 * Adds what the others say of it.
 */
export async function withNamesakes(store: Store, scope: Scope, touched: Touched): Promise<Touched> {
  if (scope.deployed.length < 2 || touched.deployments.size === 0) return touched
  const which = await byRecord(store, scope, 'deployment', [...touched.deployments])
  for (const { commit, commits, basis, finishedAt } of which.length === 0 ? [] : await loadDeployments(store, scope, which)) {
    touched.earliest = Math.min(touched.earliest, finishedAt)
    for (const sha of [commit, ...(commits ?? [])]) touched.deploymentShas.add(sha)
    touched.deployedCommits.add(commit)
    if (basis === 0) touched.inferredCommits.add(commit)
  }
  return touched
}

/** True when nothing of a kind that matters was touched. */
export function isNothing({ commits, changes, deployments, incidents }: Touched): boolean {
  return commits.size + changes.size + deployments.size + incidents.size === 0
}
