import type { Instant } from '../../../ground/core/index.ts'
import type { DeploymentKind, DeploymentRow } from './facts.ts'
import type { History } from './history.ts'
import type { Deployment } from './merge/deployments.ts'

/**
 * What each deployment was, in order of time. Going back to a commit that ran earlier than the present one is a
 * rollback; the present commit, or one rolled back before, deployed again is a redeployment. A commit never deployed
 * for itself that an earlier deployment already held is an older commit arriving late.
 * @param earlier successful deployments before these
 */
export function kindsOf(
  deployments: readonly Deployment[],
  earlier: readonly DeploymentRow[],
  history: History,
): Map<string, DeploymentKind> {
  const kinds = new Map<string, DeploymentKind>()
  const firstRun = new Map<string, Instant>()
  let live: { commit: string; startedAt: Instant | null } | null = null
  const ran = (commit: string, finishedAt: Instant, startedAt: Instant | null) => {
    if (!firstRun.has(commit)) firstRun.set(commit, finishedAt)
    live = { commit, startedAt }
  }
  const kindOf = ({ id, commit, startedAt, rollbackOf }: Deployment): DeploymentKind => {
    if (rollbackOf !== null) return 'rollback'
    const before = firstRun.get(commit)
    if (before === undefined) return history.get(commit)?.deployment === id ? 'first' : 'older_commit'
    const present = live === null ? undefined : firstRun.get(live.commit)
    const late = startedAt !== null && live?.startedAt != null && startedAt < live.startedAt
    return present !== undefined && before < present && !late ? 'rollback' : 'redeployment'
  }
  for (const row of earlier) if (row.kind !== 'unsuccessful') ran(row.commit, row.finishedAt, row.startedAt)
  for (const deployment of deployments) {
    if (deployment.outcome !== 'success') {
      kinds.set(deployment.id, 'unsuccessful')
      continue
    }
    kinds.set(deployment.id, kindOf(deployment))
    ran(deployment.commit, deployment.finishedAt, deployment.startedAt)
  }
  return kinds
}
