import type { Instant } from '../../../ground/core/index.ts'
import type { ChangeRow, DeploymentRow } from './facts.ts'

/** One derived row as a measure sees it. */
export interface Counted {
  /** When it counts. */
  time: Instant
  /** What it contributes; null when it does not count. */
  value: number | null
  /** For durations: whether it had ended. */
  ended: boolean
  /** For shares: whether it is a hit. */
  hit: boolean
  /** Why it does not count; null when it does. */
  excluded: string | null
  /** How many records stand behind it: a row that counts beside may stand for several. */
  weight: number
}

/** Durations of a change that are measures of their own. */
export type Duration = 'leadSeconds' | 'codingSeconds' | 'reviewWaitSeconds' | 'reviewSeconds' | 'deployWaitSeconds'

/** A change as one value of a duration, dated by the deployment that first held it. */
export function countDuration(row: ChangeRow, duration: Duration, at: Instant): Counted | null {
  if (!row.here || row.deployedAt === null || row.deployedAt >= at) return null
  const excluded = row.excluded ?? (row[duration] === null ? 'part_not_known' : null)
  return counted(row.deployedAt, { value: excluded === null ? row[duration] : null, excluded })
}

/** A change that was merged and has not reached users. */
export function countWaiting(row: ChangeRow, at: Instant): Counted | null {
  if (!row.here || row.mergedAt === null || row.mergedAt >= at || (row.deployedAt !== null && row.deployedAt < at)) return null
  return counted(row.mergedAt, { excluded: 'not_deployed_yet' })
}

/** A merged change by its size. */
export function countSize(row: ChangeRow, at: Instant): Counted | null {
  if (!row.here || row.mergedAt === null || row.mergedAt >= at) return null
  return counted(row.mergedAt, { value: row.lines, excluded: row.lines === null ? 'lines_not_known' : null })
}

/** What is asked of deployments. */
export type DeploymentSide = 'all' | 'failed' | 'rework'

/** A deployment by whether it was new, and whether it failed or mended something. */
export function countDeployment(row: DeploymentRow, side: DeploymentSide, at: Instant): Counted[] {
  if (row.finishedAt >= at) return []
  const hit = side === 'failed' ? row.failedAt !== null && row.failedAt < at : side === 'rework' && row.rework
  const excluded = row.kind === 'first' ? null : row.kind
  const own = counted(row.finishedAt, { value: excluded === null ? 1 : null, hit: excluded === null && hit, excluded })
  return row.repeats > 0 ? [own, counted(row.finishedAt, { excluded: 'another_region', weight: row.repeats })] : [own]
}

/** How long a failed deployment stayed failed; one that has not recovered has lasted until the moment asked about. */
export function countRecovery(row: DeploymentRow, at: Instant): Counted | null {
  if (row.kind !== 'first' || row.finishedAt >= at || row.failedAt === null || row.failedAt >= at) return null
  const ended = row.recoveredAt !== null && row.recoveredAt < at
  if (row.recoveredAt === null && row.flags.includes('ended_before_deployed'))
    return counted(row.finishedAt, { excluded: 'ended_before_deployed' })
  return counted(row.finishedAt, { value: ((ended ? row.recoveredAt! : at) - row.finishedAt) / 1000, ended })
}

function counted(time: Instant, more: Partial<Counted>): Counted {
  return { time, value: null, ended: true, hit: false, excluded: null, weight: 1, ...more }
}
