import { expect, it } from 'vitest'
import { WEEK } from '../../../ground/core/index.ts'
import { reading, weekly } from '../decide/reading.fixture.ts'
import type { OutcomeIntent } from '../intent/index.ts'
import { outlookOf } from './outlook.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const outcome: OutcomeIntent = {
  ref: 'outcome:default/faster',
  title: 'Faster',
  statement: 'Faster.',
  measure: 'delivery.change_lead_time',
  subject: 'namespace:default',
  baseline: { value: 100, at: NOW - 60 * WEEK },
  target: { value: 80, by: NOW + 8 * WEEK },
  guardrails: [],
}
const outlook = (values: readonly (number | null)[], target = 80) =>
  outlookOf({ ...outcome, target: { value: target, by: outcome.target!.by } }, weekly(values, NOW), {
    better: 'lower',
    now: reading(values.at(-1)!),
    at: NOW,
  })
/** Weeks that jump around a level, the same at every run. */
const jumping = (count: number, level = 90, size = 10) =>
  Array.from({ length: count }, (_, week) => level + size * Math.sin(week * 2.4) * Math.cos(week * 0.7))

it('steady weeks are foretold with an interval that held before, and a probability from its past errors', async () => {
  const { forecast, likelihood } = await outlook(jumping(60))
  expect(forecast!.points).toHaveLength(8)
  expect(forecast!.held).toBeGreaterThan(0.65)
  expect(forecast!.low).toBeLessThan(forecast!.value)
  expect(likelihood).toMatchObject({ basis: 'forecast' })
  const [easy, hard] = [await outlook(jumping(60), 98), await outlook(jumping(60), 70)]
  expect(easy.likelihood!.probability).toBeGreaterThan(0.8)
  expect(hard.likelihood!.probability).toBeLessThan(0.1)
})

it('too few weeks give no forecast, but say from when on there is one; the pace tells instead', async () => {
  const falling = Array.from({ length: 12 }, (_, week) => 112 - 2 * week + Math.sin(week))
  const { pace, forecast, forecastUnknown, likelihood } = await outlook(falling)
  expect(forecast).toBeUndefined()
  expect(forecastUnknown!.why).toBe('12 weeks with data are too few to foretell 8 weeks ahead: it takes 28')
  expect(pace.slope!.value).toBeCloseTo(-2, 0)
  expect(likelihood).toMatchObject({ basis: 'pace', n: 12 })
  expect(likelihood!.probability).toBeGreaterThan(0.9)
})

it('forecasts that did not hold are not told', async () => {
  const turned = [...Array.from({ length: 25 }, () => 100), ...Array.from({ length: 20 }, (_, week) => 100 - 2.5 * week)]
  const { forecast, forecastUnknown, likelihood } = await outlook(
    turned.map((value, week) => value + Math.sin(week * 2.4)),
    45,
  )
  expect(forecast).toBeUndefined()
  expect(forecastUnknown!.code).toBe('forecast_does_not_hold')
  expect(likelihood!.basis).toBe('pace')
})

it('weeks of which nothing is known are no zeros, and lead nowhere', async () => {
  expect(await outlook([null, null, null])).toEqual({ pace: { slope: null, weeks: 0 } })
})
