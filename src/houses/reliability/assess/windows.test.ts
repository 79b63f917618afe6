import { describe, expect, test } from 'vitest'
import { HOUR, type Instant } from '../../../ground/core/index.ts'
import type { SloWindow } from '../intent/model.ts'
import { periodAt } from './index.ts'

const at = (text: string) => Date.parse(text)
const berlin = (duration: { count: number; unit: 'd' | 'w' | 'M' | 'Q' | 'Y' }, start = '2024-01-01 00:00:00'): SloWindow => ({
  kind: 'calendar',
  duration,
  start,
  zone: 'Europe/Berlin',
  text: `${duration.count}${duration.unit}`,
})
const hours = ({ from, end }: { from: Instant; end: Instant }) => (end - from) / HOUR

describe('calendar windows', () => {
  test('a day with a change of the clock has 23 or 25 hours', () => {
    const day = berlin({ count: 1, unit: 'd' })
    expect(periodAt(day, at('2028-03-26T10:00:00Z'))).toEqual({
      from: at('2028-03-25T23:00:00Z'),
      to: at('2028-03-26T10:00:00Z'),
      end: at('2028-03-26T22:00:00Z'),
    })
    expect(hours(periodAt(day, at('2028-10-29T10:00:00Z')))).toBe(25)
    expect(hours(periodAt(day, at('2028-10-30T10:00:00Z')))).toBe(24)
  })
  test('months, quarters and years have their real lengths, leap days included', () => {
    expect(hours(periodAt(berlin({ count: 1, unit: 'M' }), at('2028-02-10T00:00:00Z'))) / 24).toBe(29)
    expect(hours(periodAt(berlin({ count: 1, unit: 'M' }), at('2027-02-10T00:00:00Z'))) / 24).toBe(28)
    expect(hours(periodAt(berlin({ count: 1, unit: 'Q' }), at('2028-02-10T00:00:00Z')))).toBe(91 * 24 - 1)
    expect(hours(periodAt(berlin({ count: 1, unit: 'Y' }), at('2028-02-10T00:00:00Z'))) / 24).toBe(366)
  })
  test('periods meet without a gap also where they begin on a day that some months lack, and before the stated start', () => {
    const month = berlin({ count: 1, unit: 'M' }, '2028-01-31 12:30:00')
    let period = periodAt(month, at('2027-06-15T00:00:00Z'))
    for (let n = 0; n < 40; n++) {
      const next = periodAt(month, period.end)
      expect(next.from).toBe(period.end)
      period = next
    }
    expect(new Date(periodAt(month, at('2028-02-29T11:30:00Z')).from).toISOString()).toBe('2028-02-29T11:30:00.000Z')
  })
})
