import type { Instant } from '../../../ground/core/index.ts'
import { mergedAtOf } from './cover.ts'
import { failuresOf } from './failures.ts'
import type { ChangeRow, CommitRow, DeploymentRow, Derived, Facts, FailureLink } from './facts.ts'
import { type Anchor, History } from './history.ts'
import { kindsOf } from './kinds.ts'
import { mergeChanges } from './merge/changes.ts'
import { mergeCommits } from './merge/commits.ts'
import { type Deployment, mergeDeployments } from './merge/deployments.ts'
import { compare } from './merge/fields.ts'
import { mergeIncidents } from './merge/incidents.ts'
import { recoveryOf } from './recovery.ts'
import { type Shipped, Timeline } from './timeline.ts'
import { unitsOf } from './units.ts'

/** What stands before the facts that are derived again; nothing when all are. */
export interface Before {
  /** Nothing that happened before this is derived again. */
  since: Instant
  /** Where commits stood: those of the facts, and whatever they and the deployments touch. */
  commits: readonly CommitRow[]
  /** Commits among them that only mark where earlier walks have been. */
  borders: ReadonlySet<string>
  /** Earlier deployments that matter: the last ones, those with the same commit, those that are referred to. */
  deployments: readonly DeploymentRow[]
  /** Whether any deployment succeeded earlier. */
  deployed: boolean
  /** Earlier units that are referred to. */
  units: readonly Shipped[]
  /** Records whose links to earlier deployments are looked at again. */
  reopened: ReadonlySet<string>
  /** Earlier deployments that fix incidents looked at again. */
  fixers: ReadonlySet<string>
}

const NOTHING: Before = {
  since: -Infinity,
  commits: [],
  borders: new Set(),
  deployments: [],
  deployed: false,
  units: [],
  reopened: new Set(),
  fixers: new Set(),
}

/** What follows from facts, and earlier deployments whose failures turned out otherwise. */
export interface Derivation extends Derived {
  relinked: DeploymentRow[]
}

/**
 * Derives units of delivery and deployments from records. Given all records it is the whole truth of a subject and
 * environment; given those from some moment on, and what stood before, it yields the rows of that time exactly as the
 * whole would. The order and repetition of records do not matter.
 */
export function deriveDelivery(facts: Facts, before: Before = NOTHING): Derivation {
  const commits = mergeCommits(facts.commits)
  const changes = mergeChanges(facts.changes)
  const deployments = mergeDeployments(facts.deployments)
  const history = new History(
    commits,
    before.commits.map((row) => standingBefore(row, before)),
  )
  history.walk(anchorsOf(changes, deployments, commits, before), before.deployed)
  const units = unitsOf(history, changes, commits, facts.unplaced)
  const own = units.changes.filter(({ here }) => here)
  const rows = deploymentRows(deployments, own, history, before.deployments)
  const linked = linkFailures(rows, own, facts, before)
  return {
    commits: units.commits.filter(({ sha }) => !before.borders.has(sha)),
    changes: units.changes,
    deployments: linked.rows.sort((a, b) => compare(a.id, b.id)),
    relinked: linked.earlier,
  }
}

/** What a commit keeps of its place: only what came about before. */
function standingBefore({ unit: _unit, ...row }: CommitRow, { since, borders }: Before): Omit<CommitRow, 'unit'> {
  const integrated = row.integratedAt < since
  const deployed = row.deployedAt < since
  return {
    ...row,
    known: row.known && borders.has(row.sha),
    ...(integrated ? {} : { integratedAt: Infinity, main: null }),
    ...(deployed ? {} : { deployedAt: Infinity, deployment: null, method: null }),
  }
}

function anchorsOf(
  changes: ReturnType<typeof mergeChanges>,
  deployments: readonly Deployment[],
  commits: ReturnType<typeof mergeCommits>,
  before: Before,
): Anchor[] {
  const merges = changes.flatMap((change): Anchor[] => {
    const at = mergedAtOf(change, commits)
    return at === null || at < before.since || change.mergeCommit === null
      ? []
      : [{ kind: 'merge', at, id: change.id, sha: change.mergeCommit }]
  })
  const successes = deployments.filter(({ outcome }) => outcome === 'success')
  return [
    ...merges,
    ...successes.map(({ finishedAt, id, commit, commits: stated }): Anchor => ({
      kind: 'deployment',
      at: finishedAt,
      id,
      sha: commit,
      stated,
    })),
  ]
}

function deploymentRows(
  deployments: readonly Deployment[],
  changes: readonly ChangeRow[],
  history: History,
  earlier: readonly DeploymentRow[],
): DeploymentRow[] {
  const kinds = kindsOf(deployments, earlier, history)
  const brought = Map.groupBy(
    changes.filter(({ deployment }) => deployment !== null),
    ({ deployment }) => deployment!,
  )
  return deployments.map(
    ({
      id,
      records,
      mergedFrom,
      commit,
      artifact,
      startedAt,
      finishedAt,
      repeats,
      planned,
      fixes,
      rollbackOf,
      inferred,
      url,
    }): DeploymentRow => {
      const kind = kinds.get(id)!
      const own = brought.get(id) ?? []
      const hotfix = planned === false || (planned === null && own.length > 0 && own.every((change) => change.hotfix))
      return {
        id,
        records,
        commit,
        artifact,
        startedAt,
        finishedAt,
        kind,
        repeats,
        planned,
        fixes,
        rollbackOf,
        inferred,
        url,
        rework: kind === 'first' && (hotfix || (fixes !== null && planned !== true)),
        failures: [],
        failedBy: [],
        failedAt: null,
        recoveredAt: null,
        flags: [...(hotfix ? ['hotfix'] : []), ...(inferred ? ['inferred'] : []), ...mergedFrom.map((source) => `merged_from:${source}`)],
      }
    },
  )
}

function linkFailures(
  rows: readonly DeploymentRow[],
  changes: readonly ChangeRow[],
  facts: Facts,
  before: Before,
): { rows: DeploymentRow[]; earlier: DeploymentRow[] } {
  const timeline = new Timeline([...before.deployments, ...rows], [...changes, ...before.units])
  const links = failuresOf(
    { incidents: mergeIncidents(facts.incidents), deployments: rows, changes, isHotfix: ({ flags }) => flags.includes('hotfix') },
    timeline,
  )
  const withLinks = (row: DeploymentRow, kept: readonly FailureLink[]): DeploymentRow => {
    const failures = [...kept, ...(links.get(row.id) ?? [])].sort(
      (a, b) => b.confidence - a.confidence || a.at - b.at || compare(a.to, b.to) || compare(a.type, b.type) || compare(a.method, b.method),
    )
    const { flags, ...recovery } = recoveryOf(row.finishedAt, failures)
    return { ...row, failures, ...recovery, flags: [...row.flags.filter((flag) => flag !== 'ended_before_deployed'), ...flags] }
  }
  return {
    rows: rows.map((row) => withLinks(row, [])),
    earlier: before.deployments.map((row) =>
      withLinks(
        row,
        row.failures.filter((link) => !linkedAnew(link, before)),
      ),
    ),
  }
}

/** Whether a link follows from what is derived again; that a deployment fixes an incident follows from the incident. */
function linkedAnew({ to, type, method }: FailureLink, { reopened, fixers }: Before): boolean {
  return reopened.has(to) || (type === 'fix' && method === 'stated' && fixers.has(to))
}
