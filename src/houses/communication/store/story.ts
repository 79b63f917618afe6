import { type Claim, DAY, dayWords, formatInstant, type Instant, type Reading, Refusal, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Moment, momentOf } from '../../vision/index.ts'
import { claimsOf, type Told } from '../render/index.ts'
import { tellStory } from '../tell/story.ts'
import type { StoryOutcome } from '../tell/story-facts.ts'
import type { WorkSplit } from '../tell/facts.ts'
import { gatherFacts } from './facts.ts'
import { workIn } from './work.ts'

/** A story with all its sentences in one list, the headline first. */
export type ToldStory = Told & { from: string; claims: Claim[]; outcomes: StoryOutcome[]; work: WorkSplit | null }

/** The time before, over which measures are read to compare with. */
const BEFORE = 28 * DAY

/**
 * One page from work to outcomes over a time that ends at a moment. Told again with the same `asOf` it is the same story.
 * @param ask `from` begins the time; so many weeks before its end when left out, 13 unless told (a quarter in whole weeks)
 */
export async function storyOf(
  ground: Ground,
  ask: { scope: string; from?: Instant; weeks?: number; at?: Instant; asOf?: Instant },
): Promise<ToldStory> {
  const moment = await momentOf(ask, ground)
  const span: Window = { from: ask.from ?? moment.at - (ask.weeks ?? 13) * 7 * DAY, to: moment.at }
  if (span.from >= span.to)
    throw new Refusal('story.empty_window', `The story would begin ${formatInstant(span.from)} and end ${formatInstant(span.to)}.`, {
      fix: 'Give a "from" before "at".',
      path: 'from',
    })
  const facts = await gatherFacts(moment, ground, { story: false, changes: false })
  const spanWork = await workIn(span, moment, facts.outcomes, ground)
  const told = tellStory({ ...facts, span, spanWork, before: await readingsBefore(span, moment, facts.outcomes, ground) })
  return {
    title: `The story of ${dayWords(span.from)} to ${dayWords(span.to)}`,
    note: 'Work stands beside the outcome it names; that it moved the measure is not shown by that.',
    scope: moment.scope,
    from: formatInstant(span.from),
    at: formatInstant(moment.at),
    asOf: formatInstant(moment.asOf),
    ...told,
    work: spanWork,
    claims: claimsOf(told),
  }
}

/** What the measures of outcomes read over the weeks before a time. */
async function readingsBefore(
  span: Window,
  { at, asOf }: Moment,
  outcomes: readonly { ref: string; subject: string; measure?: { id: string } }[],
  { measures }: Pick<Ground, 'measures'>,
): Promise<Map<string, Reading>> {
  const found = new Map<string, Reading>()
  for (const { ref, subject, measure } of outcomes) {
    if (!measure) continue
    found.set(ref, await measures.read({ measure: measure.id, subject, from: span.from - BEFORE, to: span.from, at, asOf }))
  }
  return found
}
