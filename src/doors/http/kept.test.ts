import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { testStore } from '../../../test/support/store.ts'
import { operation } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { sql, type Store } from '../../ground/store/index.ts'
import type { DoorEnv } from './caller.ts'
import { KeptAnswers } from './kept.ts'
import { addRoute } from './route.ts'

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
/** A busy machine may take seconds for what else takes a millisecond. */
const PATIENCE_MS = 30_000
const begin = () => {
  made = 0
  now = 1_000
  kept = new KeptAnswers(store, () => now)
}
beforeEach(begin)
/** Once more where something else was written meanwhile: a server tells of its other databases, too, and tests write there. */
const undisturbed = (work: () => Promise<void>) =>
  vi.waitFor(async () => {
    begin()
    await work()
  }, PATIENCE_MS)
const ask = async (question: string, make: () => Promise<unknown> = count) => (await kept.answer(question, make)).text
afterAll(() => store.close())

test('an answer is repeated while nothing is written, and each question has its own', async () => {
  await undisturbed(async () => {
    expect(await ask('monday')).toBe('{"made":1}')
    expect(await ask('monday')).toBe('{"made":1}')
    expect(await ask('brief')).toBe('{"made":2}')
  })
})

test('whatever is written makes the next answer anew', async () => {
  await ask('monday')
  await write()
  expect(await ask('monday')).toBe('{"made":2}')
})

test('what is written while an answer is made is not missed by the next', async () => {
  const slow = ask('monday', async () => {
    await write()
    return count()
  })
  expect(await slow).toBe('{"made":1}')
  expect(await ask('monday')).toBe('{"made":2}')
})

test('time alone makes an answer old, since windows move on', async () => {
  await undisturbed(async () => {
    await ask('monday')
    now += 29_000
    expect(await ask('monday')).toBe('{"made":1}')
    now += 2_000
    expect(await ask('monday')).toBe('{"made":2}')
  })
})

test('two who ask at once share the work, and a failure is nobody’s answer', async () => {
  const answers = await Promise.all([ask('monday'), ask('monday')])
  expect(answers).toEqual(['{"made":1}', '{"made":1}'])
  await expect(ask('brief', () => Promise.reject(new Error('the store is away')))).rejects.toThrow('the store is away')
  expect(await ask('brief')).toBe('{"made":2}')
})

/** Takes as long as what is kept for those who would take an older answer. */
const slowly = () => {
  now += 400
  return count()
}
const older = (seconds: number, make = slowly) => kept.answer('monday', make, seconds * 1000)
const settled = () => new Promise((resolve) => setImmediate(resolve))
/** From here on how often the state of the store was looked up. */
function watch(): () => number {
  let looked = 0
  const watched = Object.assign(Object.create(store) as Store, {
    query: (statement: Parameters<Store['query']>[0]) => store.query(statement).finally(() => (looked += 1)),
  })
  kept = new KeptAnswers(watched, () => now)
  return () => looked
}
const hasLooked = (looked: () => number, times: number) => vi.waitFor(() => expect(looked()).toBe(times), PATIENCE_MS)
/** A person writes an entity. */
const act = () => store.query(sql`update catalog_revision set token = gen_random_uuid()::text`)
/** Work that goes on until it is let go. */
function held() {
  const { promise, resolve: letGo } = Promise.withResolvers<void>()
  return { make: () => promise.then(slowly), letGo }
}

test('who says so is given an older answer at once while records come in, and one is made anew meanwhile, once', async () => {
  await ask('monday', slowly)
  await write()
  now += 5_000
  const meanwhile = held()
  for (let times = 0; times < 2; times++) expect(await older(60, meanwhile.make)).toEqual({ text: '{"made":1}', ageMs: 5_400 })
  meanwhile.letGo()
  await settled()
  expect(await older(60)).toEqual({ text: '{"made":2}', ageMs: 0 })
  await write()
  expect(await ask('monday')).toBe('{"made":3}')
})

test('an older answer than said is not given, nor one that was quick to make', async () => {
  await ask('monday', slowly)
  await write()
  now += 60_000
  expect(await older(60)).toEqual({ text: '{"made":2}', ageMs: 0 })
  await ask('brief')
  await write()
  expect(await kept.answer('brief', count, 60_000)).toEqual({ text: '{"made":4}', ageMs: 0 })
})

test('what a person just did is in every answer, also where another entry was there first', async () => {
  const act = (id: number) =>
    store.query(
      sql`insert into audit (id, at, person, verb, target, detail) overriding system value values (${id}::bigint, now(), 'user:default/u1', 'tested', 't', '{}')`,
    )
  const catalogue = () => store.query(sql`update catalog_revision set token = gen_random_uuid()::text`)
  for (const [index, write] of [() => act(1_002), () => act(1_001), catalogue].entries()) {
    await ask('monday', slowly)
    made = 10 * index
    await write()
    const { text, ageMs } = await older(60)
    expect({ text, ageMs }).toEqual({ text: `{"made":${10 * index + 1}}`, ageMs: 0 })
  }
})

test.each([
  ['the first answer of all', () => Promise.resolve()],
  ['the first since a person did something', () => ask('monday', slowly).then(act)],
])('whoever opens a page while %s is being made is given one that counts what was written before', async (_, before) => {
  const looked = watch()
  await before()
  const [from, already] = [looked(), made]
  const { make, letGo } = held()
  const first = kept.answer('monday', make)
  await hasLooked(looked, from + 1)
  await write()
  const opened = older(86_400)
  await hasLooked(looked, from + 2)
  await settled()
  letGo()
  expect((await first).text).toBe(`{"made":${already + 1}}`)
  expect(await opened).toEqual({ text: `{"made":${already + 2}}`, ageMs: 0 })
})

test('who takes an answer begun a moment ago waits for it with those who asked for it', async () => {
  const looked = watch()
  await ask('monday', slowly)
  await write()
  now += 60_000
  const { make, letGo } = held()
  const first = older(0, make)
  await hasLooked(looked, 2)
  await write()
  now += 3_000
  const second = older(5)
  await hasLooked(looked, 3)
  await settled()
  letGo()
  expect(await first).toEqual({ text: '{"made":2}', ageMs: 0 })
  expect(await second).toEqual({ text: '{"made":2}', ageMs: 0 })
})

test('who was given an older answer gets one that counts what was written before they asked, also where one was begun before that', async () => {
  const looked = watch()
  await ask('monday', slowly)
  await write()
  const before = held()
  now += 5_000
  await older(60, before.make)
  await write() // what the next one knows of
  now += 1_000
  expect(await older(60)).toEqual({ text: '{"made":1}', ageMs: 6_400 })
  const answers = [older(1), older(5), ask('monday', slowly)]
  await hasLooked(looked, 6)
  await settled()
  before.letGo()
  const [one, other, third] = await Promise.all(answers)
  expect(one).toEqual({ text: '{"made":3}', ageMs: 0 })
  expect(other).toEqual(one)
  expect(third).toBe('{"made":3}') // one for all of them
})

test('a failure while an older answer is given is told to whoever asks next', async () => {
  await ask('monday', slowly)
  await write()
  const fails = () => Promise.reject(new Error('the store is away'))
  expect(await older(60, fails)).toMatchObject({ text: '{"made":1}' })
  await settled()
  await expect(ask('monday', fails)).rejects.toThrow('the store is away')
  expect(await older(60)).toMatchObject({ text: '{"made":1}' })
})

test('an older answer says its age in seconds, and only who takes one gets it', async () => {
  const app = new Hono<DoorEnv>()
  app.use((context, next) => {
    context.set('caller', { person: 'user:default/u1', scopes: ['read'] })
    return next()
  })
  const asked = operation({
    id: 'asked',
    method: 'get',
    path: '/asked',
    scope: 'read',
    keep: true,
    summary: 'Counts how often it was asked',
    input: z.strictObject({}),
    output: z.object({ made: z.number() }),
    run: slowly,
  })
  addRoute(app, asked, { store } as Ground, kept)
  const get = async (headers: Record<string, string> = {}) => {
    const response = await app.request('/api/asked', { headers })
    return { ...((await response.json()) as object), age: response.headers.get('age') }
  }
  expect(await get()).toEqual({ made: 1, age: null })
  await write()
  expect(await get({ 'cache-control': 'max-stale=60' })).toEqual({ made: 1, age: '1' })
  await settled()
  await write()
  expect(await get()).toEqual({ made: 3, age: null })
})

test('what people come back to is made anew once it is quiet, and no more when nobody asked for an hour', async () => {
  const learn = () => store.query(sql`update ledger_clock set learned = learned + interval '1 second'`)
  const veryslowly = () => {
    now += 2_000
    return count()
  }
  kept.want('monday', veryslowly)
  await kept.warm()
  expect(made).toBe(0) // it may not be quiet yet
  await kept.warm()
  expect(made).toBe(1)
  await write()
  await kept.warm()
  expect(made).toBe(1) // nothing was learned
  await learn()
  await kept.warm()
  expect(made).toBe(1)
  await kept.warm()
  expect(made).toBe(1) // quiet, but it took two seconds: not within twenty
  now += 18_000
  await kept.warm()
  expect(await ask('monday', veryslowly)).toBe('{"made":2}')
  now += 60_000
  await learn()
  await kept.warm()
  expect(made).toBe(3) // never quiet for a minute
  await learn()
  now += 3_600_000
  await kept.warm()
  expect(made).toBe(3)
})

test('what is quick to make is not made before somebody asks', async () => {
  kept.want('monday', slowly)
  await kept.answer('monday', slowly)
  await store.query(sql`update ledger_clock set learned = learned + interval '1 second'`)
  for (let times = 0; times < 3; times++) await kept.warm()
  expect(made).toBe(1)
})
