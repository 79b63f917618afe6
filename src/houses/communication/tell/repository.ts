import { dayWords, type Claim, formatDuration, formatQuantity, type Reading, windowDays } from '../../../ground/core/index.ts'
import { claim, fromEvidence, fromReading } from './claims.ts'
import { lines } from './delivery.ts'
import type { RepositoryFacts } from './facts.ts'
import { count, nameWords, nWords, windowWords } from './words.ts'

/** Fewest records a share or median of work is told from; below, it says more about chance. */
const FEW = 5

/** What leaves a repository and how fast: versions, lead time, sizes, the longest way. True of any history. */
export function shippingClaims(facts: RepositoryFacts, at: number): Claim[] {
  const span = windowWords(facts.window, at)
  return [...quietClaim(facts), ...versions(facts, span), ...leadTime(facts, span), ...sizes(facts, span), ...longest(facts, span)]
}

/** How work arrives: through changes or directly, by whom, where. */
export function arrivalClaims(facts: RepositoryFacts, at: number): Claim[] {
  const span = windowWords(facts.window, at)
  return [...throughChanges(facts, span), ...area(facts, span), ...people(facts, span), ...bots(facts, span), ...owners(facts)]
}

function quietClaim({ window, commits }: RepositoryFacts): Claim[] {
  return window.quiet
    ? [claim(`No commit is known after ${dayWords(window.to - 1)}; what follows tells of the time before.`, fromReading(commits))]
    : []
}

function versions({ frequency, latestDeployment, window }: RepositoryFacts, span: string): Claim[] {
  const latest = latestDeployment ? [fromEvidence(latestDeployment.id, latestDeployment.name)] : []
  const known = knownOf(frequency)
  if (!known || known.n === 0) {
    if (!latestDeployment) return []
    const none = known ? `Nothing was released in ${span}; the` : 'The'
    return [
      claim(
        `${none} latest release is ${nameWords(latestDeployment.name)} of ${dayWords(latestDeployment.at)}.`,
        fromReading(frequency),
        ...latest,
      ),
    ]
  }
  const every = formatDuration((windowDays(window) * 86_400) / known.n)
  const last = latestDeployment ? `; the latest is ${nameWords(latestDeployment.name)} of ${dayWords(latestDeployment.at)}` : ''
  const rhythm = known.n >= 3 ? `, on average one every ${every}` : ''
  return [claim(`${count(known.n, 'release')} in ${span}${rhythm}${last}.`, fromReading(frequency), ...latest)]
}

function leadTime({ leadTime: reading }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.n < FEW) return []
  if (known.value < 60) return []
  const slow = reading.quantiles ? `; one in ten took longer than ${formatDuration(reading.quantiles.p90)}` : ''
  return [
    claim(
      `Half of the released changes took at most ${formatDuration(known.value)} from first commit to release${slow} (${nWords(reading)}, ${span}).`,
      fromReading(reading),
    ),
  ]
}

function sizes({ size: reading }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.n < FEW) return []
  const large = reading.quantiles ? `; one in ten has more than ${lines(reading.quantiles.p90)}` : ''
  return [claim(`Half of the changes touch at most ${lines(known.value)}${large} (${nWords(reading)}, ${span}).`, fromReading(reading))]
}

function longest({ longest: slowest, leadTime: reading }: RepositoryFacts, span: string): Claim[] {
  if (!slowest || reading.n < FEW) return []
  return [
    claim(
      `The longest way to a release took ${formatDuration(slowest.seconds)}, from first commit to release: "${nameWords(slowest.title)}" (${span}).`,
      fromReading(reading),
      fromEvidence(slowest.id, slowest.title),
    ),
  ]
}

function throughChanges({ throughChanges: reading, numbered }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.n < FEW) return []
  const convention = numbered && numbered.changes > 0 ? numberedWords(numbered) : ''
  if (known.value === 0)
    return [
      claim(
        `All ${count(known.n, 'commit')} of ${span} arrived directly, none through a pull request or merged branch that history shows.`,
        fromReading(reading),
      ),
    ]
  const direct = known.value === 1 ? ', none directly' : `, ${share(1 - known.value)} directly`
  return [
    claim(
      `${share(known.value)} of ${count(known.n, 'commit')} arrived through pull requests or merged branches${direct} (${span}).${convention}`,
      fromReading(reading),
    ),
  ]
}

function numberedWords({ numbered, changes }: { numbered: number; changes: number }): string {
  if (numbered === changes)
    return ` ${changes === 1 ? 'The one change carries' : `All ${count(changes, 'change')} carry`} a pull-request number.`
  return ` Of ${count(changes, 'change')}, ${numbered.toLocaleString('en-GB')} ${numbered === 1 ? 'carries' : 'carry'} a pull-request number.`
}

function area({ area: busiest }: RepositoryFacts, span: string): Claim[] {
  const known = busiest ? knownOf(busiest.reading) : null
  if (!busiest || !known || known.n < FEW) return []
  return [
    claim(
      `The busiest area is ${nameWords(busiest.name)}: ${share(known.value)} of ${count(known.n, 'commit')} by people touch it (${span}).`,
      fromReading(busiest.reading),
    ),
  ]
}

function people({ people: reading, commits }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.value < 1) return []
  return [
    claim(
      `Commits of ${span} name ${count(known.value, 'author')} (${count(reading.n, 'commit')}, bots apart).`,
      fromReading(reading),
      fromReading(commits),
    ),
  ]
}

function bots({ bots: reading }: RepositoryFacts, span: string): Claim[] {
  const known = knownOf(reading)
  if (!known || known.n < FEW || known.value === 0) return []
  return [claim(`Bots wrote ${share(known.value)} of ${count(known.n, 'commit')} (${span}).`, fromReading(reading))]
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

/** A known value with its records. */
function knownOf(reading: Reading): { value: number; n: number } | null {
  return reading.value === null ? null : { value: reading.value, n: reading.n }
}

function share(ratio: number): string {
  return formatQuantity(ratio, 'ratio')
}
