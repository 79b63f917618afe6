import { type Claim, dayWords, inWindow, parseInstant } from '../../../ground/core/index.ts'
import { lowerFirst } from '../../vision/index.ts'
import { claim, fromEntity, fromJudgement } from './claims.ts'
import { STATE_WORDS } from './outcomes.ts'
import type { StoryFacts } from './story-facts.ts'
import { nameWords } from './words.ts'

/** What a time taught: promises that came due, reasons that no longer hold, decisions replaced or turned down. */
export function learnedClaims({
  outcomes,
  assumptions,
  tripwires,
  decisions,
  span,
}: Pick<StoryFacts, 'outcomes' | 'assumptions' | 'tripwires' | 'decisions' | 'span'>): Claim[] {
  const titles = new Map(decisions.map(({ ref, title }) => [ref, title]))
  const within = decisions.filter(({ date }) => date !== undefined && inWindow(span, date))
  const due = outcomes.filter(({ target }) => {
    const by = target ? parseInstant(target.by) : null
    return by?.ok === true && inWindow(span, by.value)
  })
  const found = [
    ...due.map((view) =>
      claim(
        `"${nameWords(view.title)}" came due on ${dayWords(Date.parse(view.target!.by))}: ${STATE_WORDS[view.judgement.state]}; ${lowerFirst(view.because)}.`,
        fromJudgement(view.judgement),
      ),
    ),
    ...assumptions
      .filter(({ judgement }) => judgement.state === 'missed')
      .map(({ decision, judgement, because }) =>
        claim(
          `"${nameWords(decision.title)}" rested on ${lowerFirst(judgement.rule)}${because ? ` (${nameWords(because)})` : ''}; it no longer holds.`,
          fromJudgement(judgement),
          fromEntity(decision.ref, decision.title),
        ),
      ),
    ...tripwires
      .filter(({ judgement }) => judgement.state === 'missed')
      .map(({ decision, judgement }) =>
        claim(
          `A tripwire of "${nameWords(decision.title)}" fired: ${judgement.rule}.`,
          fromJudgement(judgement),
          fromEntity(decision.ref, decision.title),
        ),
      ),
    ...within.flatMap((decision) =>
      decision.supersedes.map((old) =>
        claim(
          `"${nameWords(decision.title)}" took the place of "${nameWords(titles.get(old) ?? old)}" (${dayWords(decision.date!)}).`,
          fromEntity(decision.ref, decision.title),
          fromEntity(old, titles.get(old)),
        ),
      ),
    ),
    ...within
      .filter(({ status }) => status === 'rejected')
      .map((decision) =>
        claim(`We turned down "${nameWords(decision.title)}" (${dayWords(decision.date!)}).`, fromEntity(decision.ref, decision.title)),
      ),
  ]
  if (found.length > 0) return found
  const [first] = [
    ...outcomes.map(({ judgement }) => fromJudgement(judgement)),
    ...decisions.map(({ ref, title }) => fromEntity(ref, title)),
  ]
  return first
    ? [
        claim(
          'Nothing is written down that we learned: no promise came due, no reason failed, and no decision was replaced or turned down.',
          first,
        ),
      ]
    : []
}
