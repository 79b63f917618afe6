import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from '../../ground/store/index.ts'
import { KeptAnswers } from './kept.ts'

let store: Store
let now = 0
let made = 0
let kept: KeptAnswers
const count = () => Promise.resolve({ made: ++made })
const write = () =>
  store.query(sql`insert into setting (key, value) values ('kept.test', '1') on conflict (key) do update set value = excluded.value`)

beforeAll(async () => {
  store = await testStore()
})
beforeEach(() => {
  made = 0
  now = 1_000
  kept = new KeptAnswers(store, () => now)
})
afterAll(() => store.close())

test('an answer is repeated while nothing is written, and each question has its own', async () => {
  expect(await kept.answer('monday', count)).toBe('{"made":1}')
  expect(await kept.answer('monday', count)).toBe('{"made":1}')
  expect(await kept.answer('brief', count)).toBe('{"made":2}')
})

test('whatever is written makes the next answer anew', async () => {
  await kept.answer('monday', count)
  await write()
  expect(await kept.answer('monday', count)).toBe('{"made":2}')
})

test('what is written while an answer is made is not missed by the next', async () => {
  const slow = kept.answer('monday', async () => {
    await write()
    return count()
  })
  expect(await slow).toBe('{"made":1}')
  expect(await kept.answer('monday', count)).toBe('{"made":2}')
})

test('time alone makes an answer old, since windows move on', async () => {
  await kept.answer('monday', count)
  now += 29_000
  expect(await kept.answer('monday', count)).toBe('{"made":1}')
  now += 2_000
  expect(await kept.answer('monday', count)).toBe('{"made":2}')
})

test('two who ask at once share the work, and a failure is nobody’s answer', async () => {
  const answers = await Promise.all([kept.answer('monday', count), kept.answer('monday', count)])
  expect(answers).toEqual(['{"made":1}', '{"made":1}'])
  await expect(kept.answer('brief', () => Promise.reject(new Error('the store is away')))).rejects.toThrow('the store is away')
  expect(await kept.answer('brief', count)).toBe('{"made":2}')
})
