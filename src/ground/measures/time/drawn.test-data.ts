/** A seeded source of numbers from 0 to 1 (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One standard normal draw (Box & Muller, 1958). */
export function normalDraw(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

export interface DrawnSeries {
  days: number
  /** Correlation of neighbouring days. */
  memory?: number
  slope?: number
  /** A shift of level from a day on, in the unit of the noise's standard deviation. */
  shift?: { at: number; size: number }
  /** Share of days that are wild. */
  wild?: number
}

/** Level 50, a week's rhythm, AR(1) noise of standard deviation 1. */
export function draw(seed: number, { days, memory = 0.3, slope = 0, shift, wild = 0 }: DrawnSeries): number[] {
  const random = seeded(seed)
  const season = Array.from({ length: 7 }, () => 3 * normalDraw(random))
  let noise = normalDraw(random)
  return Array.from({ length: days }, (_, day) => {
    const value = 50 + season[day % 7]! + slope * day + (shift && day >= shift.at ? shift.size : 0) + noise
    noise = memory * noise + Math.sqrt(1 - memory ** 2) * normalDraw(random)
    return random() < wild ? value + 10 * normalDraw(random) : value
  })
}
