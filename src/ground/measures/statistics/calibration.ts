import type { Interval } from './interval.ts'
import { wilsonInterval } from './wilson.ts'

/** A forecast whose outcome is known. */
export interface KnownForecast {
  /** As it was stated, 0 < probability < 1. */
  probability: number
  came: boolean
}

/** Forecasts stated at about the same probability. */
export interface CalibrationBin {
  /** The tenth they lie around: 0.8 for 0.75 up to 0.85; the outermost tenths also hold what lies beyond them. */
  around: number
  /** Mean of what was stated. */
  stated: number
  n: number
  /** Share that came true, with its Wilson interval. */
  share: number
  interval: Interval
}

/** How good forecasts were. */
export interface Calibration {
  n: number
  /** Mean squared error, 0 best, 1 worst; saying 0.5 always gives 0.25. */
  brier: number
  /** The Brier score of who had known only how often things come true, and had always said that. */
  brierOfBase: number
  bins: CalibrationBin[]
  /**
   * Mean confidence less the share that were right, each forecast taken from the side it believed in (0.2 counts as 0.8 sure
   * that it does not come true). Above 0: surer than right.
   */
  overconfidence: Interval & { value: number; confidence: number; right: number }
}

/**
 * Brier score (G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78
 * (1950), 1–3), calibration by tenths, and over- or underconfidence (S. Lichtenstein and B. Fischhoff, "Do those who know
 * more also know more about how much they know?", Organizational Behavior and Human Performance 20 (1977), 159–183).
 * @returns null without forecasts
 */
export function calibrationOf(forecasts: readonly KnownForecast[], level = 0.95): Calibration | null {
  const n = forecasts.length
  if (n === 0) return null
  const came = forecasts.filter((forecast) => forecast.came).length
  const squares = forecasts.reduce((sum, forecast) => sum + (forecast.probability - Number(forecast.came)) ** 2, 0)
  const right = forecasts.filter((forecast) => forecast.came === forecast.probability >= 0.5).length
  const confidence = forecasts.reduce((sum, { probability }) => sum + Math.max(probability, 1 - probability), 0) / n
  const share = wilsonInterval(right, n, level)!
  return {
    n,
    brier: squares / n,
    brierOfBase: (came / n) * (1 - came / n),
    bins: binsOf(forecasts, level),
    overconfidence: {
      value: confidence - right / n,
      low: confidence - share.high,
      high: confidence - share.low,
      level,
      confidence,
      right: right / n,
    },
  }
}

/** The tenth a probability lies around, 0.1 to 0.9. */
export function tenthOf(probability: number): number {
  return Math.min(9, Math.max(1, Math.floor(probability * 10 + 0.5))) / 10
}

function binsOf(forecasts: readonly KnownForecast[], level: number): CalibrationBin[] {
  const tenths = Map.groupBy(forecasts, ({ probability }) => tenthOf(probability))
  return [...tenths]
    .sort(([a], [b]) => a - b)
    .map(([around, those]) => {
      const came = those.filter((forecast) => forecast.came).length
      return {
        around,
        stated: those.reduce((sum, { probability }) => sum + probability, 0) / those.length,
        n: those.length,
        share: came / those.length,
        interval: wilsonInterval(came, those.length, level)!,
      }
    })
}
