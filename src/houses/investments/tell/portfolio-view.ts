import * as z from 'zod'
import { InvestmentView } from './investment-view.ts'

/** A set that could be chosen instead. */
const Alternative = z.object({
  /** The next best, or what a list sorted by a rule would choose. */
  by: z.enum(['next_best', 'worthPerWeek', 'wsjf', 'rice']),
  chosen: z.array(z.string()),
  value: z.number(),
  peopleWeeks: z.number(),
  money: z.number(),
  /** What it has beside the best, and what it lacks. */
  adds: z.array(z.string()),
  drops: z.array(z.string()),
  keepsFloors: z.boolean(),
})

/** A limit that stands in the way, and how far it would have to go. */
const Obstacle = z.object({
  limit: z.enum(['peopleWeeks', 'money', 'floor']),
  outcome: z.string().optional(),
  counts: z.enum(['peopleWeeks', 'money', 'investments']),
  has: z.number(),
  needs: z.number(),
})

/** How far an outcome gets. */
const OutcomeShare = z.object({
  ref: z.string(),
  title: z.string(),
  weight: z.number(),
  closed: z.number(),
  /** People-weeks of what is chosen and serves it; one that serves several counts for each in equal parts. */
  peopleWeeks: z.number(),
  unknown: z.string().optional(),
})

/** Which investments to choose within limits, and how sure that is. */
export const PortfolioView = z.object({
  scope: z.string(),
  at: z.string(),
  asOf: z.string(),
  /** The answer as a sentence. */
  headline: z.string(),
  limits: z.object({ peopleWeeks: z.number().nullable(), money: z.number().nullable(), currency: z.string().nullable() }),
  floors: z.array(z.object({ outcome: z.string(), peopleWeeks: z.number().nullable() })),
  feasible: z.boolean(),
  chosen: z.array(z.string()),
  /** Gaps expected to be closed, weighted; null where nothing fits. */
  value: z.number().nullable(),
  peopleWeeks: z.number().nullable(),
  money: z.number().nullable(),
  outcomes: z.array(OutcomeShare),
  alternatives: z.array(Alternative),
  /** Empty where something fits. */
  inTheWay: z.array(Obstacle),
  /** Share of the draws, with every input off by up to a half, in which each is chosen. */
  chosenShare: z.record(z.string(), z.number()),
  resamples: z.object({ asked: z.number().int(), done: z.number().int(), infeasible: z.number().int() }),
  /** Those that are open. */
  investments: z.array(InvestmentView),
  /** Those of them that cannot be chosen. */
  leftOut: z.array(z.object({ ref: z.string(), why: z.string(), fix: z.string() })),
  /** What all there is to choose from would take together. */
  most: z.object({ peopleWeeks: z.number(), money: z.number() }),
})
export type PortfolioView = z.input<typeof PortfolioView>
