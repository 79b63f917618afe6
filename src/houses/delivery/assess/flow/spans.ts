import type { Instant, Window } from '../../../../ground/core/index.ts'
import type { ItemChange } from './item.ts'

/** A stage on the way of a work item into customers' hands, in the order most pass through. */
export const FLOW_STAGES = [
  'waiting_to_start',
  'before_first_change',
  'until_first_commit',
  'coding',
  'waiting_for_review',
  'review',
  'waiting_for_deployment',
  'between_changes',
  'closed',
] as const
export type FlowStage = (typeof FLOW_STAGES)[number]

/** What a change was in between two moments; `not_known` where its own times do not say. */
export interface Span extends Window {
  stage: FlowStage | 'not_known'
}

/**
 * Of several things at once an item is in the one most is done in: it waits only while all of its changes wait. A stage
 * that is not known may be work, so it comes before waiting.
 */
const MOST_ACTIVE: readonly Span['stage'][] = [
  'coding',
  'review',
  'not_known',
  'waiting_for_review',
  'waiting_for_deployment',
  'closed',
  'between_changes',
]

/**
 * What a change was in, from its first commit until production had it or until now. Out of order inside leaves the part
 * it is about unknown, and says so.
 */
export function spansOf(change: ItemChange, now: Instant): { spans: Span[]; flags: string[] } {
  const { authoredAt, openedAt, reviewedAt, mergedAt, deployedAt, direct } = change
  const flags: string[] = []
  const spans: Span[] = []
  const begun = begunAt(change)
  if (begun === null) return { spans, flags: ['begin_not_known'] }
  const add = (stage: Span['stage'], from: Instant, to: Instant) => {
    if (to > from) spans.push({ stage, from, to })
  }
  const worked = Math.max(begun, mergedAt ?? now)
  const order = [authoredAt, ...(direct ? [] : [openedAt, reviewedAt]), mergedAt].filter((at) => at !== null)
  if (order.some((at, index) => index > 0 && at < order[index - 1]!)) {
    flags.push('steps_out_of_order')
    add('not_known', begun, worked)
  } else if (direct) add('coding', begun, worked)
  else if (openedAt === null) add(mergedAt === null ? 'coding' : 'not_known', begun, worked)
  else {
    if (authoredAt !== null) add('coding', authoredAt, openedAt)
    if (reviewedAt !== null) {
      add('waiting_for_review', openedAt, reviewedAt)
      add('review', reviewedAt, worked)
    } else add(mergedAt === null ? 'waiting_for_review' : 'not_known', openedAt, worked)
  }
  if (mergedAt !== null && deployedAt !== null && deployedAt < mergedAt) flags.push('deployed_before_merge')
  else if (mergedAt !== null) add('waiting_for_deployment', mergedAt, deployedAt ?? now)
  return { spans, flags }
}

/** The first sign of work on a change. */
export function begunAt({ authoredAt, openedAt, mergedAt }: ItemChange): Instant | null {
  const known = [authoredAt, openedAt, mergedAt].filter((at) => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}

/** Seconds in each stage of what several spans cover within a window, each moment counted once. */
export function secondsIn(window: Window, spans: readonly Span[]): Map<Span['stage'], number> {
  const seconds = new Map<Span['stage'], number>()
  const borders = [...new Set([window.from, window.to, ...spans.flatMap(({ from, to }) => [from, to])])]
    .filter((at) => at >= window.from && at <= window.to)
    .sort((a, b) => a - b)
  for (const [index, from] of borders.slice(0, -1).entries()) {
    const stage = stageAt(from, spans)
    seconds.set(stage, (seconds.get(stage) ?? 0) + (borders[index + 1]! - from) / 1000)
  }
  return seconds
}

/** The stage at a moment; between changes where none of them covers it. */
export function stageAt(at: Instant, spans: readonly Span[]): Span['stage'] {
  const there = new Set(spans.flatMap(({ stage, from, to }) => (from <= at && at < to ? [stage] : [])))
  return MOST_ACTIVE.find((stage) => there.has(stage)) ?? 'between_changes'
}
