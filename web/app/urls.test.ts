import { expect, test } from 'vitest'
import { placeOf, recordOf, urls } from './urls.ts'

test('everything that has a name has a page', () => {
  expect(placeOf('outcome:default/faster-checkout')).toBe('/vision/outcomes/default/faster-checkout')
  expect(placeOf('principle:default/small-changes')).toBe('/vision/principles/default/small-changes')
  expect(placeOf('decision:shop/0007-use-events')).toBe('/decisions/shop/0007-use-events')
  expect(placeOf('component:default/checkout')).toBe('/catalogue/component/default/checkout')
  expect(placeOf('change:git/42')).toBe('/records/change:git/42')
  expect(placeOf('deployment:git/services/checkout@v1.2')).toBe('/records/deployment:git/services/checkout%40v1.2')
  expect(placeOf(recordOf('change:git/42', 'repository:default/shop'))).toBe('/records/change:git/42%40repository:default/shop')
  expect(placeOf('delivery.change_lead_time')).toBe('/measures/delivery.change_lead_time')
})

test('a reference that is none leads to the page that says so, not to a crash', () => {
  expect(urls.outcome('nonsense')).toBe('/not-found')
})
