import { type Instant, SECOND } from '../../../ground/core/index.ts'
import type { ChangeRow } from './facts.ts'

type Times = Pick<ChangeRow, 'authoredAt' | 'openedAt' | 'reviewedAt' | 'mergedAt' | 'deployedAt'>
type Durations = Pick<ChangeRow, 'leadSeconds' | 'codingSeconds' | 'reviewWaitSeconds' | 'reviewSeconds' | 'deployWaitSeconds' | 'excluded'>

/**
 * Lead time of a change and what it is made of: from its first authored commit until production has it, by way of
 * opened, first reviewed, merged. A part whose ends are out of order is flagged and left open, and the total is not
 * touched by it; only a total below zero is excluded. (Dropping or clamping negative parts and adding up the rest
 * falsifies totals.)
 * @param how.direct a commit without a change: it was never opened or reviewed, its work ends when it is committed
 * @param how.first the deployment that holds it has nothing before it, so nobody can say what was new in it
 */
export function leadTimeOf(
  { authoredAt, openedAt, reviewedAt, mergedAt, deployedAt }: Times,
  how: { direct: boolean; first: boolean },
): Durations & { flags: string[] } {
  const flags: string[] = []
  const part = (from: Instant | null, to: Instant | null, flag: string): number | null => {
    if (from === null || to === null) return null
    if (to >= from) return (to - from) / SECOND
    if (!flags.includes(flag)) flags.push(flag)
    return null
  }
  const parts = {
    codingSeconds: part(authoredAt, how.direct ? mergedAt : openedAt, how.direct ? 'authored_after_merge' : 'opened_before_authored'),
    reviewWaitSeconds: part(openedAt, reviewedAt, 'reviewed_before_opened'),
    reviewSeconds: part(reviewedAt, mergedAt, 'reviewed_after_merge'),
    deployWaitSeconds: part(mergedAt, deployedAt, 'deployed_before_merge'),
  }
  if (authoredAt !== null && mergedAt !== null && authoredAt > mergedAt) {
    if (!flags.includes('authored_after_merge')) flags.push('authored_after_merge')
    parts.codingSeconds = null
  }
  if (deployedAt === null) return { ...parts, leadSeconds: null, excluded: null, flags }
  if (how.first) return { ...parts, leadSeconds: null, excluded: 'no_previous_deployment', flags }
  if (authoredAt === null) return { ...parts, leadSeconds: null, excluded: 'no_authored_time', flags }
  const total = (deployedAt - authoredAt) / SECOND
  return total < 0
    ? { ...parts, leadSeconds: null, excluded: 'deployed_before_authored', flags }
    : { ...parts, leadSeconds: total, excluded: null, flags }
}
