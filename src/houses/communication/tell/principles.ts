import { dayWords, type Claim, refName } from '../../../ground/core/index.ts'
import type { PrincipleView } from '../../vision/index.ts'
import { claim, fromEntity, fromJudgement } from './claims.ts'
import { count, list, nameWords } from './words.ts'

/** Principles broken somewhere first, each with where and by how much; then those held; then exceptions that ran out. */
export function principleClaims(principles: readonly PrincipleView[]): Claim[] {
  const broken = principles.filter((principle) => principle.judgement.state === 'missed')
  const held = principles.filter((principle) => principle.judgement.state === 'met')
  return [...broken.map(brokenClaim), ...heldClaim(held, principles.length), ...principles.flatMap(lapsedClaims)]
}

function brokenClaim(principle: PrincipleView): Claim {
  const where = principle.subjects.filter((subject) => subject.state === 'broken')
  const [worst] = where
  const signal = worst?.signals.find((one) => one.state === 'broken')
  const example = worst && signal ? ` In ${shortName(worst.subject)}: ${signal.rule}.` : ''
  const judged = principle.counts.broken + principle.counts.held + principle.counts.excepted
  const places =
    judged === 1
      ? list(where.map((subject) => shortName(subject.subject)))
      : `${where.length} of ${judged}: ${list(where.map((subject) => shortName(subject.subject)))}`
  const teams = principle.teams.filter((team) => team.state === 'broken')
  const owners = teams.length > 0 ? ` (${count(teams.length, 'team')})` : ''
  const readings =
    worst?.signals.filter((one) => one.state === 'broken').map((one) => ({ kind: 'reading' as const, reading: one.reading })) ?? []
  return claim(
    `"${nameWords(principle.title)}" is broken in ${places}${owners}.${example}`,
    fromJudgement(principle.judgement),
    ...readings,
  )
}

function heldClaim(held: readonly PrincipleView[], all: number): Claim[] {
  if (held.length === 0) return []
  const [first, ...rest] = held.map((principle) => fromJudgement(principle.judgement))
  const names = list(held.map((principle) => `"${nameWords(principle.title)}"`))
  return [
    claim(
      `${held.length} of ${count(all, 'principle')} ${held.length === 1 ? 'is' : 'are'} held wherever ${held.length === 1 ? 'it' : 'they'} can be judged: ${names}.`,
      first!,
      ...rest,
    ),
  ]
}

function lapsedClaims(principle: PrincipleView): Claim[] {
  return principle.exceptions
    .filter((exception) => !exception.live)
    .map((exception) =>
      claim(
        `The exception "${nameWords(exception.title)}" from "${nameWords(principle.title)}" ended on ${dayWords(Date.parse(exception.until))}.`,
        fromEntity(exception.ref, exception.title),
      ),
    )
}

/** `component:default/checkout` → "checkout"; a whole namespace by its own name. */
function shortName(subject: string): string {
  return subject.startsWith('namespace:') ? `all of ${subject.slice('namespace:'.length)}` : refName(subject)
}
