import { DAY, HOUR, MINUTE } from '../../../../ground/core/index.ts'
import type { AlertRule, BurnTest } from './rule.ts'

/** A long window that tells that it matters, and a short one that tells that it still goes on. */
export interface WindowPair {
  severity: 'page' | 'ticket'
  /** Milliseconds. */
  long: number
  short: number
  /** Share of the whole budget that is spent when the long window reaches the threshold. */
  share: number
}

/**
 * The recommended windows for a period of about a month (The Site Reliability Workbook, chapter 5, "Multiwindow,
 * Multi-Burn-Rate Alerts", https://sre.google/workbook/alerting-on-slos/, table 5-8; the pair of one day as widely generated since).
 */
export const STANDARD_PAIRS: readonly WindowPair[] = [
  { severity: 'page', long: HOUR, short: 5 * MINUTE, share: 0.02 },
  { severity: 'page', long: 6 * HOUR, short: 30 * MINUTE, share: 0.05 },
  { severity: 'ticket', long: DAY, short: 2 * HOUR, share: 0.1 },
  { severity: 'ticket', long: 3 * DAY, short: 6 * HOUR, share: 0.1 },
]

/** The period the standard windows are made for. */
const STANDARD_PERIOD = 30 * DAY
/** Periods of about a month keep the windows as published; the factor follows the period. */
const ABOUT_A_MONTH = { from: 28 * DAY, to: 31 * DAY }
/** Samples need a while to arrive: a shorter window would be empty as often as not. */
const SHORTEST = 5 * MINUTE

/** Burn rate at which the long window has spent its share: share × period ÷ long window (The Site Reliability Workbook, chapter 5). */
export function factorOf({ share, long }: Pick<WindowPair, 'share' | 'long'>, period: number): number {
  // Whole milliseconds first: 0.02 × 720 is 14.4 to the last digit, 0.02 × period ÷ hour is not.
  return round(share * (period / long))
}

/** Removes the last digits, which are noise of binary fractions: 14.399999999999999 is 14.4. */
function round(value: number): number {
  return Number(value.toPrecision(12))
}

/**
 * The pairs of windows for a period. From 28 to 31 days they are the published ones. For any other the windows are longer or
 * shorter with the period, so that each pair still warns at the same share of the budget and the same burn; those too short to be
 * filled are left out.
 * @param catalogue pairs somebody has chosen for periods of their own; they win
 */
export function pairsOf(period: number, catalogue: ReadonlyMap<number, readonly WindowPair[]> = new Map()): WindowPair[] {
  const chosen = catalogue.get(period)
  if (chosen) return [...chosen]
  if (period >= ABOUT_A_MONTH.from && period <= ABOUT_A_MONTH.to) return [...STANDARD_PAIRS]
  return STANDARD_PAIRS.flatMap(({ severity, long, short, share }) => {
    const scaled = {
      severity,
      share,
      long: scaledTo(period, long),
      short: Math.max(SHORTEST, scaledTo(period, short)),
    }
    return scaled.long >= 2 * scaled.short ? [scaled] : []
  })
}

function scaledTo(period: number, window: number): number {
  return Math.round((window * period) / STANDARD_PERIOD / MINUTE) * MINUTE
}

/** The pairs as alert rules: one for each severity. */
export function rulesOfPairs(pairs: readonly WindowPair[], period: number): AlertRule[] {
  return [...Map.groupBy(pairs, ({ severity }) => severity)].map(([severity, some]) => ({
    key: severity,
    severity,
    after: 0,
    anyOf: some.map((pair): BurnTest => ({ windows: [pair.long, pair.short], op: 'gt', threshold: factorOf(pair, period) })),
  }))
}
