import { type Claim, dayWords, inWindow, refName } from '../../../ground/core/index.ts'
import { claim, fromEntity, fromJudgement, fromReading } from './claims.ts'
import type { StoryFacts, StoryOutcome } from './story-facts.ts'
import { list, nameWords } from './words.ts'

/**
 * What moved the wrong way while something else moved the right one: guardrails, outcomes against each other, decisions
 * against a principle, principles that are broken.
 */
export function tradeOffClaims(
  outcomes: readonly StoryOutcome[],
  { principles, decisions, span }: Pick<StoryFacts, 'principles' | 'decisions' | 'span'>,
): Claim[] {
  const found = [...guardrails(outcomes), ...apart(outcomes), ...against(decisions, principles, span), ...broken(principles)]
  const [first, ...rest] = outcomes.map(({ view }) => fromJudgement(view.judgement))
  if (found.length > 0 || !first) return found
  return [claim('No guardrail worsened, no outcome moved against another, and no decision went against a principle.', first, ...rest)]
}

function guardrails(outcomes: readonly StoryOutcome[]): Claim[] {
  return outcomes.flatMap(({ view }) =>
    view.guardrails
      .filter(({ state }) => state === 'worsened')
      .map(({ rule, reading }) =>
        claim(`Beside "${nameWords(view.title)}" a guardrail gave way: ${rule}.`, fromReading(reading), fromJudgement(view.judgement)),
      ),
  )
}

function apart(outcomes: readonly StoryOutcome[]): Claim[] {
  const of = (better: boolean) => outcomes.filter(({ moved }) => moved?.kind === 'clear' && moved.better === better)
  const [right, wrong] = [of(true), of(false)]
  const [first, ...rest] = [...right, ...wrong].map(({ view }) => fromJudgement(view.judgement))
  if (!first || right.length === 0 || wrong.length === 0) return []
  const names = (some: readonly StoryOutcome[]) => list(some.map(({ view }) => `"${nameWords(view.title)}"`))
  return [claim(`While ${names(right)} got better, ${names(wrong)} got worse.`, first, ...rest)]
}

function against(decisions: StoryFacts['decisions'], principles: StoryFacts['principles'], span: StoryFacts['span']): Claim[] {
  const titles = new Map(principles.map(({ ref, title }) => [ref, title]))
  return decisions
    .filter(({ status, date, against: refs }) => status === 'accepted' && refs.length > 0 && date !== undefined && inWindow(span, date))
    .map(({ ref, title, date, against: refs }) =>
      claim(
        `"${nameWords(title)}" was decided against ${list(refs.map((one) => `"${nameWords(titles.get(one) ?? refName(one))}"`))} (${dayWords(date!)}).`,
        fromEntity(ref, title),
        ...refs.map((one) => fromEntity(one, titles.get(one))),
      ),
    )
}

function broken(principles: StoryFacts['principles']): Claim[] {
  const own = principles.filter(({ judgement }) => judgement.state === 'missed')
  const [first, ...rest] = own.map(({ judgement }) => fromJudgement(judgement))
  if (!first) return []
  return [claim(`Not lived somewhere: ${list(own.map(({ title }) => `"${nameWords(title)}"`))}.`, first, ...rest)]
}
