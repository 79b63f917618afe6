import { DAY, formatInstant, type Instant, type Reading, WEEK } from '../../../ground/core/index.ts'

/** A hand-made reading for tests of judgements; 28 days before `at` unless told otherwise. */
export function reading(value: number | null, more: Partial<Reading> & { at?: string } = {}): Reading {
  const at = more.at ?? '2026-06-01T00:00:00.000Z'
  return {
    measure: 'delivery.change_lead_time',
    subject: 'namespace:default',
    dimensions: {},
    window: { from: formatInstant(Date.parse(at) - 28 * DAY), to: at },
    value,
    unit: 's',
    n: value === null ? 0 : 40,
    excluded: [],
    ...(value === null ? { unknown: { code: 'no_data', why: 'no deployment source', fix: 'Connect one.' } } : {}),
    asOf: at,
    ...more,
    at,
  }
}

/** Weekly readings that end at a moment, oldest first. */
export function weekly(values: readonly (number | null)[], end: Instant, unit = 's'): Reading[] {
  return values.map((value, index) => {
    const to = end - (values.length - 1 - index) * WEEK
    return reading(value, {
      bucket: 'week',
      unit,
      n: value === null ? 0 : 10,
      window: { from: formatInstant(to - WEEK), to: formatInstant(to) },
    })
  })
}
