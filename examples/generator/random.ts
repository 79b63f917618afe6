/** Repeatable randomness: the same seed and stream give the same numbers on every machine. */
export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  chance(share: number): boolean
  pick<T>(items: readonly T[]): T
  /** Between two numbers. */
  between(from: number, to: number): number
  /** Around a median; `spread` is the standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number
  /** How many of something that happens `mean` times on average. */
  poisson(mean: number): number
  /** Hexadecimal digits. */
  hex(digits: number): string
}

/** An own stream for every part of the company, so that more of one thing leaves the others as they were. */
export function randomOf(seed: number, stream: string): Random {
  const next = sfc32(...seedsOf(`${seed}/${stream}`))
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (items) => items[below(items.length)]!,
    between: (from, to) => from + next() * (to - from),
    logNormal: (median, spread) => median * Math.exp(spread * normal(next)),
    poisson: (mean) => (mean > 30 ? Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(next))) : knuth(mean, next)),
    hex: (digits) =>
      Array.from({ length: Math.ceil(digits / 8) }, () =>
        Math.floor(next() * 2 ** 32)
          .toString(16)
          .padStart(8, '0'),
      )
        .join('')
        .slice(0, digits),
  }
}

/** Box and Muller's transform (1958). */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** Knuth, The Art of Computer Programming 2, 3.4.1. */
function knuth(mean: number, next: () => number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = next(); product > limit; product *= next()) count += 1
  return count
}

/** Four 32-bit numbers from a text, by FNV-1a with different starts. */
function seedsOf(text: string): [number, number, number, number] {
  return [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((start) => {
    let hash = start
    for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
    return hash >>> 0
  }) as [number, number, number, number]
}

/** Small fast counter by Chris Doty-Humphrey (public domain, PractRand). */
function sfc32(a: number, b: number, c: number, d: number): () => number {
  const next = () => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let warm = 0; warm < 12; warm += 1) next()
  return next
}
