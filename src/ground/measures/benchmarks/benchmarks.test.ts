import { expect, test } from 'vitest'
import { parseBenchmarks } from './benchmark.ts'
import { placeOf } from './place.ts'
import { allBenchmarks } from './read.ts'

const DAY = 86_400
const lead = allBenchmarks().find(({ measure }) => measure === 'delivery.change_lead_time')!

test('every file that comes with the product is read, says who was asked, and gives nobody a grade', () => {
  expect(allBenchmarks().length).toBeGreaterThanOrEqual(4)
  for (const { asked, caveats, url, published } of allBenchmarks()) {
    expect(asked.length).toBeGreaterThan(20)
    expect(caveats.length).toBeGreaterThan(0)
    expect(url).toMatch(/^https:/)
    expect(published).toMatch(/^20\d\d/)
  }
  expect(JSON.stringify(allBenchmarks())).not.toMatch(/elite|high performer|low performer/i)
})

test('a value lies in a range with the shares below and above it; at an edge it is in the upper one', () => {
  expect(placeOf(3 * DAY, lead)!.words).toBe('22 % of those asked are in the same range (24 h to 7 d); 19 % below it, 60 % above.')
  expect(placeOf(DAY, lead)).toMatchObject({ same: 0.22, below: 0.19 })
  expect(placeOf(60, lead)).toMatchObject({ same: 0.19, below: 0 })
  expect(placeOf(400 * DAY, lead)!.words).toMatch(/^Outside every range that was asked for; 100 % below it, 0 % above/)
})

test('where only a mean is published, that is all that is said', () => {
  expect(placeOf(0.1, { bands: [], mean: 0.19, unit: 'ratio' })!.words).toBe('Below the mean of those asked, 19 %.')
})

test('shares that do not add up, overlap or lack a source are refused with their place', () => {
  const edition = { id: 'x', title: 't', publisher: 'p', url: 'https://example.org', published: '2024', asked: 'a', caveats: ['c'] }
  const of = (bands: object[], over: object = {}) =>
    parseBenchmarks({ ...edition, ...over, distributions: [{ measure: 'm', unit: 's', bands }] }).problems.map(
      ({ path, message }) => `${path}: ${message}`,
    )
  expect(
    of([
      { to: '1d', share: 0.5 },
      { from: '1d', share: 0.5 },
    ]),
  ).toEqual([])
  expect(
    of([
      { to: '1d', share: 0.5 },
      { from: '1d', share: 0.2 },
    ]),
  ).toEqual(['distributions.0: the shares add up to 0.70, not 1'])
  expect(
    of([
      { to: '2d', share: 0.5 },
      { from: '1d', share: 0.5 },
    ]),
  ).toEqual(['distributions.0: the bands overlap or are not in order'])
  expect(
    of([
      { to: 'soon', share: 0.5 },
      { from: '1d', share: 0.5 },
    ])[0],
  ).toMatch(/cannot be read in the unit s/)
  expect(
    of(
      [
        { to: '1d', share: 0.5 },
        { from: '1d', share: 0.5 },
      ],
      { url: 'http://example.org' },
    )[0],
  ).toMatch(/^url/)
  expect(
    of(
      [
        { to: '1d', share: 0.5 },
        { from: '1d', share: 0.5 },
      ],
      { medal: 'gold' },
    ),
  ).toHaveLength(1)
})
