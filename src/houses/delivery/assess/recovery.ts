import type { Instant } from '../../../ground/core/index.ts'
import type { DeploymentRow, FailureLink } from './facts.ts'

/**
 * When a deployment failed and when that was over: at the earliest of incident resolved, rollback finished, fixing
 * deployment finished. An end before the deployment itself cannot be right and is flagged, not used.
 */
export function recoveryOf(
  finishedAt: Instant,
  failures: readonly FailureLink[],
): Pick<DeploymentRow, 'failedBy' | 'failedAt' | 'recoveredAt'> & { flags: string[] } {
  if (failures.length === 0) return { failedBy: [], failedAt: null, recoveredAt: null, flags: [] }
  const ends = failures.flatMap(({ endedAt }) => endedAt ?? [])
  const possible = ends.filter((end) => end >= finishedAt)
  return {
    failedBy: [...new Set(failures.map(({ to }) => to))],
    failedAt: Math.min(...failures.map(({ at }) => at)),
    recoveredAt: possible.length ? Math.min(...possible) : null,
    flags: possible.length < ends.length ? ['ended_before_deployed'] : [],
  }
}
