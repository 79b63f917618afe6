import { expect, it } from 'vitest'
import { WEEK } from '../../../ground/core/index.ts'
import { probabilityWords } from './forecast.ts'
import { paceOf, paceWords } from './pace.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')

it('a pace seen is held against the one needed, the way that is better', () => {
  const seen = { slope: { value: -0.3, low: -0.4, high: -0.2 }, weeks: 12 }
  expect(paceOf(seen, { value: 1, at: NOW }, { value: 0, by: NOW + 4 * WEEK }, 'lower')).toMatchObject({ needed: -0.25, suffices: true })
  expect(paceOf(seen, { value: 1, at: NOW }, { value: 2, by: NOW + 4 * WEEK }, 'higher')).toMatchObject({ needed: 0.25, suffices: false })
})

it('a pace nobody has seen suffices for nothing and against nothing', () => {
  expect(paceOf({ slope: null, weeks: 3 }, { value: 1, at: NOW }, { value: 0, by: NOW + 4 * WEEK }, 'lower')).toMatchObject({
    seen: null,
    suffices: null,
  })
})

it('a pace is said with its sign and in the words of its unit', () => {
  expect(paceWords(-8640, 's')).toBe('−2.4 h a week')
  expect(paceWords(0.012, 'ratio')).toBe('+1.2 points a week')
})

it('no future is called sure', () => {
  expect([0.001, 0.42, 0.999].map(probabilityWords)).toEqual(['less than 1 %', '42 %', 'more than 99 %'])
})
