import { type Instant, inWindow, type Window } from '../../../../ground/core/index.ts'
import { type Flow, flowOf } from './flow.ts'
import type { WorkItem } from './item.ts'
import { wasPlanned } from './plan.ts'
import type { FlowStage } from './spans.ts'

/** What is asked of the way of work items. */
export type FlowQuestion = 'flow_time' | 'work_in_progress' | 'unplanned' | { stage: FlowStage }

/** A work item, and how it stands at the moment asked about. */
export interface SeenItem {
  item: WorkItem
  now: Flow
}

/** A work item as a measure sees it. */
export interface CountedItem {
  flow: Flow
  time: Instant
  /** Seconds; for shares 1 or 0; null where it does not count. */
  value: number | null
  /** For times: whether it is over. */
  ended: boolean
  excluded: string | null
}

/**
 * What an item says to a question in a window; null where nothing.
 *
 * Flow time: of the items written down in the window, from then until customers had them or until the moment asked
 * about (Kaplan–Meier). Of those that were *delivered* in a window only the quick ones of a growing pile would count.
 * Stages: of the items delivered in the window. In progress: of what was under way when the window ended, its age since
 * work began. Unplanned: of what was done in the window.
 */
export function countItem({ item, now }: SeenItem, question: FlowQuestion, window: Window, at: Instant): CountedItem | null {
  if (question === 'work_in_progress') {
    const then = Math.min(window.to, at)
    if (item.createdAt >= then || isBehind(now, then)) return null
    const flow = then === at ? now : flowOf(item, then)
    return flow.underWay && flow.begunAt !== null ? counted(flow, then, { value: (then - flow.begunAt) / 1000, ended: false }) : null
  }
  if (question === 'unplanned') {
    if (now.doneAt === null || !inWindow(window, now.doneAt)) return null
    const planned = wasPlanned(item)
    return counted(now, now.doneAt, planned === null ? { excluded: 'plan_not_known' } : { value: planned ? 0 : 1 })
  }
  if (question === 'flow_time') {
    if (!inWindow(window, item.createdAt)) return null
    if (now.excluded !== null) return counted(now, item.createdAt, { excluded: now.excluded })
    return counted(now, item.createdAt, { value: now.seconds, ended: now.deliveredAt !== null })
  }
  if (now.deliveredAt === null || !inWindow(window, now.deliveredAt)) return null
  const value = now.parts[question.stage] ?? null
  const excluded = now.excluded ?? (value === null ? 'part_not_known' : null)
  return counted(now, now.deliveredAt, { value: excluded === null ? value : null, excluded })
}

/** Whether an item had reached customers by a moment, and has stayed there: most have, and need not be looked at again. */
function isBehind({ deliveredAt, doneAt, reopened }: Flow, then: Instant): boolean {
  return reopened === 0 && deliveredAt !== null && doneAt !== null && Math.max(deliveredAt, doneAt) < then
}

function counted(flow: Flow, time: Instant, more: Partial<CountedItem>): CountedItem {
  return { flow, time, value: null, ended: true, excluded: null, ...more }
}
