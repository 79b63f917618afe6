import { expect, test } from 'vitest'
import { filled, quantity, slug } from './document.ts'

test('a title becomes a name that files and links can use', () => {
  expect(slug('  Größere Pakete, schneller: 24 h! ')).toBe('gro-ere-pakete-schneller-24-h')
  expect(slug('x'.repeat(80))).toHaveLength(63)
  expect(slug('…')).toBe('')
})

test('saving a form keeps what the form does not show and leaves out what was emptied', () => {
  expect(
    filled(
      { links: [{ type: 'serves', to: 'x' }], owner: 'group:default/a' },
      { owner: '', target: { value: undefined, by: '' }, statement: 'S' },
    ),
  ).toEqual({ links: [{ type: 'serves', to: 'x' }], statement: 'S' })
})

test('a plain number is written as a number, a duration or share as text', () => {
  expect([quantity('400'), quantity('4.1d'), quantity(' 12% '), quantity('')]).toEqual([400, '4.1d', '12%', undefined])
})
