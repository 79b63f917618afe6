import { dayWords, type Claim, formatDuration, formatQuantity, type Reading, windowDays } from '../../../ground/core/index.ts'
import { claim, fromEvidence, fromReading } from './claims.ts'
import { lines } from './delivery.ts'
import type { RepositoryFacts } from './facts.ts'
import { count, nameWords } from './words.ts'

/** Fewest records a share or median of work is told from; below, it says more about chance. */
const FEW = 5

/**
 * What leaves a repository and how fast: versions, lead time, sizes, the longest way. True of any history. `span` is the
 * window in words, since a reader who has just read its dates need not read them again in each sentence.
 */
export function shippingClaims(facts: RepositoryFacts, span: string): Claim[] {
  return [...quietClaim(facts), ...versions(facts, span), ...leadTime(facts, span), ...sizes(facts, span), ...longest(facts, span)]
}

/** How work arrives: through changes or directly, by whom, where. */
export function arrivalClaims(facts: RepositoryFacts, span: string): Claim[] {
  return [...throughChanges(facts, span), ...area(facts, span), ...people(facts, span), ...bots(facts, span), ...owners(facts)]
}

function quietClaim({ window, commits }: RepositoryFacts): Claim[] {
  return window.quiet
    ? [claim(`No commit is known after ${dayWords(window.to - 1)}; what follows tells of the time before.`, fromReading(commits))]
    : []
}

function versions({ frequency, latestDeployment: latest, window }: RepositoryFacts, span: string): Claim[] {
  const grounds = latest ? [fromEvidence(latest.id, latest.name)] : []
  const last = latest ? `${nameWords(latest.name)} of ${dayWords(latest.at)}` : ''
  const known = knownOf(frequency)
  if (!known || known.n === 0) {
    if (!latest) return []
    const none = known ? `Nothing was released in ${span}; the` : 'The'
    return [claim(`${none} latest release is ${last}.`, fromReading(frequency), ...grounds)]
  }
  const every = formatDuration((windowDays(window) * 86_400) / known.n)
  const rhythm = known.n >= 3 ? `, on average one every ${every}` : ''
  return [
    claim(`${count(known.n, 'release')} in ${span}${rhythm}${last ? `; the latest is ${last}` : ''}.`, fromReading(frequency), ...grounds),
  ]
}

function leadTime({ leadTime: reading }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.n < FEW) return []
  if (known.value < 60) return []
  const slow = reading.quantiles ? `; one in ten took longer than ${formatDuration(reading.quantiles.p90)}` : ''
  return [
    claim(
      `Half of the ${count(known.n, 'change')} released in ${span} took at most ${formatDuration(known.value)} from first commit to release${slow}.`,
      fromReading(reading),
    ),
  ]
}

function sizes({ size: reading }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.n < FEW) return []
  const large = reading.quantiles ? `; one in ten has more than ${lines(reading.quantiles.p90)}` : ''
  return [
    claim(
      `Half of the ${count(known.n, 'change')} merged in ${span} touch at most ${lines(known.value)}, generated ones apart${large}.`,
      fromReading(reading),
    ),
  ]
}

function longest({ longest: slowest, leadTime: reading }: RepositoryFacts, span: string): Claim[] {
  if (!slowest || reading.n < FEW) return []
  return [
    claim(
      `The longest way to a release of ${span} took ${formatDuration(slowest.seconds)} from the first commit: "${nameWords(slowest.title)}".`,
      fromReading(reading),
      fromEvidence(slowest.id, slowest.title),
    ),
  ]
}

function throughChanges({ throughChanges: reading, numbered }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.n < FEW) return []
  const convention = numbered && numbered.changes > numbered.numbered ? numberedWords(numbered) : ''
  if (known.value === 0)
    return [
      claim(
        `None of the ${count(known.n, 'commit')} of ${span} came through a pull request or merged branch that history shows.`,
        fromReading(reading),
      ),
    ]
  const others = known.value === 1 ? '' : '; the others were pushed directly, or rebased so that history does not show it'
  return [claim(`${part(known)} of ${span} came through pull requests or merged branches${others}.${convention}`, fromReading(reading))]
}

function numberedWords({ numbered, changes }: { numbered: number; changes: number }): string {
  return ` Of ${count(changes, 'change')}, ${numbered === 0 ? 'none' : numbered.toLocaleString('en-GB')} ${numbered === 1 ? 'carries' : 'carry'} a pull-request number.`
}

function area({ area: busiest }: RepositoryFacts, span: string): Claim[] {
  const known = busiest ? knownOf(busiest.reading) : null
  if (!busiest || !known || known.n < FEW) return []
  return [
    claim(
      `The busiest area is ${nameWords(busiest.name)}: ${share(known.value)} of ${count(known.n, 'commit')} by people in ${span} touch it.`,
      fromReading(busiest.reading),
    ),
  ]
}

function people({ people: reading, commits }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.value < 1) return []
  return [
    claim(
      `${count(known.value, 'author')} wrote the ${count(reading.n, 'commit')} of ${span}, bots apart.`,
      fromReading(reading),
      fromReading(commits),
    ),
  ]
}

function bots({ bots: reading }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.n < FEW || known.value === 0) return []
  return [claim(`Bots wrote ${part(known)} of ${span}.`, fromReading(reading))]
}

function owners({ owned: reading }: RepositoryFacts): Claim[] {
  const known = knownOf(reading)
  if (!known) return []
  const named = Math.round(known.value * known.n)
  const say = (text: string) => [claim(text, fromReading(reading))]
  if (known.n === 1) return say(named === 1 ? 'The one component has an owner.' : 'Nobody is named as owner of the one component.')
  if (named === known.n) return say(`All ${count(known.n, 'component')} have an owner.`)
  if (named === 0) return say(`Nobody is named as owner of any of ${count(known.n, 'component')}.`)
  return say(`${named} of ${count(known.n, 'component')} ${named === 1 ? 'has' : 'have'} an owner; nobody is named for the others.`)
}

/** "1 of 227 commits" while one can count them, else "71.6 % of 402 commits". */
function part({ value, n }: { value: number; n: number }): string {
  const hits = Math.round(value * n)
  return `${hits < COUNTABLE ? hits : share(value)} of ${count(n, 'commit')}`
}
const COUNTABLE = 10

/** A known value with its records. */
function knownOf(reading: Reading): { value: number; n: number } | null {
  return reading.value === null ? null : { value: reading.value, n: reading.n }
}

function share(ratio: number): string {
  return formatQuantity(ratio, 'ratio')
}
