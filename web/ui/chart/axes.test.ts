import { describe, expect, test } from 'vitest'
import { timeTicks, valueTicks } from './axes.ts'

const span = (days: number): [Date, Date] => [new Date('2026-11-01T00:00:00Z'), new Date(Date.UTC(2026, 10, 1 + days))]

describe('the axes of a chart', () => {
  test('a week is told by its days, never by twelve-hour clocks, and by fewer of them where there is little room', () => {
    const wide = timeTicks(span(7), 1000)
    expect(wide.ticks).toBe('day')
    expect(wide.tickFormat?.(new Date('2026-11-03T00:00:00Z'), 1)).toBe('3 Nov')
    expect(timeTicks(span(7), 280).ticks).toBe('2 days')
  })

  test('hours are told on two days at most, months as the library divides them', () => {
    expect(timeTicks(span(1), 1000).tickFormat).toBeDefined()
    expect(timeTicks(span(90), 1000).tickFormat).toBeUndefined()
  })

  test('values too wide for the room beside the plot are written short', () => {
    expect(valueTicks(99_000).tickFormat).toBeUndefined()
    expect(valueTicks(1_234_567).tickFormat?.(1_000_000)).toBe('1M')
  })
})
