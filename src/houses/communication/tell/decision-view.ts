import * as z from 'zod'
import { formatDay, Judgement } from '../../../ground/core/index.ts'
import type { DecisionIntent } from '../../vision/index.ts'
import type { ChainLink } from '../decide/chain.ts'
import { AskedView } from './answers-view.ts'
import { CalibrationView, ForecastRow } from './forecast-view.ts'

/** A decision as a list shows it. */
export const DecisionRow = z.object({
  ref: z.string(),
  title: z.string(),
  /** The log it stands in: its namespace, which is the repository's name for decision records. */
  log: z.string(),
  number: z.number().optional(),
  status: z.string(),
  /** The record's own word, where it is another. */
  statusAsWritten: z.string().optional(),
  date: z.string().optional(),
  deciders: z.array(z.string()),
  owner: z.string().optional(),
  serves: z.array(z.string()),
  supports: z.array(z.string()),
  against: z.array(z.string()),
  supersedes: z.array(z.string()),
  supersededBy: z.array(z.string()),
  affects: z.array(z.string()),
  revisitBy: z.string().optional(),
  /** The day to look at it again has passed. */
  overdue: z.boolean(),
})
export type DecisionRow = z.infer<typeof DecisionRow>

/** One decision in a chain that replaced each other, oldest first. */
export const ChainView = z.array(
  z.object({ ref: z.string(), title: z.string(), status: z.string(), date: z.string().optional(), distance: z.number().int() }),
)

const JudgedLimit = z.object({ because: z.string().optional(), judgement: Judgement })

/** One record with everything around it. */
export const DecisionView = DecisionRow.extend({
  /** The record as HTML that is safe to show. */
  html: z.string(),
  file: z.string().optional(),
  /** What it replaced and what replaced it, itself included; empty when nothing did. */
  chain: ChainView,
  assumptions: z.array(JudgedLimit),
  /** What it expected, and what became of it. */
  expects: z.array(ForecastRow),
  /** How often forecasts of about each probability came true here, where enough have come due. */
  calibration: CalibrationView.shape.bins,
  /** How it could fail, as told before. */
  premortem: z.string().optional(),
  tripwires: z.array(JudgedLimit),
  /** What people asked about it on Monday, not settled yet. */
  asked: z.array(AskedView),
  /** Accepted links in both directions. */
  links: z.array(z.object({ from: z.string(), type: z.string(), to: z.string(), origin: z.string() })),
})
export type DecisionView = z.infer<typeof DecisionView>

/** Whether the day to look at a decision in force again has passed. */
export function isOverdue({ status, revisitBy }: DecisionIntent, at: number): boolean {
  return status === 'accepted' && revisitBy !== undefined && revisitBy <= at
}

export function decisionRow(decision: DecisionIntent, at: number): DecisionRow {
  const {
    ref,
    title,
    number,
    status,
    statusAsWritten,
    date,
    deciders,
    owner,
    serves,
    supports,
    against,
    supersedes,
    supersededBy,
    affects,
    revisitBy,
  } = decision
  return {
    ref,
    title,
    log: ref.slice(ref.indexOf(':') + 1, ref.indexOf('/')),
    number,
    status,
    statusAsWritten,
    date: date === undefined ? undefined : formatDay(date),
    deciders,
    owner,
    serves,
    supports,
    against,
    supersedes,
    supersededBy,
    affects,
    revisitBy: revisitBy === undefined ? undefined : formatDay(revisitBy - 1),
    overdue: isOverdue(decision, at),
  }
}

export function chainView(chain: readonly ChainLink[]): z.infer<typeof ChainView> {
  return chain.map(({ ref, title, status, date, distance }) => ({
    ref,
    title,
    status,
    date: date === undefined ? undefined : formatDay(date),
    distance,
  }))
}
