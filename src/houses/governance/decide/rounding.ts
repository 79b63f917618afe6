/** A budget that is spent to the last event is not overspent by the last digits of a division. */
const ROUNDING = 1e-9

/** Whether a share is less than it has to be. */
export function fallsBelow(value: number, least: number): boolean {
  return value < least - ROUNDING
}

/** Whether a rate is more than it may be. */
export function goesBeyond(value: number, most: number): boolean {
  return value > most * (1 + ROUNDING)
}
