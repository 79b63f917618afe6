import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Content, contentHash } from './hash.ts'
import { merge, type Revision } from './merge.ts'

function revision(content: Content, importId: number | null = null): Revision {
  return { content, hash: contentHash(content), importId }
}

test('a later revision changes what it states and leaves the rest', () => {
  const opened = revision({ at: '2026-05-01', title: 'Checkout is slow', severity: 'high' })
  const resolved = revision({ at: '2026-05-02', severity: 'low', resolvedAt: '2026-05-02' })
  expect(merge([resolved, opened]).state).toEqual({
    at: '2026-05-02',
    title: 'Checkout is slow',
    severity: 'low',
    resolvedAt: '2026-05-02',
  })
})

test('a revision that says a field is empty clears it', () => {
  const resolved = revision({ at: '2026-05-01', resolvedAt: '2026-05-01' })
  const reopened = revision({ at: '2026-05-02', none: ['resolvedAt'] })
  expect(merge([reopened, resolved]).state).toEqual({ at: '2026-05-02' })
})

test('an assumption gives way to a statement, however early that was made', () => {
  const stated = revision({ at: '2026-05-01', environment: 'staging' })
  const assumed = revision({ at: '2026-05-02', environment: 'production', assumed: ['environment'] })
  expect(merge([assumed, stated]).state).toEqual({ at: '2026-05-02', environment: 'staging' })
  expect(merge([assumed]).state).toEqual({ at: '2026-05-02', environment: 'production', assumed: ['environment'] })
})

test('of several assumptions the earliest stands', () => {
  const seen = revision({ at: '2026-05-01', openedAt: '2026-05-01', assumed: ['openedAt'] })
  const closed = revision({ at: '2026-05-03', openedAt: '2026-05-03', assumed: ['openedAt'] })
  expect(merge([closed, seen]).state.openedAt).toBe('2026-05-01')
})

test('a record taken back stays so until it is given again, and keeps its fields', () => {
  const first = revision({ at: '2026-05-01', title: 'a' })
  const taken = revision({ at: '2026-06-01', $retract: true })
  const given = revision({ at: '2026-06-02', $retract: false })
  const late = revision({ at: '2026-05-03', title: 'b' })
  expect(merge([first, taken, late])).toEqual({ state: { at: '2026-05-03', title: 'b' }, retracted: true })
  expect(merge([taken, given, first]).retracted).toBe(false)
})

test('taking an import back leaves what others said', () => {
  const before = revision({ at: '2026-05-01', title: 'right' }, 1)
  const wrong = revision({ at: '2026-05-02', title: 'wrong' }, 2)
  const taken = revision({ at: '2026-06-01', $retract: true, $import: 2 })
  expect(merge([taken, wrong, before])).toEqual({ state: { at: '2026-05-01', title: 'right' }, retracted: false })
  expect(merge([taken, wrong]).retracted).toBe(true)
  expect(merge([taken, wrong, before, revision({ at: '2026-06-02', $retract: false, $import: 2 })]).state.title).toBe('wrong')
})

const field = fc.constantFrom('title', 'severity', 'resolvedAt')
const content: fc.Arbitrary<Content> = fc.oneof(
  fc.record(
    {
      at: fc.constantFrom('1', '2', '3'),
      title: fc.nat(3),
      severity: fc.nat(2),
      resolvedAt: fc.nat(2),
      none: fc.subarray(['title', 'severity']),
      assumed: fc.array(field, { maxLength: 2 }),
    },
    { requiredKeys: ['at'] },
  ),
  fc.record({ at: fc.constantFrom('1', '2', '3'), $retract: fc.boolean() }),
  fc.record({ at: fc.constantFrom('1', '2', '3'), $retract: fc.boolean(), $import: fc.constantFrom(1, 2) }),
)

test('revisions come to the same state in any order of arrival', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(content, fc.constantFrom(null, 1, 2)), {
        minLength: 1,
        maxLength: 8,
        selector: ([said]) => contentHash(said),
      }),
      fc.infiniteStream(fc.nat()),
      (said, shuffle) => {
        const arrived = said.map(([inner, importId]) => revision(inner, importId))
        const otherwise = arrived
          .map((one) => ({ one, key: shuffle.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one)
        expect(merge(otherwise)).toEqual(merge(arrived))
      },
    ),
  )
})

test('a content has one name, whatever the order of its fields', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
      const turned = Object.fromEntries(Object.entries(fields).reverse())
      expect(contentHash(turned)).toBe(contentHash(fields))
      expect(contentHash({ ...fields, absent: undefined })).toBe(contentHash(fields))
    }),
  )
  expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: '1' }))
})
