import { expect, test } from 'vitest'
import { csv } from './twin.ts'

test('the CSV under a chart leaves unknown cells empty and quotes what needs it', () => {
  expect(
    csv({
      heads: ['week', 'value'],
      rows: [
        ['2026-05-04', 4.1],
        ['one, "two"', null],
      ],
    }),
  ).toBe('week,value\r\n2026-05-04,4.1\r\n"one, ""two""",')
})

test('a text that a spreadsheet would run as a formula stays a text', () => {
  expect(csv({ heads: ['title'], rows: [['=HYPERLINK("x")']] })).toBe('title\r\n"\'=HYPERLINK(""x"")"')
})
