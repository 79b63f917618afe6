import * as z from 'zod'
import { formatInstant } from '../../../../ground/core/index.ts'
import type { WorkUnit } from './classify.ts'
import type { WorkShare } from './shares.ts'

const Unit = z.object({ id: z.string(), subject: z.string(), title: z.string(), at: z.string(), lines: z.number().int().nullable() })

export const Share = z.object({
  /** Pieces of work; one that serves several outcomes counts for each in equal parts. */
  count: z.number(),
  /** Of all pieces; null when there are none. */
  share: z.number().nullable(),
  lines: z.number(),
  linesShare: z.number().nullable(),
  /** Weeks of people spent on it; null where fewer than five people stand behind it, or it would give such a part away. */
  peopleWeeks: z.number().nullable(),
  /** The same in the window of equal length before; null when nothing was done in it. */
  before: z.object({ count: z.number(), share: z.number() }).nullable(),
  /** The latest pieces, and how many more there are. */
  records: z.array(Unit),
  more: z.number().int(),
})

const Piece = z.object({
  from: z.string(),
  to: z.string(),
  n: z.number().int(),
  parts: z.array(z.object({ key: z.string(), count: z.number() })),
})

/** What work was for. */
export const Work = z.object({
  namespace: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  asOf: z.string(),
  /** The answer as a sentence. */
  headline: z.string(),
  /** Merged changes, and commits that are part of none. */
  n: z.number().int(),
  lines: z.number(),
  linesUnknown: z.number().int(),
  excluded: z.array(z.object({ code: z.string(), count: z.number().int() })),
  outcomes: z.array(Share.extend({ ref: z.string(), title: z.string(), planned: z.number().nullable() })),
  incidents: Share,
  upkeep: Share,
  unlinked: Share,
  /** Of all work together for outcomes: what was planned, where outcomes state it, and what came. */
  plan: z.object({
    /** Null where no outcome states a plan. */
    share: z.number().nullable(),
    /** What the work that is planned for took, and the outcomes that state a plan and had no work at all. */
    came: z.number().nullable(),
    without: z.array(z.object({ ref: z.string(), title: z.string(), planned: z.number() })),
    why: z.string().optional(),
    fix: z.string().optional(),
  }),
  /** Weeks of people in which anything was finished. */
  people: z.object({ weeks: z.number().nullable(), notKnown: z.number().int(), why: z.string().optional() }),
  before: z.object({ from: z.string(), to: z.string(), n: z.number().int() }),
  /** The parts over time; empty where no bucket was asked for. Their keys are refs of outcomes, incidents, upkeep, unlinked. */
  buckets: z.array(Piece),
  /** Suggestions that wait for an answer. */
  suggestions: z.number().int(),
})
export type Work = z.input<typeof Work>

export function unitAnswer({ id, subject, title, at, lines }: WorkUnit): z.input<typeof Unit> {
  return { id, subject, title, at: formatInstant(at), lines }
}

/** A part as it is answered. */
export function shareAnswer(
  part: WorkShare,
  more: { records: number; peopleWeeks: number | null; before: z.input<typeof Share>['before'] },
): z.input<typeof Share> {
  return {
    count: part.count,
    share: part.share,
    lines: part.lines,
    linesShare: part.linesShare,
    peopleWeeks: more.peopleWeeks,
    before: more.before,
    records: part.units.slice(0, more.records).map(unitAnswer),
    more: Math.max(0, part.units.length - more.records),
  }
}
