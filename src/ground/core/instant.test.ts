import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInstant, TimestampSchema } from './instant.ts'

const two = (value: number) => String(value).padStart(2, '0')

describe('moments', () => {
  test.each([
    ['2026-05-04T09:30:00Z', '2026-05-04T09:30:00.000Z'],
    ['2026-05-04T09:30:00.5Z', '2026-05-04T09:30:00.500Z'],
    ['2026-05-04T09:30:00.123456Z', '2026-05-04T09:30:00.123Z'],
    ['2026-05-04T11:30:00+02:00', '2026-05-04T09:30:00.000Z'],
    ['2026-05-04 09:30:00z', '2026-05-04T09:30:00.000Z'],
    ['2026-05-04', '2026-05-04T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0099-01-01T00:00:00Z', '0099-01-01T00:00:00.000Z'],
    ['0096-02-29T00:00:00Z', '0096-02-29T00:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
  ])('%s is %s', (text, kept) => expect(TimestampSchema.parse(text)).toBe(kept))

  test.each(['2026-02-29T00:00:00Z', '2026-13-01T00:00:00Z', '2026-00-10T00:00:00Z', '2026-05-04T24:00:00Z', '2026-05-04T09:60:00Z'])(
    '%s does not exist',
    (text) => expect(TimestampSchema.safeParse(text).error?.issues[0]?.message).toMatch(/not a moment that exists/),
  )

  test.each(['0000-02-29T00:00:00Z', '0000-01-01', '0001-01-01T00:00:00+00:01', '9999-12-31T23:59:59-00:01'])(
    '%s lies outside the years that can be written',
    (text) => expect(TimestampSchema.safeParse(text).error?.issues[0]?.message).toMatch(/between the years 1 and 9999/),
  )

  test.each([
    '2026-05-04T09:30:0:Z',
    '2026-05-04T09:30:00.12Z4',
    '2026-05-04T09:30:00,000Z',
    '२०२६-05-04T09:30:00Z',
    'yesterday at nine..',
  ])('%s is none', (text) => expect(parseInstant(text)).toMatchObject({ ok: false, problems: [{ code: 'instant.malformed' }] }))

  test('every moment that exists is read as what it is, and no other', () => {
    const field = fc.integer({ min: 0, max: 99 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        field,
        field,
        field,
        field,
        field,
        fc.option(field),
        (year, month, day, h, m, s, ms) => {
          const text = `${String(year).padStart(4, '0')}-${two(month % 14)}-${two(day % 34)}T${two(h % 26)}:${two(m % 62)}:${two(s % 62)}${ms === null ? '' : `.0${two(ms)}`}Z`
          const value = Date.parse(text)
          const exists = !Number.isNaN(value) && new Date(value).toISOString().slice(0, 19) === text.slice(0, 19)
          const read = parseInstant(text)
          expect(read.ok ? read.value : null).toBe(exists ? value : null)
          expect(TimestampSchema.safeParse(text).data ?? null).toBe(exists ? new Date(value).toISOString() : null)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})
