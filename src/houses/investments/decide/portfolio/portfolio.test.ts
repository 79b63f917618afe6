import { describe, expect, test } from 'vitest'
import { randomOf } from '../../../../ground/measures/index.ts'
import { highsSolver } from '../../solver/highs.ts'
import {
  type Candidate,
  choosePortfolio,
  chosenShares,
  pickedInOrder,
  type PortfolioProblem,
  rankingOf,
  resampled,
  type Solve,
} from './index.ts'
import { bestSet } from './choose.ts'
import { isAllowed, worthOfChoice } from './problem.ts'

const solve: Solve = await highsSolver()

/** The best of all sets, by trying every one; null where none keeps the limits. */
function byTryingAll(problem: PortfolioProblem): number | null {
  let best: number | null = null
  for (let bits = 0; bits < 2 ** problem.candidates.length; bits++) {
    const chosen = new Set(problem.candidates.filter((_, index) => bits & (2 ** index)).map(({ ref }) => ref))
    if (isAllowed(problem, chosen)) best = Math.max(best ?? Number.NEGATIVE_INFINITY, worthOfChoice(problem, chosen))
  }
  return best
}

/** A small problem with some of everything. */
function drawn(seed: string): PortfolioProblem {
  const random = randomOf(seed)
  const size = 1 + random.below(7)
  const outcomes = Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    ref: `outcome:default/${index}`,
    weight: 0.5 + random.below(4) / 2,
  }))
  const name = (index: number) => `investment:default/${index}`
  const candidates = Array.from({ length: size }, (_, index): Candidate => {
    const serves = outcomes.filter(() => random.next() < 0.6).map(({ ref }) => ref)
    const others = (share: number) => Array.from({ length: index }, (_, other) => name(other)).filter(() => random.next() < share)
    const dependsOn = others(0.15)
    return {
      ref: name(index),
      peopleWeeks: random.below(20),
      money: random.below(10) * 1_000,
      serves,
      closes: Object.fromEntries(serves.map((ref) => [ref, (random.below(80) - 12) / 100])),
      dependsOn,
      excludes: others(0.12).filter((ref) => !dependsOn.includes(ref)),
    }
  })
  const floors = outcomes
    .filter(() => random.next() < 0.3)
    .map(({ ref }) => (random.next() < 0.5 ? { outcome: ref } : { outcome: ref, peopleWeeks: 1 + random.below(15) }))
  return {
    candidates,
    outcomes,
    limits: {
      ...(random.next() < 0.9 ? { peopleWeeks: random.below(50) } : {}),
      ...(random.next() < 0.6 ? { money: random.below(25) * 1_000 } : {}),
    },
    floors,
  }
}

const one = (name: string, spec: Partial<Candidate> = {}): Candidate => ({
  ref: name,
  peopleWeeks: 10,
  money: 0,
  serves: ['faster'],
  closes: { faster: 0.3 },
  dependsOn: [],
  excludes: [],
  ...spec,
})
const of = (candidates: Candidate[], rest: Partial<PortfolioProblem> = {}): PortfolioProblem => ({
  candidates,
  outcomes: [
    { ref: 'faster', weight: 1 },
    { ref: 'safer', weight: 1 },
  ],
  limits: {},
  floors: [],
  ...rest,
})

describe('a portfolio', () => {
  test('is worth as much as the best found by trying every set, 1,000 times', () => {
    let infeasible = 0
    for (let draw = 0; draw < 1_000; draw++) {
      const problem = drawn(`portfolio ${draw}`)
      const best = byTryingAll(problem)
      const found = bestSet(problem, solve)
      if (best === null || found === null) {
        expect([best, found], `draw ${draw}`).toEqual([null, null])
        infeasible++
        continue
      }
      expect(worthOfChoice(problem, found), `draw ${draw}`).toBeCloseTo(best, 5)
      expect(isAllowed(problem, found), `draw ${draw}`).toBe(true)
    }
    expect(infeasible).toBeGreaterThan(50)
    expect(infeasible).toBeLessThan(500)
  })

  test('takes nothing along that adds nothing, and tells the next best that leave something out', () => {
    const problem = of([one('a', { closes: { faster: 1 } }), one('b'), one('c', { serves: ['safer'], closes: { safer: 0.2 } })])
    const found = choosePortfolio(problem, solve)
    expect(found).toMatchObject({
      feasible: true,
      best: { chosen: ['a', 'c'], value: 1.2, peopleWeeks: 20, closed: { faster: 1, safer: 0.2 } },
    })
    expect(found.feasible && found.next.map(({ chosen }) => chosen)).toEqual([['a'], ['b', 'c']])
  })

  test('names the limit that stands in the way, and how far it would have to go', () => {
    const needed = one('base', { peopleWeeks: 15, closes: {} })
    const problem = of([needed, one('a', { dependsOn: ['base'] })], {
      limits: { peopleWeeks: 20, money: 5 },
      floors: [{ outcome: 'faster', peopleWeeks: 10 }],
    })
    // `base` serves `faster` too, and fits.
    expect(choosePortfolio(problem, solve)).toMatchObject({ feasible: true, best: { chosen: ['base'] } })
    const narrow = of([{ ...needed, serves: [] }, one('a', { dependsOn: ['base'] })], {
      limits: { peopleWeeks: 20, money: 5 },
      floors: [{ outcome: 'faster' }],
    })
    expect(choosePortfolio(narrow, solve)).toEqual({
      feasible: false,
      alone: true,
      inTheWay: [
        { limit: 'peopleWeeks', counts: 'peopleWeeks', has: 20, needs: 25 },
        { limit: 'floor', outcome: 'faster', counts: 'investments', has: 1, needs: 0 },
      ],
    })
  })

  test('of nothing is empty, and keeps no floor', () => {
    expect(choosePortfolio(of([]), solve)).toMatchObject({ feasible: true, best: { chosen: [], value: 0 } })
    expect(choosePortfolio(of([], { floors: [{ outcome: 'faster' }] }), solve)).toMatchObject({ feasible: false, inTheWay: [{ needs: 0 }] })
  })
})

describe('how often it is chosen', () => {
  const problem = of([one('sure', { closes: { faster: 0.9 } }), one('coin'), one('toss')], { limits: { peopleWeeks: 25 } })
  const draws = Array.from({ length: 300 }, (_, index) => index)
  const tally = resampled(problem, draws, solve, (draw) => randomOf(`draw ${draw}`).next)

  test('is near one for what pays whoever estimated, and near one half for what could be the other', () => {
    const shares = chosenShares(problem, tally)
    expect(shares.sure).toBeGreaterThan(0.9)
    expect(shares.coin! - shares.toss!).toBeLessThan(0.15)
    expect(shares.coin).toBeGreaterThan(0.2)
    expect(tally.done).toBe(300)
  })

  test('is the same whoever draws which', () => {
    const halves = [draws.slice(0, 150), draws.slice(150)].map((half) =>
      resampled(problem, half, solve, (draw) => randomOf(`draw ${draw}`).next),
    )
    expect(halves[0]!.chosen.coin! + halves[1]!.chosen.coin!).toBe(tally.chosen.coin)
  })
})

test('a sorted list fills the limit from the top, and misses what fits better', () => {
  const problem = of(
    [
      one('small', { peopleWeeks: 6, closes: { faster: 0.3 } }),
      one('a', { closes: { faster: 0.4 } }),
      one('b', { closes: { faster: 0.4 } }),
    ],
    {
      limits: { peopleWeeks: 20 },
    },
  )
  const rankings = problem.candidates.map(({ ref, peopleWeeks, closes }) =>
    rankingOf({ ref, peopleWeeks, worth: closes.faster!, weeksLeft: 10 }),
  )
  expect(rankings[0]).toEqual({ ref: 'small', worthPerWeek: expect.closeTo(0.05, 9), wsjf: expect.closeTo(0.005, 9), rice: null })
  expect(pickedInOrder(problem, rankings, 'wsjf')).toMatchObject({ chosen: ['small', 'a'], value: 0.7 })
  expect(choosePortfolio(problem, solve)).toMatchObject({ best: { chosen: ['a', 'b'], value: 0.8 } })
})
