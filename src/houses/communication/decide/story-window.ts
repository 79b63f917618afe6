import { DAY, type Instant, type Window } from '../../../ground/core/index.ts'

/** When anything happened in a namespace. */
export interface Activity {
  first: Instant
  last: Instant
}

/** Longest span a story is told about. */
const YEAR = 365 * DAY
/** After this long without a commit the story is about the time before it fell quiet. */
const QUIET = 60 * DAY

/**
 * The span in which to describe how work arrives: the last year, no longer than there is history, and ending at the
 * last commit where nothing has happened for two months.
 */
export function storyWindow({ first, last }: Activity, at: Instant): Window & { quiet: boolean } {
  const quiet = at - last > QUIET
  const to = quiet ? last + 1 : at
  return { from: Math.max(to - YEAR, Math.min(first, to - DAY)), to, quiet }
}
