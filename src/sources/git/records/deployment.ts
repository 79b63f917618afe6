import { formatInstant } from '../../../ground/core/index.ts'
import type { EvidenceOf } from '../../../ground/ledger/index.ts'
import type { PlannedDeployment } from '../deployments/plan.ts'
import type { History } from '../history/history.ts'
import { recordMoment, withoutLeftovers } from './revision.ts'

const MOST_COMMITS = 100_000

/**
 * The record of a deployment inferred from a tag or the main branch. Beside the fields of CONTRACTS it carries `by`
 * (annotated-tag, lightweight-tag, main) and `component`, the name in the tag when no component of that name is known.
 * @param commits what it newly contains, of the folder it concerns; null when that is not known
 */
export function deploymentRecord(
  history: History,
  { id, target, commit, finishedAt, confidence, by }: PlannedDeployment,
  commits: readonly number[] | null,
  revisedAt?: number,
): EvidenceOf<'deployment'> {
  const record: EvidenceOf<'deployment'> = {
    kind: 'deployment',
    source: 'git',
    id,
    subject: target.subject,
    at: recordMoment(finishedAt * 1000, revisedAt),
    basis: 'inferred',
    environment: 'production',
    commit: history.sha(commit),
    ...(commits && commits.length <= MOST_COMMITS ? { commits: commits.map((one) => history.sha(one)) } : {}),
    finishedAt: formatInstant(finishedAt * 1000),
    outcome: 'success',
    confidence,
    by,
    ...(target.unknownComponent ? { component: target.unknownComponent } : {}),
  }
  return withoutLeftovers(record, ['commits', 'component'], revisedAt !== undefined)
}
