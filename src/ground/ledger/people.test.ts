import { expect, test } from 'vitest'
import { withoutPeople } from './people.ts'

const hide = (field: string, value: unknown, bot = false) => withoutPeople(field, value, bot, (person) => `<${person.length}>`)

test('fields that name people are replaced, in lists and objects too', () => {
  expect(hide('author', 'jo@example.org')).toBe('<14>')
  expect(hide('assignees', ['Jo', { login: 'kim', id: 7 }, null])).toEqual(['<2>', '<3>', null])
  expect(hide('actor', '')).toBe('')
})

test('a program keeps its name as an author, and only there', () => {
  expect(hide('author', 'release-bot', true)).toBe('release-bot')
  expect(hide('coAuthors', ['jo@example.org'], true)).toEqual(['<14>'])
})

test('person trailers are replaced by their meaning, other trailers stay', () => {
  const trailers = {
    'Signed-off-by': ['Jo <jo@example.org>'],
    'reviewed-by': ['Kim'],
    Cc: ['list@example.org'],
    Fixes: ['a1b2c3'],
    'Superseded-by': ['adr-7'],
    'Praised-by': ['Jo <jo@example.org>'],
  }
  expect(hide('trailers', trailers)).toEqual({
    'Signed-off-by': ['<19>'],
    'reviewed-by': ['<3>'],
    Cc: ['<16>'],
    Fixes: ['a1b2c3'],
    'Superseded-by': ['adr-7'],
    'Praised-by': ['<19>'],
  })
})

test('the same holds for trailers inside a message; its words stay', () => {
  const message =
    'fix: ask Jo about it\n\nReported by nobody: really\nServes: outcome:default/faster\nCo-authored-by: Jo <jo@example.org>\nFixes: #7\n'
  expect(hide('message', message)).toBe(
    'fix: ask Jo about it\n\nReported by nobody: really\nServes: outcome:default/faster\nCo-authored-by: <19>\nFixes: #7\n',
  )
})

test('foreign data loses the people in it, however deep, and nothing else', () => {
  expect(
    hide('data', { change: { author: { name: 'Jo', email: 'jo@example.org' }, title: 'Jo' }, list: [{ reviewer: 'Kim' }], n: 1 }),
  ).toEqual({
    change: { author: '<14>', title: 'Jo' },
    list: [{ reviewer: '<3>' }],
    n: 1,
  })
  expect(hide('data', 'text')).toBe('text')
})

test('every other field passes as it is', () => {
  expect(hide('title', 'Jo <jo@example.org>')).toBe('Jo <jo@example.org>')
})
