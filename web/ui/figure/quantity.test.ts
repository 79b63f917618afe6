import { expect, test } from 'vitest'
import { formatInterval, formatQuantity, lengthWords, plural, unbroken } from './quantity.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('a number and its unit never part at the end of a line', () => {
  expect(formatQuantity(355_000, 's')).toBe('4.1\u00a0d')
  expect(unbroken('p75 7.3 d (n = 34), promised 10 % by 31 December')).toBe(
    'p75 7.3\u00a0d (n\u00a0=\u00a034), promised 10\u00a0% by 31 December',
  )
})

test('an interval names its unit once where both ends share it', () => {
  expect(plain(formatInterval(3.6 * 86_400, 4.9 * 86_400, 's'))).toBe('3.6 to 4.9 d')
  expect(plain(formatInterval(20 * 3_600, 2.1 * 86_400, 's'))).toBe('20 h to 2.1 d')
  expect(plain(formatInterval(46 * 3_600, 3.8 * 86_400, 's'))).toBe('1.9 to 3.8 d')
  expect(plain(formatInterval(0.08, 0.17, 'ratio'))).toBe('8 to 17 %')
})

test('one record is not "1 records"', () => {
  expect([plural(1, 'record'), plural(12_431, 'record'), plural(2, 'entry', 'entries')]).toEqual([
    '1 record',
    '12,431 records',
    '2 entries',
  ])
})

test('a length of time that a file writes short is read in words', () => {
  expect(['30d', '1d', '2w', '1M', '1.5h'].map((text) => plain(lengthWords(text)))).toEqual([
    '30 days',
    '1 day',
    '2 weeks',
    '1 month',
    '1.5 hours',
  ])
  expect(lengthWords('a quarter')).toBe('a quarter')
})
