import type { Instant } from '../../../../ground/core/index.ts'
import { type ItemChange, type Standing, standingAt, startOf, type WorkItem } from './item.ts'
import { begunAt, FLOW_STAGES, type FlowStage, secondsIn, type Span, spansOf, stageAt } from './spans.ts'

/** The way of one work item from the moment it was written down until customers had all of it. */
export interface Flow {
  item: WorkItem
  /** When production first had the last of its changes, once it is done; null while it has not. */
  deliveredAt: Instant | null
  /** The first sign of work: its tracker's, or its first commit. */
  begunAt: Instant | null
  /** Being worked on or waiting on the way, neither delivered nor dropped, nor an idea yet. */
  underWay: boolean
  /** Where it is now; null once it is delivered, dropped or done without a change. */
  stage: FlowStage | 'not_known' | null
  /** Seconds from created until delivered, or until now. */
  seconds: number
  /** Seconds in each stage it had; null where not known. Without impossible order and unknown stages they add up. */
  parts: Partial<Record<FlowStage, number | null>>
  /** Changes that count, and how many deployments brought them. */
  changes: readonly ItemChange[]
  deployments: number
  /** When it was last marked done; null while it is not. */
  doneAt: Instant | null
  reopened: number
  flags: readonly string[]
  /** Why it has no flow time; null where it has one, ended or not. */
  excluded: 'dropped' | 'no_change_known' | 'no_previous_deployment' | 'delivered_before_created' | null
}

/**
 * The flow of an item as of a moment. It is in customers' hands once its tracker says it is done and the last of its
 * changes first reached production. Opened again it is on its way again; deployed again nothing changes, since the
 * first deployment of each change counts. A change that was given up, or is still open when the item is done, does not
 * hold it back.
 */
export function flowOf(item: WorkItem, at: Instant): Flow {
  const standing = standingAt(item, at)
  const done = standing.state === 'done'
  const known = item.changes.map((change) => untilThen(change, at)).filter((change) => counts(change, at))
  const changes = done ? known.filter(({ mergedAt, deployedAt }) => mergedAt !== null || deployedAt !== null) : known
  const seen = changes.map((change) => ({ change, ...spansOf(change, at) }))
  const flags = new Set(seen.flatMap((one) => one.flags))
  if (changes.length < known.length) flags.add('change_left_open')
  if (item.changes.some((change) => wasGivenUp(change, at))) flags.add('change_given_up')
  const lasts = changes.map(({ deployedAt }) => deployedAt)
  const deliveredAt = done && lasts.length > 0 && lasts.every((last) => last !== null) ? Math.max(...lasts) : null
  const begins = changes.flatMap((change) => begunAt(change) ?? [])
  const first = begins.length > 0 ? Math.min(...begins) : null
  const started = startOf(item, at)
  const end = deliveredAt ?? at
  const spans = [...seen.flatMap((one) => one.spans), ...standing.closed.map((span): Span => ({ stage: 'closed', ...span }))]
  const excluded = excludedFrom(item, standing, changes, deliveredAt)
  const open = deliveredAt === null && excluded === null
  const deployments = new Set(changes.flatMap(({ deployment }) => deployment ?? [])).size
  if (standing.closed.length > 0) flags.add('reopened')
  if (changes.length > 1) flags.add('several_changes')
  if (deployments > 1) flags.add('several_deployments')
  const parts = partsOf(item, { started, first, end, spans, flags })
  return {
    item,
    deliveredAt,
    begunAt: started ?? first,
    underWay: open && (started ?? first) !== null,
    stage: !open
      ? null
      : first !== null
        ? stageAt(at, [...spans].map(untilNow(at)))
        : started === null
          ? 'waiting_to_start'
          : 'before_first_change',
    seconds: (end - item.createdAt) / 1000,
    parts,
    changes,
    deployments,
    doneAt: done ? standing.since : null,
    reopened: standing.closed.length,
    flags: [...flags].sort(),
    excluded,
  }
}

/** A span that reaches the present goes on. */
function untilNow(at: Instant): (span: Span) => Span {
  return (span) => (span.to === at ? { ...span, to: at + 1 } : span)
}

function excludedFrom(item: WorkItem, { state }: Standing, changes: readonly ItemChange[], deliveredAt: Instant | null): Flow['excluded'] {
  if (state === 'dropped') return 'dropped'
  if (state === 'done' && changes.length === 0) return 'no_change_known'
  if (deliveredAt !== null && changes.some(({ firstOfAll }) => firstOfAll)) return 'no_previous_deployment'
  if (deliveredAt !== null && deliveredAt < item.createdAt) return 'delivered_before_created'
  return null
}

/** A change with what had happened to it by a moment. */
function untilThen(change: ItemChange, at: Instant): ItemChange {
  const then = (moment: Instant | null) => (moment !== null && moment < at ? moment : null)
  const deployedAt = then(change.deployedAt)
  return {
    ...change,
    authoredAt: then(change.authoredAt),
    openedAt: then(change.openedAt),
    reviewedAt: then(change.reviewedAt),
    mergedAt: then(change.mergedAt),
    givenUpAt: then(change.givenUpAt),
    deployedAt,
    deployment: deployedAt === null ? null : change.deployment,
  }
}

function wasGivenUp({ givenUpAt, mergedAt, deployedAt }: ItemChange, at: Instant): boolean {
  return givenUpAt !== null && givenUpAt < at && mergedAt === null && deployedAt === null
}

function counts(change: ItemChange, at: Instant): boolean {
  if (wasGivenUp(change, at)) return false
  const begun = begunAt(change)
  return begun === null ? change.deployedAt !== null : begun < at
}

interface Way {
  started: Instant | null
  first: Instant | null
  end: Instant
  spans: readonly Span[]
  flags: Set<string>
}

/** What the time was spent on. What is out of order is flagged and left open. */
function partsOf({ createdAt }: WorkItem, { started, first, end, spans, flags }: Way): Flow['parts'] {
  const parts: Flow['parts'] = {}
  const until = Math.min(first ?? end, end)
  if (started === null) {
    if (first !== null) flags.add('start_not_known')
    parts[first === null ? 'waiting_to_start' : 'until_first_commit'] = between(createdAt, until, 'begun_before_created', flags)
  } else if (first !== null && started > first) {
    flags.add('started_after_first_commit')
    parts.waiting_to_start = null
    parts.before_first_change = null
  } else {
    parts.waiting_to_start = between(createdAt, started, 'started_before_created', flags)
    parts.before_first_change = between(Math.max(createdAt, started), until, 'begun_before_created', flags)
  }
  if (first === null || end <= createdAt) return parts
  const seconds = secondsIn({ from: Math.max(first, createdAt), to: end }, spans)
  if (seconds.has('not_known')) flags.add('stages_not_known')
  for (const stage of FLOW_STAGES) {
    const spent = seconds.get(stage)
    if (spent !== undefined) parts[stage] = spent
  }
  if (seconds.has('not_known')) for (const stage of ['coding', 'waiting_for_review', 'review'] as const) parts[stage] = null
  if (flags.has('deployed_before_merge')) parts.waiting_for_deployment = null
  return parts
}

function between(from: Instant, to: Instant, flag: string, flags: Set<string>): number | null {
  if (to >= from) return (to - from) / 1000
  flags.add(flag)
  return null
}
