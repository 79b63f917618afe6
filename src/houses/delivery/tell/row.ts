import { formatInstant, type Instant, type Ref, type Row, type Unit, type Window } from '../../../ground/core/index.ts'
import {
  type ChangeRow,
  countDeployment,
  type Counted,
  countDuration,
  countRecovery,
  countSize,
  countWaiting,
  type DeploymentRow,
  type DeploymentSide,
  type Duration,
} from '../assess/index.ts'

/** Where and when rows are looked at. */
interface Sight {
  scope: { subject: Ref }
  unit: Unit
  span: Window
  at: Instant
}

/** A change as a row that explains itself; null when it lies outside the span. */
export function changeAsRow(
  row: ChangeRow,
  question: { of: 'duration'; duration: Duration; waiting: boolean } | { of: 'size' },
  sight: Sight,
): Row | null {
  const counted =
    question.of === 'size'
      ? countSize(row, sight.at)
      : (countDuration(row, question.duration, sight.at) ?? (question.waiting ? countWaiting(row, sight.at) : null))
  if (!counted || !within(sight.span, counted)) return null
  const deployed = row.deployment !== null && row.deployedAt !== null && row.deployedAt < sight.at
  return {
    id: row.id,
    subject: sight.scope.subject,
    value: counted.value,
    unit: sight.unit,
    at: formatInstant(counted.time),
    ...(row.title ? { title: row.title } : {}),
    ...(row.url ? { url: row.url } : {}),
    parts:
      question.of === 'size'
        ? { lines: row.lines, generated_lines: row.generatedLines }
        : {
            coding: row.codingSeconds,
            waiting_for_review: row.reviewWaitSeconds,
            review: row.reviewSeconds,
            waiting_for_deployment: deployed ? row.deployWaitSeconds : null,
          },
    links: deployed ? [{ to: row.deployment!, type: 'containedIn', method: row.method!, confidence: 1 }] : [],
    flags: [...row.flags],
    ...(counted.excluded === null ? {} : { excluded: counted.excluded }),
  }
}

/** A deployment as a row that explains itself; null when it lies outside the span or has nothing to say to the question. */
export function deploymentAsRow(
  row: DeploymentRow,
  question: { of: 'deployments'; side: DeploymentSide } | { of: 'recovery' },
  sight: Sight,
): Row | null {
  const counted = question.of === 'recovery' ? countRecovery(row, sight.at) : countDeployment(row, question.side, sight.at)[0]
  if (!counted || !within(sight.span, counted)) return null
  const value = question.of === 'recovery' || counted.value === null ? counted.value : question.side === 'all' ? 1 : Number(counted.hit)
  return {
    id: row.id,
    subject: sight.scope.subject,
    value,
    unit: sight.unit,
    at: formatInstant(row.finishedAt),
    title: deployedWords(row),
    ...(row.url ? { url: row.url } : {}),
    parts: row.repeats > 0 ? { other_regions: row.repeats } : {},
    links: row.failures
      .filter(({ at }) => at < sight.at)
      .map(({ to, type, method, confidence }) => ({ to, type: LINK_WORDS[type], method, confidence })),
    flags: [
      ...row.flags,
      ...(knowsCommit(row) ? [] : ['commit_not_known']),
      ...(question.of === 'recovery' && !counted.ended ? ['still_open'] : []),
    ],
    ...(counted.excluded === null ? {} : { excluded: counted.excluded }),
  }
}

function deployedWords(row: DeploymentRow): string {
  if (!knowsCommit(row)) return `${row.artifact}, commit not known`
  return `commit ${row.commit.slice(0, 12)}${row.artifact ? `, ${row.artifact}` : ''}`
}

/** False where the digest of the artifact stands for the commit, since its sender did not tell which one was built. */
function knowsCommit({ commit, artifact }: DeploymentRow): boolean {
  return !new RegExp(`sha\\d+(?::|%3A)${commit}`, 'i').test(artifact ?? '')
}

/** How a deployment is linked to what shows that it failed. */
const LINK_WORDS: Record<DeploymentRow['failures'][number]['type'], string> = {
  incident: 'caused',
  rollback: 'rolledBackBy',
  revert: 'revertedBy',
  fix: 'fixedBy',
}

function within(span: Window, { time }: Counted): boolean {
  return time >= span.from && time < span.to
}
