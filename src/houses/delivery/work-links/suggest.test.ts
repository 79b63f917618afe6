import { describe, expect, it } from 'vitest'
import { accuracyOf, calibrationOf } from './accuracy.ts'
import { plantedHistory } from './planted.test-data.ts'
import { profilesOf } from './evidence-for.ts'
import { confidenceOf, suggestOutcome } from './suggest.ts'
import { stem, wordsOf } from './words.ts'

describe('suggestions on a planted history', () => {
  const { outcomes, records, truth } = plantedHistory(2026, 4_000)
  const profiles = profilesOf({ outcomes })
  const links = records.flatMap((record) => suggestOutcome(record, profiles) ?? [])

  it('are right four times in five, and find two thirds of what words can tell', () => {
    const { precision, recall } = accuracyOf(links, truth)
    expect(precision).toBeGreaterThan(0.78)
    expect(recall).toBeGreaterThan(0.64)
  })

  it('are about as sure as they are right', () => {
    const bands = calibrationOf(links, truth).filter((band) => band.n >= 50)
    expect(bands.length).toBeGreaterThan(3)
    expect(Math.max(...bands.map((band) => Math.abs(band.hits - band.confidence)))).toBeLessThan(0.22)
  })

  it('say why in words of the record', () => {
    for (const link of links)
      expect(link).toMatchObject({ status: 'suggested', origin: 'inferred', because: expect.stringMatching(/^Shares "\p{L}/u) })
  })
})

describe('a suggestion', () => {
  const { outcomes, records } = plantedHistory(1, 10)
  const profiles = profilesOf({ outcomes })
  const about = (title: string, more = {}) => suggestOutcome({ ...records[0]!, title, paths: [], ...more }, profiles)

  it('is made for work, not for upkeep, merges and programs', () => {
    expect(about('Cut checkout latency of the payment page')).toMatchObject({ to: 'outcome:default/checkout' })
    expect(about('chore: cut checkout latency of the payment page')).toBeNull()
    expect(about('Cut checkout latency of the payment page', { bot: true })).toBeNull()
    expect(about('Cut checkout latency of the payment page', { merge: true })).toBeNull()
  })
  it('stays in the namespace of the record', () => {
    expect(about('Cut checkout latency of the payment page', { subject: 'repository:example/mono' })).toBeNull()
  })
  it('is not made from where work was done alone', () => {
    expect(about('Tidy up', { paths: ['services/checkout/a.ts'] })).toBeNull()
  })
  it('is less sure when another outcome is as near', () => {
    expect(confidenceOf(3, 0)).toBeGreaterThan(confidenceOf(3, 2))
    expect(Math.round(confidenceOf(1_000, 0) * 100)).toBeLessThan(100)
    expect(about('Search in checkout')).toBeNull()
  })
})

it('words meet in their stems', () => {
  for (const [a, b] of [
    ['payments', 'payment'],
    ['caching', 'cache'],
    ['deliveries', 'delivery'],
    ['parcels', 'parcel'],
    ['searches', 'search'],
    ['planning', 'plan'],
    ['couriers', 'courier'],
  ] as const)
    expect([a, stem(a)]).toEqual([a, stem(b)])
  expect(wordsOf('fixCheckoutLatency in src/app-utils.ts')).toEqual([stem('checkout'), stem('latency')])
})
