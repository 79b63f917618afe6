import { dayWords, type Instant, type Unknown } from '../../../ground/core/index.ts'
import type { Presence } from './scope.ts'

/** Fewer people than this are not shown apart. */
export const SMALL_GROUP = 5

/** Why there is nothing to say of those who began; `open` of them still have time. */
export function nobodyBegan(event: string, { any, named }: Presence, open: number, over: Instant | null): Unknown {
  if (!any) return NO_EVENTS
  if (!named)
    return {
      code: 'event_never_seen',
      why: `No product event called "${event}" is known here.`,
      fix: 'Check how the event is called in its source, letter by letter, or send it.',
    }
  if (open > 0)
    return {
      code: 'still_open',
      why: `${open === 1 ? 'One person' : `${open} people`} began in this window, and for none of them the time they have is over.`,
      fix: over === null ? 'Choose an earlier or longer window.' : `Choose an earlier window, or ask again after ${dayWords(over)}.`,
    }
  return {
    code: 'no_data',
    why: `Nobody began with "${event}" in this window.`,
    fix: 'Choose a longer window or another subject.',
  }
}

/** One of several pieces has too few people to be shown apart. */
export const TOO_FEW: Unknown = {
  code: 'small_group',
  why: `Fewer than ${SMALL_GROUP} people are behind it, so it is not shown apart.`,
  fix: 'Choose longer buckets, or ask for the whole.',
}

/** Whether one piece of a question that has several would tell of a few people. */
export function isSmall(pieces: number, people: number): boolean {
  return pieces > 1 && people > 0 && people < SMALL_GROUP
}

export const NO_EVENTS: Unknown = {
  code: 'no_product_events',
  why: 'No product event of this subject is known.',
  fix: 'Send product events: "throughline import events.ndjson", or connect Segment ("throughline sources").',
}
