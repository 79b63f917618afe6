import { type AddressInfo, createServer, type Server } from 'node:net'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { testGround, type TestGround } from '../../../test/support/ground.ts'
import { steadyRandom } from '../../../test/support/remote/server.ts'
import { serverTest, testDatabase } from '../../../test/support/store.ts'
import { DAY, HOUR } from '../../ground/core/index.ts'
import { allowedAddresses, type ReadPayload } from '../../ground/intake/index.ts'
import { sql as query } from '../../ground/store/index.ts'
import { addressIn } from './database.ts'
import { sql } from './index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const SIGNAL = new AbortController().signal
const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

async function ground(allowed = 'all'): Promise<TestGround> {
  const made = await testGround({
    now: NOW,
    outgoing: { allowed: allowedAddresses(allowed), firstPageRetrySeconds: 60, random: steadyRandom() },
  })
  made.intake.registerSource(sql)
  cleanups.push(() => made.store.close())
  return made
}

/** A database of somebody else, with orders in it. */
async function shop(): Promise<{ url: string; run: (statement: string, values?: unknown[]) => Promise<pg.QueryResult> }> {
  const { databaseUrl: url, drop } = await testDatabase({ migrated: false })
  cleanups.push(drop)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  cleanups.push(() => client.end())
  await client.query('create table orders (id bigint generated always as identity, at timestamptz, shop text, amount numeric, note text)')
  return { url, run: (statement, values) => client.query(statement, values) }
}

const connect = ({ intake }: TestGround, url: string, settings: object) =>
  intake.connect(
    { source: 'sql', settings: { measure: 'business.orders', pollMinutes: 0, ...settings }, secrets: { connection: url } },
    'user:default/me',
  )
const kept = ({ store }: TestGround) =>
  store.query<{ subject: string; at: number; value: number; dimensions: unknown }>(
    query`select subject, at, value, dimensions from evidence_measurement where learned_to = 'infinity' order by at, subject, dimensions::text`,
  )
const stateOf = async ({ intake }: TestGround, id: string) => (await intake.pulls(id))[0]!

const read = (row: unknown, settings: object = {}): ReadPayload =>
  sql.pull!.read!(
    { event: 'row', body: { at: '2026-05-01 10:00:00.25+00', row } },
    { measure: 'business.orders', statement: 'select', subject: 'shop', ...settings },
  )
const records = ({ lines }: ReadPayload) => lines.map((line) => ('record' in line ? line.record : line.reject.problem))

test('a row is a value of the measure: its other columns are dimensions, what is not known says nothing', () => {
  expect(records(read({ at: 'x', value: 3.5, country: 'NO', premium: true, level: 2, empty: null }))).toEqual([
    {
      kind: 'measurement',
      source: 'sql',
      id: expect.stringMatching(/^business\.orders\/2026-05-01T10:00:00\.25\+00:00\/[\w-]{22}$/),
      subject: 'component:default/shop',
      at: '2026-05-01T10:00:00.250Z',
      measure: 'business.orders',
      value: 3.5,
      dimensions: { country: 'NO', premium: 'true', level: '2' },
    },
  ])
  expect(records(read({ value: 0, subject: 'system:default/checkout' }))).toMatchObject([{ value: 0, subject: 'system:default/checkout' }])
  expect(read({ value: null }).ignored).toMatch(/not known/)
  expect(read({ value: 'NaN' }).ignored).toMatch(/not known/)
})

test.each([
  ['value', { value: 'many' }],
  ['value', { value: true }],
  ['row.value', {}],
  ['dimensions.tags', { value: 1, tags: ['a'] }],
  ['subject', { value: 1, subject: 'no:such:ref/x' }],
  ['row', 'more than 64 KB'],
  ['row', null],
])('a row that does not fit names the column: %s', (path, row) => {
  expect(records(read(row))).toMatchObject([{ code: expect.stringMatching(/^evidence\./), path }])
})

test('only what reads is taken as a statement', () => {
  const parse = (statement: string) => sql.settings.safeParse({ measure: 'm', statement })
  for (const good of ['select 1;', ' -- totals\n/* a */ (SELECT 1)', 'with a as (select 1) select * from a', 'values (1)'])
    expect(parse(good).success, good).toBe(true)
  for (const bad of [
    'delete from orders',
    'selection',
    '',
    ';',
    "copy orders to program 'x'",
    '/* */ update orders set id = 1',
    '/'.repeat(19_000),
  ])
    expect(parse(bad).error?.issues[0]?.path, bad).toEqual(['statement'])
})

test('a connection string says everything, and names no file of this machine', () => {
  expect(addressIn('postgres://u1:p%40ss@db.example.org/shop?sslmode=require')).toMatchObject({
    host: 'db.example.org',
    port: 5432,
    user: 'u1',
    database: 'shop',
    ssl: { rejectUnauthorized: true },
  })
  expect(addressIn('postgresql://u1@[::1]:6543/shop')).toMatchObject({ host: '::1', port: 6543, ssl: false })
  for (const bad of [
    'db.example.org',
    'mysql://u1:x@db.example.org/shop',
    'postgres://db.example.org/shop',
    'postgres://u1:x@db.example.org',
    'postgres://u1:x@/shop?host=/var/run/postgresql',
    'postgres://u1:x@db.example.org/shop?sslrootcert=/etc/hosts',
    'postgres://u1:x@db.example.org/shop?host=other',
    'postgres://u1:x@db.example.org/shop?sslmode=maybe',
    'postgres://u1:%zz@db.example.org/shop',
  ])
    expect(() => addressIn(bad), bad).toThrow(/connection string/)
})

test('a database on a private address is not asked unless that is allowed, and the password is told to nobody', async () => {
  let met = 0
  const server = await listening((server_) => server_.on('connection', () => (met += 1)))
  const shut = await ground('')
  for (const host of ['127.0.0.1', 'localhost']) {
    const { id } = await connect(shut, `postgres://u1:geheim@${host}:${server}/shop`, { statement: 'select 1' })
    await shut.intake.pull(SIGNAL)
    const state = await stateOf(shut, id)
    expect(state).toMatchObject({ state: 'failed', error: { code: 'outgoing.private_address' } })
    expect(JSON.stringify([state, await shut.intake.testConnection(id)])).not.toContain('geheim')
  }
  expect(met).toBe(0)
})

test('what answers but is no database, or nothing at all, is tried again later', async () => {
  const talker = await listening((server) => server.on('connection', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n<html>')))
  const hasty = await listening((server) => server.on('connection', (socket) => socket.destroy()))
  const open = await ground()
  for (const port of [talker, hasty, 1]) {
    const { id } = await connect(open, `postgres://u1:x@127.0.0.1:${port}/shop`, { statement: 'select 1' })
    await open.intake.pull(SIGNAL)
    expect(await stateOf(open, id), String(port)).toMatchObject({ state: 'waiting', attempts: 1, error: { code: 'outgoing.unreachable' } })
  }
})

async function listening(prepare: (server: Server) => void): Promise<number> {
  const server = createServer()
  server.on('connection', (socket) => socket.on('error', () => undefined).resume()) // so that it hears when the other side hangs up
  prepare(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  cleanups.push(() => new Promise((done) => server.close(done)))
  return (server.address() as AddressInfo).port
}

serverTest('a year of totals is read with one SELECT, and again what is new or has changed', async () => {
  const { url, run } = await shop()
  await run(
    `insert into orders (at, shop, amount) select $1::timestamptz - make_interval(hours => n), case n % 2 when 0 then 'north' else 'south' end, n from generate_series(1, 480) n`,
    [new Date(NOW)],
  )
  await run(`insert into orders (at, shop, amount) values ($1::timestamptz - interval '500 days', 'north', 1)`, [new Date(NOW)])
  const reading = await ground()
  const { id } = await connect(reading, url, {
    pollMinutes: 60,
    statement: `select date_trunc('day', at) as at, count(*) as value, shop as subject from orders where at >= $since group by 1, 3;`,
  })
  await reading.intake.pull(SIGNAL)
  const before = await kept(reading)
  expect(before).toHaveLength(42)
  expect(before[2]).toEqual({ subject: 'component:default/north', at: Date.parse('2026-05-13T00:00:00Z'), value: 12, dimensions: null })
  expect(await stateOf(reading, id)).toMatchObject({ stream: 'business.orders', state: 'done', dueAt: NOW + HOUR })
  expect(await reading.intake.testConnection(id)).toMatchObject([
    { ok: true },
    { ok: true, what: expect.stringContaining('may also write, to 1 of') },
  ])

  await run(`insert into orders (at, shop, amount) values ($1, 'north', 1)`, [new Date(NOW - 30 * HOUR)])
  reading.setNow(NOW + HOUR)
  await reading.intake.pull(SIGNAL)
  const after = await kept(reading)
  expect(after).toHaveLength(42)
  expect(after.filter((row, index) => row.value !== before[index]!.value)).toEqual([
    { subject: 'component:default/north', at: Date.parse('2026-05-31T00:00:00Z'), value: 13, dimensions: null },
  ])
})

serverTest('thousands of rows, many of one moment, come page by page, each once', async () => {
  const { url, run } = await shop()
  await run(
    `insert into orders (at, shop, amount) select $1::timestamptz - make_interval(hours => n / 2500), 'shop-' || n, n from generate_series(0, 6999) n`,
    [new Date(NOW - DAY)],
  )
  const reading = await ground()
  const { id } = await connect(reading, url, { statement: 'select at, amount as value, shop from orders', subject: 'shop' })
  await reading.intake.pull(SIGNAL)
  expect(await stateOf(reading, id)).toMatchObject({ state: 'done', records: 7_000, pages: 8 })
  const rows = await kept(reading)
  expect(new Set(rows.map(({ value }) => value)).size).toBe(7_000)
})

serverTest('rows that cannot be records are rejects, the others are kept', async () => {
  const { url, run } = await shop()
  const at = new Date(NOW - DAY)
  await run(
    `insert into orders (at, shop, amount, note) values ($1, 'a', 1, 'fine'), ($1, 'b', null, 'none'), ($1, 'c', 'NaN', 'none'), ($1, 'd', 4, repeat('x', 1000000)), (null, 'e', 5, 'never'), ('infinity', 'f', 6, 'ever')`,
    [at],
  )
  const reading = await ground()
  const { id } = await connect(reading, url, { statement: 'select at, amount as value, shop, note from orders', subject: 'shop' })
  await reading.intake.pull(SIGNAL)
  expect(await kept(reading)).toMatchObject([{ value: 1, dimensions: { shop: 'a', note: 'fine' } }])
  expect(await stateOf(reading, id)).toMatchObject({ state: 'done', records: 1 })
  expect((await reading.intake.rejects({ limit: 10 })).rejects).toHaveLength(2)
})

serverTest('a statement that would write is refused in the words of the database, and nothing is written', async () => {
  const { url, run } = await shop()
  await run(
    `create sequence counter; create function grow() returns int language sql as 'insert into orders (amount) values (1) returning 1'`,
  )
  const reading = await ground()
  for (const [statement, reason] of [
    [`select now() as at, nextval('counter') as value`, /cannot execute nextval\(\) in a read-only transaction/],
    ['select now() as at, grow() as value', /cannot execute INSERT in a read-only transaction/],
    ['with gone as (delete from orders returning 1) select now() as at, 1 as value from gone', /data-modifying statement/],
    ['select now() as at, 1 as value) as a) as b; delete from orders; --', /multiple commands|syntax error/],
    ['select 1 as value', /column asked\.at does not exist/],
    [`select set_config('transaction_read_only', 'off', false), now() as at, grow() as value`, /read-only|read-write/],
    ['select at, amount as value from nowhere', /relation "nowhere" does not exist/],
  ] as const) {
    const { id } = await connect(reading, url, { statement, subject: 'shop' })
    await reading.intake.pull(SIGNAL)
    expect((await stateOf(reading, id)).error, statement).toMatchObject({ code: 'sql.refused', message: expect.stringMatching(reason) })
    await reading.intake.disconnect(id)
  }
  expect((await run('select from orders')).rowCount).toBe(0)
  expect((await run('select is_called from counter')).rows).toEqual([{ is_called: false }])
})

serverTest('a wrong database stops it with what to do', async () => {
  const { url } = await shop()
  const wrong = new URL(url)
  wrong.pathname = '/nowhere'
  const reading = await ground()
  const { id } = await connect(reading, wrong.href, { statement: 'select 1' })
  await reading.intake.pull(SIGNAL)
  expect(await stateOf(reading, id)).toMatchObject({
    state: 'failed',
    error: { code: 'pull.unauthorized', message: expect.stringContaining('nowhere') },
  })
})
