import { type Claim, formatDuration, formatQuantity, type Reading, windowDays } from '../../../ground/core/index.ts'
import { lowerFirst } from '../../vision/index.ts'
import { differenceOf } from '../decide/difference.ts'
import { claim, fromReading } from './claims.ts'
import type { BriefFacts, Compared } from './facts.ts'
import { count, nWords } from './words.ts'

/** The stages between a first commit and production that are measured by themselves. */
const STAGES = ['delivery.review_wait', 'delivery.review_time', 'delivery.deploy_wait'] as const

type Known = Compared & { value: number }

/** Delivery in the window, most telling first; what is unknown is said elsewhere. */
export function deliveryClaims({
  delivery,
  deliveryWindow,
  incidentsKnown,
}: Pick<BriefFacts, 'delivery' | 'deliveryWindow' | 'incidentsKnown'>): Claim[] {
  return [
    ...about(delivery, 'delivery.change_lead_time', (lead) => leadTime(lead, delivery)),
    ...about(delivery, 'delivery.deployment_frequency', (frequency) => deployments(frequency, windowDays(deliveryWindow))),
    ...stabilityClaims({ delivery, incidentsKnown }),
    ...about(delivery, 'delivery.change_size', sizes),
  ]
}

/**
 * How often deployments fail their users, and how soon that is put right.
 * @param span the window in words, where nothing else says it
 */
export function stabilityClaims({ delivery, incidentsKnown }: Pick<BriefFacts, 'delivery' | 'incidentsKnown'>, span = ''): Claim[] {
  return [
    ...about(delivery, 'delivery.change_failure_rate', (rate) => failures(rate, incidentsKnown, span)),
    ...about(delivery, 'delivery.failed_deployment_recovery_time', (time) => (time.now.n < FEW ? [] : recovery(time))),
    ...about(delivery, 'delivery.rework_rate', rework),
  ]
}

function about(delivery: BriefFacts['delivery'], id: string, tell: (known: Known) => Claim | Claim[]): Claim[] {
  const compared = delivery.get(id)
  return compared && compared.now.value !== null ? [tell({ ...compared, value: compared.now.value })].flat() : []
}

function recovery(one: Known): Claim {
  return grounded(
    `Half of the failed deployments are put right within ${formatDuration(one.value)} (${nWords(one.now)})${since(one)}.`,
    one,
  )
}

function rework(one: Known): Claim {
  return grounded(
    `${share(one.value)} of the deployments were unplanned and repaired a failure that users met (${nWords(one.now)})${since(one)}.`,
    one,
  )
}

/** Fewest failures whose half says anything. */
const FEW = 3

/** Below this nothing waits: users run what is committed. */
const AT_ONCE = 60

function leadTime(lead: Known, delivery: BriefFacts['delivery']): Claim {
  const { quantiles } = lead.now
  if (lead.value < AT_ONCE)
    return grounded(
      `${(quantiles?.p90 ?? 0) < AT_ONCE ? 'Nearly all changes reach' : 'Half of the changes reach'} users the moment they are committed (${nWords(lead.now)}).`,
      lead,
    )
  const slow = quantiles ? `, nine of ten within ${formatDuration(quantiles.p90)}` : ''
  const stage = longestStage(delivery)
  const wait = stage
    ? ` The longest stage we can see is ${lowerFirst(stage.title)}: ${formatDuration(stage.value)} (${nWords(stage.now)}).`
    : ''
  const text = `Half of the changes reach users within ${formatDuration(lead.value)} of their first commit${slow} (${nWords(lead.now)})${since(lead)}.${wait}`
  return grounded(text, lead, ...(stage ? [stage.now] : []))
}

function longestStage(delivery: BriefFacts['delivery']): Known | null {
  const known = STAGES.flatMap((id) => {
    const stage = delivery.get(id)
    return stage && stage.now.value !== null && stage.now.value > 0 ? [{ ...stage, value: stage.now.value }] : []
  })
  return known.sort((a, b) => b.value - a.value)[0] ?? null
}

function deployments(frequency: Known, days: number): Claim {
  const { now, value } = frequency
  if (value === 0) return grounded(`Nothing was deployed to production in ${count(Math.round(days), 'day')}${since(frequency)}.`, frequency)
  return grounded(
    `${count(now.n, 'deployment')} to production in ${count(Math.round(days), 'day')}, ${formatQuantity(value, '1/d')}${since(frequency)}.`,
    frequency,
  )
}

function failures(failure: Known, incidentsKnown: boolean, span: string): Claim {
  const { now, value } = failure
  const failed = Math.round(value * now.n)
  const all = `${count(now.n, 'deployment')}${span}`
  if (failed === 0) {
    const silent = incidentsKnown ? '' : '; no incident was ever recorded here, so only a rollback, revert or hotfix would tell'
    return grounded(`None of ${all} is known to have failed its users${upTo(now)}${since(failure)}${silent}.`, failure)
  }
  const told = incidentsKnown ? '' : '; told by rollbacks, reverts and hotfixes alone, since no incident was ever recorded here'
  return grounded(
    `${incidentsKnown ? '' : 'At least '}${failed} of ${all} failed their users (${share(value)}${interval(now)})${since(failure)}${told}.`,
    failure,
  )
}

/** Nothing found in a few tries says little: the upper end of the interval says how little. */
function upTo(now: Reading): string {
  return now.interval ? ` (up to ${share(now.interval.high)} would look the same)` : ''
}

function sizes(size: Known): Claim {
  const { quantiles } = size.now
  const large = quantiles ? `, one in ten more than ${lines(quantiles.p90)}` : ''
  return grounded(`Half of the changes have at most ${lines(size.value)}${large} (${nWords(size.now)})${since(size)}.`, size)
}

export function lines(amount: number): string {
  const whole = Math.round(amount)
  return `${whole.toLocaleString('en-GB')} ${whole === 1 ? 'line' : 'lines'}`
}

function share(ratio: number): string {
  return formatQuantity(ratio, 'ratio')
}

function interval(now: Reading): string {
  if (!now.interval) return `; ${nWords(now)}`
  return `; ${Math.round(now.interval.level * 100)} %: ${share(now.interval.low)} to ${share(now.interval.high)}`
}

/** What became of it since the window before, only as far as the intervals carry. */
function since({ now, before, better }: Compared): string {
  const difference = differenceOf(now, before, better ?? null)
  if (!difference) return ''
  const earlier = formatQuantity(difference.before, now.unit)
  if (difference.kind === 'unclear') return `, no clear change from ${earlier} in the weeks before`
  return `, ${difference.moved} from ${earlier} in the weeks before${difference.better === null ? '' : difference.better ? ', which is better' : ', which is worse'}`
}

function grounded(text: string, compared: Compared, ...more: readonly Reading[]): Claim {
  const before = text.includes('weeks before') && compared.before ? [fromReading(compared.before)] : []
  return claim(text, fromReading(compared.now), ...before, ...more.map(fromReading))
}
