import { expect, test } from 'vitest'
import { type Look, Running, sequentialTest } from './sequential.ts'

/** Repeatable normal numbers: mulberry32 and Box–Muller. */
function normals(seed: number): () => number {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

const DRAWS = 400
const DAYS = 60
const PER_DAY = 20

/** Looked at every day. */
function looksOf(seed: number, effect: number): Look[] {
  const normal = normals(seed)
  const [control, treatment] = [new Running(), new Running()]
  return Array.from({ length: DAYS }, () => {
    for (let n = 0; n < PER_DAY; n++) {
      control.add(10 + normal())
      treatment.add(10 + effect + normal())
    }
    return { control: control.sample(), treatment: treatment.sample() }
  })
}
const rule = { alpha: 0.05, effect: 0.2, least: 40 }
const share = (effect: number, hit: (looks: Look[]) => boolean) =>
  Array.from({ length: DRAWS }, (_, draw) => hit(looksOf(7_000 + draw, effect))).filter(Boolean).length / DRAWS

test('looked at every day for two months, nothing is claimed of nothing more often than alpha; a usual test would claim it far too often', () => {
  const sequential = share(0, (looks) => sequentialTest(looks, rule).crossed !== null)
  const peeking = share(0, (looks) =>
    looks.some(({ control, treatment }) => {
      const error = Math.sqrt(control.variance! / control.n + treatment.variance! / treatment.n)
      return control.n >= 40 && Math.abs(treatment.mean - control.mean) > 1.96 * error
    }),
  )
  expect(sequential).toBeLessThanOrEqual(0.05)
  expect(peeking).toBeGreaterThan(0.2)
})

test('an effect of the size worth finding is found in nine of ten, mostly well before the end', () => {
  const stops: number[] = []
  const found = share(0.2, (looks) => {
    const { crossed } = sequentialTest(looks, rule)
    if (crossed !== null) stops.push(crossed)
    return crossed !== null
  })
  expect(found).toBeGreaterThanOrEqual(0.9)
  expect(stops.sort((a, b) => a - b)[Math.floor(stops.length / 2)]).toBeLessThan(DAYS / 2)
})

test('the interval holds the true difference at every look at once', () => {
  const held = share(0.2, (looks) =>
    looks.every((_, last) => {
      const { interval } = sequentialTest(looks.slice(last, last + 1), rule)
      return interval === null || (interval.low <= 0.2 && interval.high >= 0.2)
    }),
  )
  expect(held).toBeGreaterThanOrEqual(0.95)
})

test('before there are enough values nothing is said, and of values that never differ neither', () => {
  expect(sequentialTest(looksOf(1, 1).slice(0, 1), rule)).toEqual({ p: null, difference: null, interval: null, crossed: null })
  const same = new Running()
  for (let n = 0; n < 100; n++) same.add(3)
  expect(sequentialTest([{ control: same.sample(), treatment: same.sample() }], rule).p).toBeNull()
})
