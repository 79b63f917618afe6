import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomOf } from '../../../ground/measures/index.ts'
import { agreementOf as agreementBy, furthestApart } from './agreement.ts'

const agreementOf = (rankings: readonly (readonly string[])[]) => agreementBy(rankings, randomOf('test'))
const order = (words: string) => [...words]

describe('how alike sides rank', () => {
  test('the same order throughout is 1, two opposite orders are 0', () => {
    expect(agreementOf([order('abcde'), order('abcde'), order('abcde')])).toMatchObject({ w: 1, sides: 3, outcomes: 5 })
    expect(agreementOf([order('abcd'), order('dcba')])).toMatchObject({ w: 0, chance: 1 })
  })

  test('worked by hand: three sides, four outcomes, rank sums 5, 5, 9, 11 give W = 12 · 27 ÷ (9 · 60)', () => {
    // a: 1+3+1, b: 2+1+2, c: 3+2+4, d: 4+4+3; mean 7.5, S = 6.25 + 6.25 + 2.25 + 12.25
    expect(agreementOf([order('abcd'), order('bcad'), order('abdc')])!.w).toBeCloseTo((12 * 27) / (9 * 60), 12)
  })

  test('full agreement of three sides on five outcomes comes about by chance once in 14,400', () => {
    expect(agreementOf([order('abcde'), order('abcde'), order('abcde')])!.chance).toBeCloseTo(1 / 14_400, 12)
  })

  test('what is drawn instead of counted out gives the same figure every time', () => {
    const asked = [order('abcdefgh'), order('abdcefhg'), order('bacdefgh')]
    expect(agreementOf(asked)).toEqual(agreementOf(asked))
    expect(agreementOf(asked)!.chance).toBeLessThan(0.01)
  })

  test('with one side, or one outcome, nothing can agree', () => {
    expect(agreementOf([order('abc')])).toBeNull()
    expect(agreementOf([order('a'), order('a')])).toBeNull()
  })

  test('W lies between 0 and 1, does not ask who ranked, nor what things are called', () => {
    const ranking = fc.shuffledSubarray([...'abcd'], { minLength: 4 })
    fc.assert(
      fc.property(fc.array(ranking, { minLength: 2, maxLength: 3 }), (rankings) => {
        const found = agreementOf(rankings)!
        expect(found.w).toBeGreaterThanOrEqual(0)
        expect(found.w).toBeLessThanOrEqual(1 + 1e-12)
        expect(agreementOf(rankings.toReversed())!.w).toBeCloseTo(found.w, 12)
        expect(agreementOf(rankings.map((one) => one.map((thing) => `${thing}!`)))!.w).toBeCloseTo(found.w, 12)
      }),
      { numRuns: 40 },
    )
  })

  test('the outcome furthest apart is named with who places it where; where all agree there is none', () => {
    const rankings = [
      { side: 'product', ranking: order('abc') },
      { side: 'engineering', ranking: order('cba') },
    ]
    expect(furthestApart(rankings)).toEqual({ outcome: 'a', high: { side: 'product', rank: 1 }, low: { side: 'engineering', rank: 3 } })
    expect(furthestApart([rankings[0]!, { side: 'business', ranking: order('abc') }])).toBeNull()
  })
})
