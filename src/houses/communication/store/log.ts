import * as z from 'zod'
import { type Instant, InstantSchema, type Ref, refNamespace, RefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type DecisionIntent, decisionsOf, type Moment, momentInput } from '../../vision/index.ts'
import { isOverdue } from '../tell/decision-view.ts'

/** Which decisions of a namespace are asked for; the status is apart, since answers count each. */
export const LogWish = z.object({
  ...momentInput,
  status: z.string().max(40).optional(),
  /** Beginnings of words to find in title, tags and all that the record says. */
  text: z.string().max(200).optional(),
  /** Only those that cite this principle, serve this outcome or affect this thing. */
  about: RefSchema.optional(),
  outcome: RefSchema.optional(),
  principle: RefSchema.optional(),
  component: RefSchema.optional(),
  /** The log: a repository's name, or a namespace. */
  log: z.string().max(63).toLowerCase().optional(),
  /** Decided on this day or later; what has no date is left out. */
  from: InstantSchema.optional(),
  /** Decided before this day. */
  to: InstantSchema.optional(),
  overdue: z.stringbool().optional(),
})
export type LogWish = z.output<typeof LogWish>

/** The decisions asked for whatever their status, newest first. */
export async function decisionsWished(wish: LogWish, when: Moment, ground: Pick<Ground, 'catalog'>): Promise<DecisionIntent[]> {
  const all = await decisionsOf(when, ground)
  const worded = wish.text?.trim() ? new Set(await ground.catalog.refs({ kind: 'decision', text: wish.text }, wish.asOf)) : null
  return all.filter((decision) => (!worded || worded.has(decision.ref)) && matches(decision, wish, when.at))
}

/** Whether a decision is among those asked for, its words and its state apart. */
function matches(decision: DecisionIntent, wish: LogWish, at: Instant): boolean {
  const { date } = decision
  return (
    (!wish.about || isAbout(decision, wish.about)) &&
    (!wish.outcome || decision.serves.includes(wish.outcome)) &&
    (!wish.principle || decision.supports.includes(wish.principle) || decision.against.includes(wish.principle)) &&
    (!wish.component || decision.affects.includes(wish.component)) &&
    (!wish.log || refNamespace(decision.ref) === wish.log) &&
    (wish.from === undefined || (date !== undefined && date >= wish.from)) &&
    (wish.to === undefined || (date !== undefined && date < wish.to)) &&
    (!wish.overdue || isOverdue(decision, at))
  )
}

function isAbout(decision: DecisionIntent, ref: Ref): boolean {
  return [decision.serves, decision.supports, decision.against, decision.affects, decision.supersedes, decision.supersededBy].some((refs) =>
    refs.includes(ref),
  )
}
