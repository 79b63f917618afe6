import { DAY } from '../../../ground/core/index.ts'
import type { ChangeRow, DeploymentRow, FailureLink } from './facts.ts'
import { inTime } from './merge/deployments.ts'
import type { Incident } from './merge/incidents.ts'
import type { Timeline } from './timeline.ts'

/** Whatever may say that a deployment failed. */
export interface FailureSigns {
  incidents: readonly Incident[]
  /** Deployments that may be rollbacks or fixes. */
  deployments: readonly DeploymentRow[]
  /** Units that may revert others. */
  changes: readonly ChangeRow[]
  /** Hotfixes among the deployments. */
  isHotfix: (row: DeploymentRow) => boolean
}

/** How an incident was traced to a deployment. */
interface Cause {
  row: DeploymentRow
  method: string
  confidence: number
}

/** How long after a deployment an incident is put down to it when nothing better is known. */
const SUSPICION = DAY

/**
 * Links every failure to the deployment that caused it; an incident to one deployment at most. Order of methods, best
 * first: a stated id (1.0), the same commit or artifact (0.95), a rollback, revert or fix (0.9), opened within 24 h
 * after it and before the next (0.5). A failed pipeline is no failed change: nothing reached users.
 * @returns links by deployment
 */
export function failuresOf(signs: FailureSigns, timeline: Timeline): Map<string, FailureLink[]> {
  const links = new Map<string, FailureLink[]>()
  const add = (row: DeploymentRow, link: FailureLink) => links.set(row.id, [...(links.get(row.id) ?? []), link])
  const fixersOf = Map.groupBy(
    timeline.rows.filter(({ fixes }) => fixes !== null),
    ({ fixes }) => fixes!,
  )
  const named = new Set<string>()
  for (const incident of signs.incidents) {
    for (const name of incident.names) named.add(name)
    const fixers = incident.names.flatMap((name) => fixersOf.get(name) ?? [])
    const cause = causeOf(incident, fixers, timeline)
    if (!cause) continue
    add(cause.row, {
      to: incident.id,
      type: 'incident',
      method: cause.method,
      confidence: cause.confidence,
      at: incident.openedAt,
      endedAt: incident.resolvedAt,
    })
    for (const { id, finishedAt } of fixers) {
      if (finishedAt > cause.row.finishedAt)
        add(cause.row, { to: id, type: 'fix', method: 'stated', confidence: cause.confidence, at: finishedAt, endedAt: finishedAt })
    }
  }
  for (const row of signs.deployments) {
    const target = row.kind === 'rollback' ? rolledBack(row, timeline) : hotfixed(row, named, signs, timeline)
    if (target)
      add(target.row, {
        to: row.id,
        type: row.kind === 'rollback' ? 'rollback' : 'fix',
        method: target.method,
        confidence: target.confidence,
        at: row.finishedAt,
        endedAt: row.finishedAt,
      })
  }
  for (const change of signs.changes) {
    const row = reverted(change, timeline)
    if (row)
      add(row, {
        to: change.id,
        type: 'revert',
        method: 'revert',
        confidence: 0.9,
        at: Math.max(change.mergedAt ?? change.deployedAt!, row.finishedAt),
        endedAt: change.deployedAt,
      })
  }
  return links
}

function causeOf(incident: Incident, fixers: readonly DeploymentRow[], timeline: Timeline): Cause | null {
  const { causedBy, commit, artifact, openedAt } = incident
  const stated = causedBy === null ? null : timeline.named(causedBy)
  if (stated) return { row: timeline.firstOf(stated), method: 'stated', confidence: 1 }
  for (const sha of [causedBy, commit]) {
    const row = sha === null ? null : timeline.holding(sha.toLowerCase())
    if (row) return { row, method: 'same_commit', confidence: 0.95 }
  }
  for (const name of [causedBy, artifact]) {
    const row = name === null ? null : timeline.withArtifact(name)
    if (row) return { row: timeline.firstOf(row), method: 'same_artifact', confidence: 0.95 }
  }
  const suspect = timeline.lastFirstUntil(openedAt)
  if (suspect && fixers.some(({ finishedAt }) => finishedAt > openedAt)) return { row: suspect, method: 'fixed_by', confidence: 0.9 }
  const next = timeline.nextAfter(openedAt)
  const undone =
    next?.kind === 'rollback' && next.finishedAt <= (incident.resolvedAt ?? Infinity) ? rolledBack(next, timeline)?.row : undefined
  if (undone && undone.finishedAt <= openedAt) return { row: undone, method: 'rolled_back', confidence: 0.9 }
  const last = timeline.lastUntil(openedAt)
  const row = last?.kind === 'redeployment' ? timeline.firstOf(last) : last
  return row?.kind === 'first' && openedAt - row.finishedAt <= SUSPICION ? { row, method: 'soon_after', confidence: 0.5 } : null
}

/** What a rollback went back from: the earlier deployment it names, else what ran right before it. */
function rolledBack(rollback: DeploymentRow, timeline: Timeline): Cause | null {
  const stated = rollback.rollbackOf === null ? null : timeline.named(rollback.rollbackOf)
  if (stated && inTime(stated, rollback) < 0) return { row: timeline.firstOf(stated), method: 'stated', confidence: 1 }
  const live = timeline.before(rollback)
  const row = live ? timeline.firstOf(live) : null
  return row && row.kind === 'first' && row.commit !== rollback.commit ? { row, method: 'rollback', confidence: 0.9 } : null
}

/** What a hotfix mends: the last deployment before it that brought something new, unless it names an incident we know. */
function hotfixed(row: DeploymentRow, incidents: ReadonlySet<string>, { isHotfix }: FailureSigns, timeline: Timeline): Cause | null {
  if (row.kind !== 'first' || !isHotfix(row) || (row.fixes !== null && incidents.has(row.fixes))) return null
  const before = timeline.firstBefore(row)
  return before ? { row: before, method: 'hotfix', confidence: 0.9 } : null
}

/**
 * The deployment whose change was reverted after it had reached users; none when both went out together, or when the
 * revert had landed before: nobody had met the change by then, as where a main line lets go of what a release keeps.
 */
function reverted(change: ChangeRow, timeline: Timeline): DeploymentRow | null {
  const target = change.reverts === null ? null : (timeline.unit(change.reverts) ?? timeline.unit(`#${change.reverts}`))
  const row = target ? timeline.byId(target.deployment) : null
  if (!row || target!.id === change.id || change.deployment === row.id) return null
  const since = change.mergedAt ?? change.deployedAt
  return since !== null && since > row.finishedAt ? row : null
}
