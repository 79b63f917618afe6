import { type Claim, dayWords, formatQuantity, inWindow, parseInstant, type Reading, type Window } from '../../../ground/core/index.ts'
import { type DecisionIntent, lowerFirst, type OutcomeView, valueOf, whyWords } from '../../vision/index.ts'
import { type Difference, differenceOf } from '../decide/difference.ts'
import type { Section } from './brief.ts'
import { claim, fromEntity, fromEvidence, fromJudgement, fromReading } from './claims.ts'
import type { WorkPart, WorkSplit } from './facts.ts'
import { learnedClaims } from './learned.ts'
import { STATE_WORDS } from './outcomes.ts'
import type { Story, StoryFacts, StoryOutcome } from './story-facts.ts'
import { tradeOffClaims } from './trade-offs.ts'
import { notKnown, unknownSummary } from './unknowns.ts'
import { againWords, count, list, nameWords, nWords, sentence, stop, windowWords } from './words.ts'

/** Outcomes that have a part of their own: more would not fit a page. */
const PAGE = 7

/**
 * One page from work to outcomes: how each outcome moved in a time, the work that names it, what was decided for it,
 * what it cost elsewhere and what was learned. It sets work beside outcomes and never says that one brought the other.
 */
export function tellStory(facts: StoryFacts): Story {
  const outcomes = facts.outcomes.map((view) => outcomeOf(view, facts))
  const own = outcomes.slice(0, PAGE)
  const rest = outcomes.slice(PAGE)
  const sections: Section[] = [
    ...own.map(({ view, claims }) => ({ title: `${nameWords(view.title)}: ${STATE_WORDS[view.judgement.state]}`, claims })),
    { title: 'Further outcomes', claims: rest.map(({ claims }) => claims[0]!) },
    { title: 'Where the rest of the work went', claims: restOfWork(facts.spanWork) },
    { title: 'Trade-offs', claims: tradeOffClaims(outcomes, facts) },
    { title: 'What we learned', claims: learnedClaims(facts) },
    { title: 'What we do not know', claims: unknownSummary(notKnown({ ...facts, outcomes: [] })) },
  ]
  return { headline: headlineOf(outcomes, facts), outcomes, sections: sections.filter(({ claims }) => claims.length > 0) }
}

function outcomeOf(view: OutcomeView, facts: StoryFacts): StoryOutcome {
  const reading = view.judgement.reading
  const before = facts.before.get(view.ref)
  // Intervals are those of medians, so a change of another quantile is not judged.
  const judged = reading && (view.quantile === undefined || view.quantile === 'p50')
  const moved = judged ? differenceOf(reading, before, view.direction ?? view.measure?.better ?? null) : null
  const work = facts.spanWork?.parts.find(({ ref }) => ref === view.ref) ?? null
  return {
    view,
    before: before ? valueOf(before, view.quantile) : null,
    moved,
    work,
    claims: [
      movedClaim(view, before, moved, againWords(facts.span)),
      ...workClaim(view, work, facts.spanWork),
      ...decidedClaim(view, facts.decisions, facts.span),
    ],
  }
}

/** "Median change lead time went from 3.1 d to 4.9 d (n = 212) in these 91 days, which is worse; promised 2 d by 25 February 2027." */
function movedClaim(view: OutcomeView, before: Reading | undefined, moved: Difference | null, span: string): Claim {
  const { judgement, target, value } = view
  const reading = judgement.reading
  const grounds = [fromJudgement(judgement), ...(before ? [fromReading(before)] : [])] as const
  const aim = stop(sentence(view.statement))
  if (!reading || value === null) {
    const fix = reading?.unknown?.fix
    return claim(`${aim} Whether it moved is not known: ${view.because}.${fix ? ` ${stop(fix)}` : ''}`, ...grounds)
  }
  const name = sentence(measured(view))
  const now = `${formatQuantity(value, reading.unit)} (${nWords(reading)})`
  const promise =
    target && target.value !== null
      ? `; promised ${formatQuantity(target.value, reading.unit)} by ${dayOf(target.by)}`
      : '; nothing is promised'
  const words = {
    clear: () => {
      const { before: was, better } = moved as Extract<Difference, { kind: 'clear' }>
      const judged = better === null ? '' : better ? ', which is better' : ', which is worse'
      return `${name} went from ${formatQuantity(was, reading.unit)} to ${now} in ${span}${judged}`
    },
    unclear: () => `${name} is ${now}, no clear change from ${formatQuantity(moved!.before, reading.unit)} before ${span}`,
    none: () => `${name} is ${now}; ${beforeWords(before, view.quantile, span)}`,
  }[moved?.kind ?? 'none']()
  return claim(`${aim} ${words}${promise}.`, ...grounds)
}

function beforeWords(before: Reading | undefined, quantile: OutcomeView['quantile'], span: string): string {
  if (!before) return `what it was before ${span} was not asked`
  const value = valueOf(before, quantile)
  if (value === null) return `what it was before ${span} is not known: ${whyWords(before.unknown)}`
  return `it was ${formatQuantity(value, before.unit)} (${nWords(before)}) before ${span}, and a figure of this kind has no interval, so no change is claimed`
}

function workClaim(view: OutcomeView, work: WorkPart | null, all: WorkSplit | null): Claim[] {
  if (!all) return []
  if (!work) return [claim(`None of ${count(all.n, 'change')} names it.`, fromReading(all.reading), fromEntity(view.ref, view.title))]
  const some = work.evidence.slice(0, 3).map(({ title }) => `"${nameWords(title)}"`)
  return [
    claim(
      `${count(work.n, 'change')} served it, ${formatQuantity(Math.round(work.share * 100) / 100, 'ratio')} of the work${some.length ? `; the latest: ${list(some)}` : ''}.`,
      fromReading(all.reading),
      fromEntity(view.ref, view.title),
      ...work.evidence.slice(0, 3).map(({ id, title }) => fromEvidence(id, title)),
    ),
  ]
}

function decidedClaim(view: OutcomeView, decisions: readonly DecisionIntent[], span: Window): Claim[] {
  const own = decisions.filter(
    ({ status, date, serves }) => status === 'accepted' && date !== undefined && inWindow(span, date) && serves.includes(view.ref),
  )
  const [first, ...rest] = own.map(({ ref, title }) => fromEntity(ref, title))
  if (!first) return []
  return [claim(`Decided for it: ${list(own.map(({ title, date }) => `"${nameWords(title)}" (${dayWords(date!)})`))}.`, first, ...rest)]
}

/** What of the work served no outcome. */
function restOfWork(work: WorkSplit | null): Claim[] {
  if (!work) return []
  const parts = work.parts.filter(({ kind }) => kind !== 'outcome')
  if (parts.length === 0) return []
  const words = { upkeep: 'was upkeep', incident: 'went to incidents and fixes', unlinked: 'is linked to nothing', outcome: '' }
  return [
    claim(
      `Of ${count(work.n, 'change')}, ${list(parts.map(({ kind, share }) => `${formatQuantity(Math.round(share * 100) / 100, 'ratio')} ${words[kind]}`))}.`,
      fromReading(work.reading),
      ...parts.flatMap(({ evidence }) => evidence.slice(0, 2).map(({ id, title }) => fromEvidence(id, title))),
    ),
  ]
}

/** "In the last 91 days, of 7 outcomes 1 moved the right way and 2 the wrong way; 48 % of 1,010 changes served an outcome." */
function headlineOf(outcomes: readonly StoryOutcome[], facts: StoryFacts): Claim {
  const span = windowWords(facts.span, facts.at)
  const work = facts.spanWork
  if (outcomes.length === 0)
    return work
      ? claim(
          `No outcome is written yet, so the ${count(work.n, 'change')} of ${span} serve nothing that can be told.`,
          fromReading(work.reading),
        )
      : claim('Nothing can be told yet: no outcome is written and no work is known.', fromReading(facts.nothing))
  const clear = outcomes.filter(({ moved }) => moved?.kind === 'clear')
  const right = clear.filter(({ moved }) => moved?.kind === 'clear' && moved.better === true).length
  const wrong = clear.filter(({ moved }) => moved?.kind === 'clear' && moved.better === false).length
  const parts = [...(right ? [`${right} moved the right way`] : []), ...(wrong ? [`${wrong} ${right ? '' : 'moved '}the wrong way`] : [])]
  const moves = parts.length ? list(parts) : 'none clearly moved'
  const served = work?.parts.filter(({ kind }) => kind === 'outcome').reduce((sum, { share }) => sum + share, 0) ?? 0
  const rest = work
    ? `; ${formatQuantity(Math.round(served * 100) / 100, 'ratio')} of ${count(work.n, 'change')} served an outcome`
    : '; no work is known'
  const [first, ...more] = outcomes.map(({ view }) => fromJudgement(view.judgement))
  return claim(
    `In ${span}, of ${count(outcomes.length, 'outcome')} ${moves}${rest}.`,
    first!,
    ...more,
    ...(work ? [fromReading(work.reading)] : []),
  )
}

function measured({ measure, quantile }: OutcomeView): string {
  const title = lowerFirst(measure?.title ?? 'its measure')
  return quantile ? `${quantile === 'p50' ? 'median' : `${quantile} of`} ${title}` : title
}

function dayOf(day: string): string {
  const read = parseInstant(day)
  return read.ok ? dayWords(read.value) : day
}
