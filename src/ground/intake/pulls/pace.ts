/** How patient a pull is. Seconds; tests hurry. */
export interface Pace {
  /** Tries of one request before its page is put off. */
  tries: number
  firstRetrySeconds: number
  /** Waits up to here are sat out; for longer ones the page is put off. */
  patienceSeconds: number
  /** First and longest time a page that failed is put off. */
  firstPageRetrySeconds: number
  longestRetrySeconds: number
  /** How long one connection is worked on before the others are looked at. */
  turnSeconds: number
  /** A number from 0 to 1, so that many who failed together do not come back together. */
  random: () => number
}

export const PACE: Pace = {
  tries: 4,
  firstRetrySeconds: 0.5,
  patienceSeconds: 10,
  firstPageRetrySeconds: 15,
  longestRetrySeconds: 3_600,
  turnSeconds: 30,
  random: Math.random,
}

/** Doubles with each failure in a row, up to the longest; between half and all of it. */
export function backoffSeconds(failures: number, first: number, { longestRetrySeconds, random }: Pace): number {
  const whole = Math.min(longestRetrySeconds, first * 2 ** Math.min(failures - 1, 30))
  return whole * (0.5 + random() / 2)
}
