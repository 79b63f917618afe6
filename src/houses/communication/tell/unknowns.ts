import { type Because, type Claim, type Reading, type Unknown } from '../../../ground/core/index.ts'
import { lowerFirst, whyWords } from '../../vision/index.ts'
import { claim, fromJudgement, fromReading } from './claims.ts'
import type { BriefFacts } from './facts.ts'
import { list, nameWords, sentence, stop } from './words.ts'

/** Something nobody can tell yet, why, and what would make it known. */
export interface NotKnown {
  /** One or several things with the same reason. */
  what: string[]
  why: string
  fix?: string
  /** Stable reason, where there is one. */
  code?: string
  because: [Because, ...Because[]]
}

/** Everything that is not known, those with one reason together: outcomes first, then measures, principles, assumptions. */
export function notKnown({
  outcomes,
  delivery,
  principles,
  assumptions,
  tripwires,
}: Pick<BriefFacts, 'outcomes' | 'delivery' | 'principles' | 'assumptions' | 'tripwires'>): NotKnown[] {
  const found: NotKnown[] = []
  const add = (what: string, ground: Because, why: string, unknown?: Unknown) => {
    const same = found.find((one) => one.why === why && one.fix === unknown?.fix)
    if (same) {
      same.what.push(what)
      same.because.push(ground)
    } else found.push({ what: [what], why, fix: unknown?.fix, code: unknown?.code, because: [ground] })
  }
  for (const outcome of outcomes) {
    if (outcome.judgement.state === 'unknown')
      add(nameWords(outcome.title), fromJudgement(outcome.judgement), outcome.because, outcome.judgement.reading?.unknown)
  }
  for (const { now, title } of delivery.values()) {
    // Where nothing failed there is nothing to recover from: that is no hole in what is known.
    if (now.unknown && now.unknown.code !== 'no_failures') add(lowerFirst(title), fromReading(now), whyWords(now.unknown), now.unknown)
  }
  for (const principle of principles) {
    if (principle.judgement.state !== 'unknown') continue
    const unknown = firstUnknown(principle.subjects)
    add(
      `whether "${nameWords(principle.title)}" is lived`,
      fromJudgement(principle.judgement),
      unknown ? whyWords(unknown) : principle.judgement.rule,
      unknown,
    )
  }
  const limits = [
    ...assumptions.map((one) => ({ ...one, what: 'the reason for' })),
    ...tripwires.map((one) => ({ ...one, what: 'a tripwire of' })),
  ]
  for (const { decision, judgement, what } of limits) {
    if (judgement.state === 'unknown')
      add(
        `whether ${what} "${nameWords(decision.title)}" holds`,
        fromJudgement(judgement),
        judgement.reading?.unknown ? whyWords(judgement.reading.unknown) : judgement.rule,
        judgement.reading?.unknown,
      )
  }
  return found
}

type Subjects = BriefFacts['principles'][number]['subjects']

function firstUnknown(subjects: Subjects): Unknown | undefined {
  return subjects.flatMap((subject) => subject.signals).find((signal) => signal.reading.unknown)?.reading.unknown
}

/** "Not known: change failure rate and recovery (no incident source). Connect one." */
export function unknownClaims(unknowns: readonly NotKnown[]): Claim[] {
  return unknowns.map(({ what, why, fix, because: [first, ...rest] }) =>
    claim(`Not known: ${list(what, 6)} (${why}).${fix ? ` ${stop(sentence(fix))}` : ''}`, first, ...rest),
  )
}

/** All of it in one sentence, for those who only need to know that something is missing. */
export function unknownSummary(unknowns: readonly NotKnown[]): Claim[] {
  const [first, ...rest] = unknowns
  if (!first) return []
  if (rest.length === 0) return unknownClaims(unknowns)
  const each = unknowns.slice(0, 3).map(({ what, why }) => `${list(what, 2)} (${why})`)
  const more = unknowns.slice(3).reduce((sum, { what }) => sum + what.length, 0)
  return [
    claim(`Not known: ${each.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`, ...first.because, ...rest.flatMap((one) => one.because)),
  ]
}

/** Sources that have fallen silent, from any reading. */
export function staleClaims(readings: readonly Reading[]): Claim[] {
  const silent = new Map<string, Reading>()
  for (const reading of readings) for (const source of reading.stale ?? []) if (!silent.has(source)) silent.set(source, reading)
  const [first, ...rest] = [...silent.values()].map(fromReading)
  if (!first) return []
  return [claim(`Silent sources: ${list([...silent.keys()].sort())}; figures that rest on them may be old.`, first, ...rest)]
}
