import { DAY, HOUR, MINUTE, text } from './calendar.ts'
import { type Change, dropEmpty } from './change.ts'
import type { Random } from './random.ts'
import { componentRef, type ExampleRecord, outcomeRef } from './record.ts'
import type { Repository } from './services.ts'
import type { Truth } from './truth.ts'

export interface Tracked {
  key: string
  createdAt: number
  change: Change
  /** Nothing is told of what happens later. */
  end: number
  random: Random
  truth: Truth
}

/** Of a hundred items: nothing says whether they were planned; they are opened again a day after they were done. */
const UNTOLD = 0.12
const REOPENED = 0.05

export function itemKey(repository: Repository, number: number): string {
  return `${repository.key}-${number}`
}

/** A work item as its tracker tells it: once as it stands, or step by step where it was opened again. */
export function tracked({ key, createdAt, change, end, random, truth }: Tracked): ExampleRecord[] {
  const begun = change.commits[0]!.authoredAt
  const startedAt = Math.round((begun - (begun - createdAt) * random.between(0.03, 0.3)) / MINUTE) * MINUTE
  const done = change.mergedAt < end && !change.closed
  const unplanned = change.purpose.category === 'repair'
  const untold = !unplanned && random.chance(UNTOLD)
  const subject = componentRef(change.service.name)
  const node = `work_item:tracker/${key}@${subject}`
  if (unplanned) truth.items.unplanned.push(node)
  if (untold) truth.items.untold.push(node)
  const told = (at: number, state: { state: string; doneAt?: string; none?: string[] }): ExampleRecord =>
    dropEmpty({
      kind: 'work_item',
      source: 'tracker',
      id: key,
      subject,
      at: text(at),
      title: change.purpose.title.replace(/^[^:]*: /, ''),
      type: unplanned ? 'bug' : untold ? undefined : 'story',
      createdAt: text(createdAt),
      startedAt: text(startedAt),
      refs: change.purpose.truth === null ? undefined : [outcomeRef(change.purpose.truth)],
      ...state,
    })
  if (!done) return [told(startedAt, { state: 'in progress' })]
  const doneAt = change.mergedAt
  const again = doneAt + 2 * DAY
  const first = told(doneAt, { state: 'done', doneAt: text(doneAt) })
  if (unplanned || again + HOUR >= end || !random.chance(REOPENED)) return [first]
  truth.items.reopened.push(node)
  return [first, told(doneAt + DAY, { state: 'open', none: ['doneAt'] }), told(again, { state: 'done', doneAt: text(again) })]
}
