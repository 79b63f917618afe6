/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** Evenly in [0, 1). */
  next(): number
  /** A whole number in [0, below). */
  below(bound: number): number
}

/** Seeded by a text, by FNV-1a; numbers by mulberry32 (T. Ettinger, public domain), of 32 bits. */
export function randomOf(seed: string): Random {
  let state = 0x811c9dc5
  for (let index = 0; index < seed.length; index++) state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { next, below: (bound) => Math.floor(next() * bound) }
}
