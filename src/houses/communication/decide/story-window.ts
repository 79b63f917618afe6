import { DAY, type Instant, type Window } from '../../../ground/core/index.ts'

/** When anything was committed in a namespace. */
export interface Activity {
  first: Instant
  last: Instant
  /** Commits in each span that ends with the story, shortest first, as `storySpans` asks for. */
  commits: readonly number[]
}

/** Spans a story may be told about. */
const SPANS = [365 * DAY, 3 * 365 * DAY, 10 * 365 * DAY] as const
/** After this long without a commit the story is about the time before it fell quiet. */
const QUIET = 60 * DAY
/** Fewest commits worth a story, if a longer look back finds them. */
const ENOUGH = 30

/** The windows a story may have: up to now, or up to the last commit where nothing has happened for two months. */
export function storySpans({ last }: Pick<Activity, 'last'>, at: Instant): Window[] {
  const to = at - last > QUIET ? last + 1 : at
  return SPANS.map((span) => ({ from: to - span, to }))
}

/**
 * The window in which to describe how work arrives: the shortest with enough commits, else the longest, and never
 * longer than there is history.
 */
export function storyWindow(activity: Activity, at: Instant): Window & { quiet: boolean } {
  const spans = storySpans(activity, at)
  const enough = activity.commits.findIndex((commits) => commits >= ENOUGH)
  const { from, to } = spans[enough === -1 ? spans.length - 1 : enough]!
  return { from: Math.max(from, Math.min(activity.first, to - DAY)), to, quiet: at - activity.last > QUIET }
}
