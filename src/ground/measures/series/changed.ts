import * as z from 'zod'
import type { Catalog } from '../../catalog/index.ts'
import { DAY, type Instant } from '../../core/index.ts'
import type { Store } from '../../store/index.ts'
import { Annotation, annotationsOf } from './annotations.ts'
import { changedSince, type WatchAsk, watched, type Watched } from './lately.ts'
import { Change } from './shape.ts'

/** Days around a change in which one looks for what else happened: more where levels go by weeks. */
export const AROUND_DAYS = { day: 3, week: 7, month: 31 }
/** Changes that are told. */
const MOST_CHANGES = 50

/** A measure that changed level, and what else happened around then. Nothing says that one made the other. */
export const ChangedMeasure = Change.extend({
  measure: z.string(),
  title: z.string(),
  unit: z.string(),
  subject: z.string(),
  /** What levels were compared by. */
  step: z.enum(['day', 'week', 'month']),
  around: z.array(Annotation),
})

/** The changes since a moment, worst first, each with what else happened around then. */
export async function toldChanges(
  all: readonly Watched[],
  since: Instant,
  { at, asOf }: WatchAsk,
  context: { store: Store; catalog: Catalog },
): Promise<z.input<typeof ChangedMeasure>[]> {
  return Promise.all(
    changedSince(all, since)
      .slice(0, MOST_CHANGES)
      .map(async ({ measure: { id, title }, subject, unit, step, change }) => {
        const moment = Date.parse(change.at)
        const reach = AROUND_DAYS[step] * DAY
        const buckets = [{ from: moment - reach, to: moment + reach }]
        return { measure: id, title, unit, subject, step, ...change, around: await annotationsOf({ subject, buckets, at, asOf }, context) }
      }),
  )
}

/** A change of level without what else happened around it. */
export type LevelChange = Omit<z.input<typeof ChangedMeasure>, 'around'>

/** The changes of level of a namespace since a moment, worst first, as known at another. */
export async function levelChanges(
  { since, ...ask }: WatchAsk & { since: Instant },
  context: Parameters<typeof watched>[1],
): Promise<LevelChange[]> {
  return changedSince(await watched(ask, context), since).map(({ measure: { id, title, unit }, subject, step, change }) => ({
    measure: id,
    title,
    unit,
    subject,
    step,
    ...change,
  }))
}
