import type { Instant } from '../../../ground/core/index.ts'
import type { Facts } from './facts.ts'

/** The facts of a moment: what happened later had not happened, what ended later was still open. */
export function happenedBefore({ commits, changes, deployments, incidents, unplaced }: Facts, at: Instant): Facts {
  const yet = (time: Instant | null) => (time !== null && time < at ? time : null)
  return {
    commits,
    changes: changes.map((change) =>
      change.mergedAt !== null && change.mergedAt >= at ? { ...change, mergedAt: null, mergeCommit: null } : change,
    ),
    deployments: deployments.filter(({ finishedAt }) => finishedAt < at),
    incidents: incidents.filter(({ openedAt }) => openedAt < at).map((incident) => ({ ...incident, resolvedAt: yet(incident.resolvedAt) })),
    unplaced,
  }
}
