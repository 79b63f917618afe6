import { expect, test } from 'vitest'
import { bucketsOf, DAY, HOUR } from './index.ts'

test.each(['0001-01-31', '0050-03-31', '0099-12-31', '1900-02-28', '2024-02-28', '9999-12-29'])(
  'days, weeks and months from %s on join up and end with the window, in every zone',
  (first) => {
    const from = Date.parse(`${first}T00:00:00Z`)
    const window = { from, to: from + 40 * DAY }
    for (const zone of ['UTC', 'Europe/Berlin', 'America/St_Johns'])
      for (const [bucket, longest] of [
        ['day', DAY + HOUR],
        ['week', 7 * DAY + HOUR],
        ['month', 31 * DAY + HOUR],
      ] as const) {
        const buckets = bucketsOf(window, bucket, zone)
        expect(buckets[0]!.from).toBe(window.from)
        expect(buckets.at(-1)!.to).toBe(window.to)
        for (const [place, { from, to }] of buckets.entries()) {
          expect(to - from).toBeGreaterThan(0)
          expect(to - from).toBeLessThanOrEqual(longest)
          if (place > 0) expect(from).toBe(buckets[place - 1]!.to)
        }
      }
  },
)
