import { afterEach, beforeEach, expect, test } from 'vitest'
import * as z from 'zod'
import { testGround, type TestGround } from '../../../../test/support/ground.ts'
import { embeddedTest, serverTest } from '../../../../test/support/store.ts'
import { type RemoteServer, remoteServer, steadyRandom } from '../../../../test/support/remote/server.ts'
import { DAY, HOUR, MINUTE } from '../../core/index.ts'
import { sql } from '../../store/index.ts'
import { allowedAddresses, createIntake, type SourceDefinition, told } from '../index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const THINGS = 60
const PER_PAGE = 7

let remote: RemoteServer
let ground: TestGround
let every: number | null
let seen: (string | undefined)[]
/** Lists of the other side by name; a page is a number. */
const lists: Record<string, number> = {}

/** A system of our own with lists of things, newest first. */
const things: SourceDefinition = {
  kind: 'things',
  title: 'Things',
  brings: 'Things.',
  steps: [],
  settings: z.strictObject({ lists: z.array(z.string()).default(['a', 'b']) }),
  secrets: [{ name: 'token', label: 'token', made: 'there', optional: true }],
  pull: {
    streams: (settings) => settings.lists as string[],
    reach: (_, { token }) => ({ base: remote.base, headers: { authorization: `Bearer ${token ?? ''}` } }),
    everySeconds: () => every,
    async page({ stream, cursor, since, remote: http }) {
      const page = (cursor?.page as number | undefined) ?? 1
      const { body } = await http.get(`/${stream}?page=${page}`)
      const { things: found, isLast, more } = body as { things: { id: string; at: string }[]; isLast: boolean; more?: string[] }
      const wanted = found.filter(({ at }) => Date.parse(at) >= since)
      return {
        payloads: wanted.map((thing) => ({ event: 'thing', body: { ...thing, stream } })),
        next: isLast || wanted.length < found.length ? null : { page: page + 1 },
        ...(more ? { streams: more } : {}),
      }
    },
    read({ body }) {
      const { id, at, stream } = body as { id: string; at: string; stream: string }
      return told({
        kind: 'event',
        source: 'things',
        id: `${stream}/${id}`,
        subject: 'repository:default/shop',
        at,
        type: 'thing',
        data: {},
      })
    },
    test: async ({ remote: http }) => [{ ok: true, what: `${((await http.get('/a')).body as { things: object[] }).things.length} things` }],
  },
}

beforeEach(async () => {
  every = null
  seen = []
  for (const name of Object.keys(lists)) delete lists[name]
  Object.assign(lists, { a: THINGS, b: THINGS })
  remote = await remoteServer(({ path, query, headers }) => {
    const name = path.slice(1)
    const length = lists[name]
    if (length === undefined) return null
    seen.push(headers.authorization)
    const page = Number(query.get('page') ?? 1)
    const numbers = Array.from({ length }, (_, n) => length - n).slice((page - 1) * PER_PAGE, page * PER_PAGE)
    return {
      body: {
        things: numbers.map((n) => ({ id: String(n), at: new Date(NOW - 2 * DAY + n * MINUTE).toISOString() })),
        isLast: page * PER_PAGE >= length,
        ...(name === 'all' ? { more: ['a'] } : {}),
      },
    }
  })
  ground = await testGround({
    now: NOW,
    outgoing: {
      allowed: allowedAddresses('127.0.0.1'),
      firstRetrySeconds: 0.001,
      firstPageRetrySeconds: 60,
      patienceSeconds: 0.5,
      random: steadyRandom(),
    },
  })
  ground.intake.registerSource(things)
})
afterEach(async () => {
  await remote.close()
  await ground.store.close()
})

const connect = async (settings: object = {}, secrets: Record<string, string> = { token: 'word' }) =>
  (await ground.intake.connect({ source: 'things', settings: settings as Record<string, unknown>, secrets }, 'user:default/me')).id
const pull = (signal = new AbortController().signal) => ground.intake.pull(signal)
const stateOf = async (id: string) => Object.fromEntries((await ground.intake.pulls(id)).map((one) => [one.stream, one]))
async function kept(): Promise<{ current: number; rows: number }> {
  const [counted] = await ground.store.query<{ current: number; rows: number }>(
    sql`select count(*) filter (where learned_to = 'infinity') as current, count(*) as rows from evidence_event`,
  )
  return counted!
}

test('what lies a year back is read when a system is connected, each thing once, with its secret', async () => {
  const id = await connect()
  expect(await stateOf(id)).toMatchObject({ a: { state: 'waiting', since: NOW - 365 * DAY }, b: { state: 'waiting' } })
  expect(await ground.intake.pullsDue()).toBe(true)
  await pull()
  expect(await kept()).toEqual({ current: 2 * THINGS, rows: 2 * THINGS })
  expect(await stateOf(id)).toMatchObject({ a: { state: 'done', pages: 9, records: THINGS, startedAt: NOW, finishedAt: NOW, dueAt: null } })
  expect(new Set(seen)).toEqual(new Set(['Bearer word']))
  expect(await ground.intake.pullsDue()).toBe(false)
  const day = (await ground.intake.connectionDays(1)).get(id)![0]!
  expect(day).toMatchObject({ accepted: 2 * THINGS, deliveries: 0, lagSeconds: null })
})

test('again from the beginning finds everything known', async () => {
  const id = await connect()
  await pull()
  await ground.intake.backfill(id, NOW - 3 * DAY)
  await pull()
  expect(await kept()).toEqual({ current: 2 * THINGS, rows: 2 * THINGS })
  await ground.intake.backfill(id, NOW - 2 * DAY + 50 * MINUTE)
  await pull()
  expect(await stateOf(id)).toMatchObject({ a: { records: 11 } })
})

test('errors, dropped connections and answers that break off are repeated until all is there', async () => {
  const random = steadyRandom(7)
  remote.trouble = () => (['error', 'drop', 'truncate', null, null, null] as const)[Math.floor(random() * 6)]!
  const id = await connect()
  for (let turn = 1; turn < 50 && (await ground.intake.pulls(id)).some(({ state }) => state !== 'done'); turn += 1) {
    await pull()
    ground.setNow(NOW + turn * HOUR)
  }
  expect(await kept()).toEqual({ current: 2 * THINGS, rows: 2 * THINGS })
  expect(remote.requests).toBeGreaterThan(18)
})

test('a list that fails is put off, longer each time, says why, and goes on where it was', async () => {
  const id = await connect({ lists: ['a'] })
  remote.trouble = (request) => (request > 3 ? 'error' : null)
  await pull()
  const first = (await stateOf(id)).a!
  expect(first).toMatchObject({ state: 'waiting', pages: 3, attempts: 1, error: { code: 'pull.server_error' } })
  expect(first.why).toBe('Things answers 502 at /a.')
  expect(first.dueAt! - NOW).toBeGreaterThanOrEqual(30_000)
  ground.setNow(first.dueAt!)
  await pull()
  const second = (await stateOf(id)).a!
  expect(second.attempts).toBe(2)
  expect(second.dueAt! - first.dueAt!).toBeGreaterThanOrEqual(60_000)
  remote.trouble = () => null
  ground.setNow(second.dueAt!)
  const before = remote.requests
  await pull()
  expect(await stateOf(id)).toMatchObject({ a: { state: 'done', pages: 9, attempts: 0, error: null, why: null } })
  expect(remote.requests - before).toBeLessThanOrEqual(6 + 6)
  expect((await kept()).rows).toBe(THINGS)
})

test('a short limit is sat out, a long one puts off all lists of the connection until it is over', async () => {
  remote.limit = { requests: 5, closedMs: 100, say: (ms) => ({ status: 429, headers: { 'retry-after': String(ms / 1000) }, body: {} }) }
  const id = await connect()
  await pull()
  expect((await kept()).current).toBe(2 * THINGS)
  expect(remote.tooEarly).toBeGreaterThanOrEqual(1)
  expect(remote.tooEarly).toBeLessThanOrEqual(6)
  remote.limit = { requests: 2, closedMs: 60_000, say: () => ({ status: 403, headers: { 'retry-after': '600' }, body: {} }) }
  await ground.intake.backfill(id)
  await pull()
  const { a, b } = await stateOf(id)
  expect(a).toMatchObject({ state: 'waiting', dueAt: NOW + 600_000, why: expect.stringContaining('limit') })
  expect(b).toMatchObject({ state: 'waiting', dueAt: NOW + 600_000 })
  expect(await ground.intake.pullsDue()).toBe(false)
})

test('a token that is not accepted stops everything, a list that is gone only itself, both saying what to do', async () => {
  const id = await connect({ lists: ['a', 'gone'] })
  await pull()
  expect(await stateOf(id)).toMatchObject({
    a: { state: 'done' },
    gone: { state: 'failed', error: { code: 'pull.gone', fix: expect.stringContaining('deleted') } },
  })
  lists.gone = 3
  await ground.intake.steerPulls(id, 'resume')
  await pull()
  expect(await stateOf(id)).toMatchObject({ gone: { state: 'done', records: 3, error: null } })

  remote.limit = { requests: 0, closedMs: 60_000, say: () => ({ status: 401, body: { message: 'Bad credentials' } }) }
  await ground.intake.backfill(id)
  const before = remote.requests
  await pull()
  expect(remote.requests - before).toBe(1)
  const states = await ground.intake.pulls(id)
  expect(states.map(({ state }) => state)).toEqual(['failed', 'failed'])
  expect(states[0]!.error).toMatchObject({ code: 'pull.unauthorized', message: expect.stringContaining('Bad credentials') })
  expect(await ground.intake.testConnection(id)).toMatchObject([{ ok: false, fix: expect.stringContaining('new token') }])
})

test('it is paused, resumed and ended at any moment, and what a page in hand brings then is dropped whole', async () => {
  const id = await connect({ lists: ['a'] })
  remote.trouble = (request) => {
    if (request === 4) void ground.intake.steerPulls(id, 'pause')
    return request === 4 ? 'error' : null
  }
  await pull()
  expect(await stateOf(id)).toMatchObject({ a: { state: 'paused', pages: 3, dueAt: null } })
  expect((await kept()).current).toBe(3 * PER_PAGE)
  expect(await ground.intake.pullsDue()).toBe(false)
  await ground.intake.steerPulls(id, 'resume')
  await ground.intake.pauseConnection(id, true)
  expect(await ground.intake.pullsDue()).toBe(false)
  await ground.intake.pauseConnection(id, false)
  await pull()
  expect(await stateOf(id)).toMatchObject({ a: { state: 'done', pages: 9 } })
  expect(await kept()).toEqual({ current: THINGS, rows: THINGS })
  await ground.intake.steerPulls(id, 'stop')
  expect(await ground.intake.pulls(id)).toEqual([])
})

test('a stop in the middle leaves nothing held, and the next call goes on from there', async () => {
  const id = await connect()
  const stop = new AbortController()
  remote.trouble = (request) => {
    if (request === 5) stop.abort(new Error('stopped'))
    return null
  }
  await pull(stop.signal)
  expect((await ground.intake.pulls(id)).map(({ state }) => state)).toEqual(['waiting', 'waiting'])
  expect((await kept()).current).toBeLessThan(2 * THINGS)
  await pull()
  expect(await kept()).toEqual({ current: 2 * THINGS, rows: 2 * THINGS })
  expect(remote.requests).toBeLessThanOrEqual(19)
})

/** The intake of another process on the same store. */
function anotherProcess() {
  const intake = createIntake({ ...ground, clock: () => NOW, outgoing: { allowed: allowedAddresses('127.0.0.1') } })
  intake.registerSource(things)
  return intake
}

serverTest('two processes share the lists and read none twice; one that died gives its list back', async () => {
  const id = await connect({ lists: ['a', 'b'] })
  const signal = new AbortController().signal
  await Promise.all([pull(), anotherProcess().pull(signal)])
  expect(remote.requests).toBe(18)
  await ground.intake.backfill(id)
  await ground.store.query(sql`update pull set holder = 'dead', held_until = now() + interval '60 seconds' where stream = 'a'`)
  await pull()
  expect(await stateOf(id)).toMatchObject({ a: { state: 'running', pages: 0 }, b: { state: 'done' } })
  await ground.store.query(sql`update pull set held_until = now() - interval '1 second' where stream = 'a'`)
  await anotherProcess().pull(signal)
  expect(await stateOf(id)).toMatchObject({ a: { state: 'done' } })
  expect(await kept()).toEqual({ current: 2 * THINGS, rows: 2 * THINGS })
})

embeddedTest('what a process that was killed held is free at once where nobody else can be', async () => {
  const id = await connect({ lists: ['a'] })
  await ground.store.query(sql`update pull set holder = 'dead', held_until = now() + interval '60 seconds'`)
  expect(await ground.intake.pullsDue()).toBe(true)
  await pull()
  expect(await stateOf(id)).toMatchObject({ a: { state: 'done' } })
})

test('a turn that runs twice at once reads nothing twice', async () => {
  await connect({ lists: ['a', 'b'] })
  await Promise.all([pull(), pull()])
  expect(remote.requests).toBe(18)
  expect(await kept()).toEqual({ current: 2 * THINGS, rows: 2 * THINGS })
})

test('once all is read it looks again at an interval, back to where the last round began and a little further', async () => {
  every = 900
  const id = await connect({ lists: ['a'] })
  await pull()
  expect(await stateOf(id)).toMatchObject({ a: { state: 'done', dueAt: NOW + 900_000 } })
  lists.a = THINGS + 2 * 24 * 60 // what has happened until now
  ground.setNow(NOW + 900_000)
  const before = remote.requests
  await pull()
  expect((await kept()).current).toBe(THINGS + 60 + 5 + 1)
  expect(remote.requests - before).toBe(10)
})

test('lists that are found on a page are read as well', async () => {
  lists.all = 0
  const id = await connect({ lists: ['all'] })
  await pull()
  expect(await stateOf(id)).toMatchObject({ all: { state: 'done' }, a: { state: 'done', records: THINGS, since: NOW - 365 * DAY } })
})

test('a thing that cannot be read is kept as a reject, and read again after a fix', async () => {
  const id = await connect({ lists: ['a'] })
  const { read } = things.pull!
  things.pull!.read = (payload, settings) =>
    (payload.body as { id: string }).id === '13' ? told({ kind: 'event', source: 'things' }) : read!(payload, settings)
  await pull()
  expect((await kept()).current).toBe(THINGS - 1)
  expect(await stateOf(id)).toMatchObject({ a: { state: 'done' } })
  await ground.intake.backfill(id)
  await pull()
  expect((await ground.intake.connectionDays(1)).get(id)).toMatchObject([{ rejected: 1 }])
  things.pull!.read = read!
  expect(await ground.intake.retry('all', 'user:default/me')).toEqual({ retried: 1, accepted: 1, rejected: 0 })
  expect((await kept()).current).toBe(THINGS)
})

test('a next page on another server stops the list loudly: nothing is left out, and no secret goes there', async () => {
  const id = await connect({ lists: ['a'] })
  const { page } = things.pull!
  things.pull!.page = async (ask) => {
    await page(ask)
    await ask.remote.get('https://elsewhere.example/a?page=2')
    throw new Error('it was asked')
  }
  await pull()
  things.pull!.page = page
  expect(await stateOf(id)).toMatchObject({ a: { state: 'failed', error: { code: 'pull.other_origin' } } })
})

test('a connection that is removed is not read any more', async () => {
  const id = await connect()
  await ground.intake.disconnect(id)
  await pull()
  expect(remote.requests).toBe(0)
  expect(await ground.intake.pulls(id)).toEqual([])
})
