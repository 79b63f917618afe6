import { dayWords, type Instant, type Unknown } from '../../../ground/core/index.ts'
import type { Evidence } from './ever.ts'
import type { Question } from './question.ts'

/** What is there to answer from. */
export interface Found {
  n: number
  hits: number
  excluded: Readonly<Record<string, number>>
  ever: Evidence
  window: { from: Instant; to: Instant }
}

/** Whether a question is answered by what was counted alone, whatever was ever told before or after. */
export function speaksForItself(question: Question, { n, hits }: Pick<Found, 'n' | 'hits'>): boolean {
  if (question.of === 'size') return true
  return n > 0 && (question.of !== 'deployments' || question.side === 'all' || hits > 0)
}

/** Why a question has no answer; null when it has one. Nothing heard is told apart from nothing happened. */
export function reasonFor(question: Question, found: Found): Unknown | null {
  const { n, excluded, ever, window } = found
  if (question.of === 'size') return n > 0 ? null : excluded.lines_not_known ? LINES_NOT_KNOWN : NOTHING_MERGED
  if (speaksForItself(question, found)) return null
  if (ever.firstDeployment === null || ever.firstDeployment >= window.to) return noDeployments(ever.firstDeployment)
  if (question.of === 'duration') return noDuration(excluded)
  if (question.of === 'recovery') return ever.failures ? NO_FAILURES : NO_SIGN_OF_FAILURE
  if (question.side === 'all') return null
  if (n === 0) return NOTHING_DEPLOYED
  if (question.side === 'failed') return ever.failures ? null : NO_SIGN_OF_FAILURE
  return ever.plans ? null : PLANS_NOT_STATED
}

function noDeployments(first: Instant | null): Unknown {
  return {
    code: 'no_deployments',
    why:
      first === null
        ? 'No deployment to this environment is known.'
        : `The first deployment that is known finished on ${dayWords(first)}, after this window.`,
    fix:
      first === null
        ? 'Send "deployment" evidence from the pipeline, or tag releases with their version, such as v1.2.3, and scan again.'
        : 'Choose a later window.',
  }
}

function noDuration(excluded: Readonly<Record<string, number>>): Unknown {
  if (excluded.no_previous_deployment) {
    return {
      code: 'no_previous_deployment',
      why: 'Only the first known deployment lies in this window. It holds everything written before it, so nobody can say what it newly brought.',
      fix: 'Wait for the next deployment, or let the sender state "commits" with the first.',
    }
  }
  if (excluded.part_not_known)
    return {
      code: 'part_not_known',
      why: 'The changes that reached users in this window do not say when this step began and ended.',
      fix: 'Connect the source of pull requests with their times of opening, review and merge.',
    }
  return {
    code: 'no_data',
    why: excluded.not_deployed_yet
      ? 'Changes were merged in this window, but no known deployment holds them.'
      : 'No change is known to have reached users in this window.',
    fix: 'Scan the repository, so that it is known which commits a deployment holds, or send "commits" with each deployment.',
  }
}

const NOTHING_MERGED: Unknown = {
  code: 'no_data',
  why: 'No change was merged in this window.',
  fix: 'Choose a longer window, or scan the repository.',
}
const LINES_NOT_KNOWN: Unknown = {
  code: 'lines_not_known',
  why: 'Changes were merged in this window, but none says how many lines it has.',
  fix: 'Scan the repository, or send "additions" and "deletions" with each change.',
}
const NOTHING_DEPLOYED: Unknown = { code: 'no_data', why: 'Nothing new was deployed in this window.', fix: 'Choose a longer window.' }
const NO_FAILURES: Unknown = {
  code: 'no_failures',
  why: 'No deployment of this window is known to have failed, so there was nothing to recover from.',
  fix: 'Choose a longer window.',
}
const NO_SIGN_OF_FAILURE: Unknown = {
  code: 'no_failure_evidence',
  why: 'No incident, rollback, revert or hotfix has ever been recorded here, so silence cannot be told from success.',
  fix: 'Send "incident" evidence, or "rollbackOf" and "fixes" with deployments.',
}
const PLANS_NOT_STATED: Unknown = {
  code: 'no_rework_evidence',
  why: 'No deployment here has ever said whether it was planned or what it fixes, so silence cannot be told from none.',
  fix: 'Send "planned" or "fixes" with deployments, or name hotfix branches hotfix/….',
}
