import { DAY, formatDuration, formatInstant, formatQuantity, parseQuantity, type Reading, SECOND } from '../../../ground/core/index.ts'
import type { Rule } from '../intent/index.ts'
import { endWords, isIn, wallClock } from './calendar.ts'
import type { Evidence, OpenIncident, PastDeployment, Release } from './evidence.ts'
import type { Grounds, Judged } from './verdict.ts'

type RuleOf<Kind extends Rule['rule']> = Extract<Rule, { rule: Kind }>

/** Whether the clock stands in a freeze. Nothing about a calendar is unknown. */
export function judgeFreeze({ zone, spans }: RuleOf<'freeze'>, { at, belongs }: Evidence): Judged {
  const wall = wallClock(at, zone)
  const shut = spans.filter((span) => isIn(span, wall))
  const bound = shut.filter(({ except }) => !except.some((subject) => belongs.includes(subject)))
  if (bound.length > 0)
    return {
      state: 'fail',
      words: `frozen: ${bound.map(({ reason }) => reason).join('; ')}`,
      evidence: [],
      turnsGreen: bound.map((span) => endWords(span, wall, zone)).join(' and '),
    }
  const free = shut.length > 0 ? `frozen (${shut.map(({ reason }) => reason).join('; ')}), but not for it` : 'no freeze'
  return { state: 'pass', words: `${free} at ${wall.text.replace('T', ' ')} (${zone})`, evidence: [], turnsGreen: null }
}

/** Whether an incident that counts is open; those the release fixes are no reason to hold it. */
export function judgeIncidents({ severities }: RuleOf<'open_incident'>, { fixes }: Release, evidence: Evidence): Judged {
  const counts = ({ severity }: OpenIncident) => severities === null || severity === null || severities.includes(severity.toLowerCase())
  const open = evidence.incidents.filter(counts)
  const fixed = open.filter(({ names }) => names.some((name) => fixes.includes(name)))
  const left = open.filter((incident) => !fixed.includes(incident))
  const grounds = open.map(({ id, subject, title, openedAt }): Grounds => ({
    kind: 'record',
    id,
    of: subject,
    title,
    at: formatInstant(openedAt),
  }))
  if (left.length > 0) {
    const names = left.map(
      ({ title, severity, openedAt }) => `${title}${severity ? ` (${severity})` : ''}, open for ${since(evidence.at, openedAt)}`,
    )
    return {
      state: 'fail',
      words: `${left.length === 1 ? 'an incident is' : `${left.length} incidents are`} open: ${names.join('; ')}`,
      evidence: grounds,
      turnsGreen: `${left.length === 1 ? 'The incident is' : 'All of them are'} resolved; or say that this release fixes ${left.length === 1 ? 'it' : 'them'}.`,
    }
  }
  if (fixed.length > 0)
    return {
      state: 'pass',
      words: `it fixes what is open: ${fixed.map(({ title }) => title).join('; ')}`,
      evidence: grounds,
      turnsGreen: null,
    }
  if (!evidence.incidentsHeard)
    return {
      state: 'unknown',
      words: 'unknown: no incident was ever told here, so silence says nothing',
      evidence: [],
      turnsGreen: 'Connect the system that knows of incidents, or send "incident" evidence.',
    }
  return { state: 'pass', words: 'no incident is open', evidence: [], turnsGreen: null }
}

/** Whether more of the last deployments failed than the rule bears. */
export function judgeFailures(rule: RuleOf<'recent_failures'>, { at, deployments, failuresHeard }: Evidence): Judged {
  const looked =
    rule.last !== null ? deployments.slice(0, rule.last) : deployments.filter(({ finishedAt }) => finishedAt >= at - rule.within!)
  const failed = looked.filter((deployment) => deployment.failed)
  const stretch =
    rule.last !== null
      ? `the last ${looked.length === 1 ? 'deployment' : `${looked.length} deployments`}`
      : `the last ${formatDuration(rule.within! / SECOND)}`
  const evidence = failed.map(({ id, finishedAt, failedBy }): Grounds => ({
    kind: 'record',
    id,
    at: formatInstant(finishedAt),
    ...(failedBy.length > 0 ? { title: `failed: ${failedBy.join(', ')}` } : {}),
  }))
  if (failed.length > rule.atMost)
    return {
      state: 'fail',
      words: `${failed.length} of ${stretch} failed; at most ${rule.atMost}`,
      evidence,
      turnsGreen: turnsGreenAfter(rule, failed),
    }
  if (deployments.length === 0 && rule.last !== null)
    return {
      state: 'unknown',
      words: 'unknown: no deployment of it is known',
      evidence,
      turnsGreen: 'Send "deployment" evidence from the pipeline.',
    }
  if (failed.length === 0 && !failuresHeard)
    return {
      state: 'unknown',
      words: 'unknown: nothing that could tell of failures was ever heard',
      evidence,
      turnsGreen: 'Send "incident" evidence, or "rollbackOf" and "fixes" with deployments.',
    }
  const count = failed.length === 0 ? 'none' : String(failed.length)
  return { state: 'pass', words: `${count} of ${stretch} failed`, evidence, turnsGreen: null }
}

/** The failures that are one too many have to fall out of the stretch. */
function turnsGreenAfter(rule: RuleOf<'recent_failures'>, failed: readonly PastDeployment[]): string {
  if (rule.last !== null)
    return `At most ${rule.atMost} of its last ${rule.last} deployments failed; one that fixes a failure may say so (purpose fix).`
  const leaves = failed[rule.atMost]!.finishedAt + rule.within!
  return `After ${formatInstant(leaves)}, when enough of them lie further back than ${formatDuration(rule.within! / SECOND)}.`
}

/** Whether a measure keeps its limit. */
export function judgeMeasure(rule: RuleOf<'measure'>, reading: Reading | undefined): Judged {
  const wanted = rule.atMost === null ? `at least ${rule.atLeast}` : `at most ${rule.atMost}`
  const evidence: Grounds[] = reading ? [{ kind: 'reading', reading }] : []
  const about = `${rule.measure}${rule.quantile ? ` ${rule.quantile}` : ''}`
  const value = reading ? (rule.quantile ? (reading.quantiles?.[rule.quantile] ?? null) : reading.value) : null
  if (!reading || value === null)
    return {
      state: 'unknown',
      words: `${about} is unknown: ${reading?.unknown?.why ?? 'it cannot be read'}`,
      evidence,
      turnsGreen: reading?.unknown?.fix ?? 'Send values of this measure.',
    }
  const limit = parseQuantity(rule.atMost ?? rule.atLeast!, reading.unit)
  if (!limit.ok)
    return {
      state: 'unknown',
      words: `the limit ${rule.atMost ?? rule.atLeast} cannot be read in the unit of ${rule.measure} (${reading.unit})`,
      evidence,
      turnsGreen: `Write the limit in ${reading.unit}.`,
    }
  const keeps = rule.atMost === null ? value >= limit.value : value <= limit.value
  return {
    state: keeps ? 'pass' : 'fail',
    words: `${about} is ${formatQuantity(value, reading.unit)} (n = ${reading.n}, ${Math.round(rule.window / DAY)} d); ${wanted}`,
    evidence,
    turnsGreen: keeps ? null : `${about} ${wanted}`,
  }
}

function since(at: number, openedAt: number): string {
  return formatDuration((at - openedAt) / SECOND)
}
