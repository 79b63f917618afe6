import { expect, test } from 'vitest'
import { clause, sentence } from './sentence.ts'

test('a half sentence from the server becomes a whole one, with one full stop', () => {
  expect(sentence('no deployment is known.')).toBe('No deployment is known.')
  expect(sentence('nobody owns it')).toBe('Nobody owns it.')
  expect(sentence('')).toBe('')
})

test('the name of a measure is not capitalised', () => {
  expect(sentence('cost.per_parcel is declared')).toBe('cost.per_parcel is declared.')
})

test('a sentence that goes on loses its full stop', () => {
  expect(`${clause('No change is known.')}: scan.`).toBe('No change is known: scan.')
})
