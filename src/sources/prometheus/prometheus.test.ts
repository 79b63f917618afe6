import { afterEach, beforeEach, expect, test } from 'vitest'
import { testGround, type TestGround } from '../../../test/support/ground.ts'
import { type MadeSeries, prometheusDialect } from '../../../test/support/remote/prometheus.ts'
import { roughDay } from '../../../test/support/remote/rough-day.ts'
import { type Asked, type RemoteServer, remoteServer, steadyRandom } from '../../../test/support/remote/server.ts'
import { DAY, HOUR, MINUTE } from '../../ground/core/index.ts'
import { allowedAddresses } from '../../ground/intake/index.ts'
import { sql } from '../../ground/store/index.ts'
import { prometheus } from './index.ts'

const NOW = Date.parse('2026-06-01T12:00:30Z')
/** The last step before now. */
const LAST = Date.parse('2026-06-01T12:00:00Z')
const SIGNAL = new AbortController().signal

let queries: Record<string, readonly MadeSeries[]>
let asked: Asked[]
let dialect: ((one: Asked) => { status?: number; body: unknown } | null) | undefined
let remote: RemoteServer
let ground: TestGround

beforeEach(async () => {
  queries = {}
  asked = []
  dialect = undefined
  remote = await remoteServer((one) => {
    asked.push(one)
    return (dialect ?? prometheusDialect(queries))(one)
  })
  ground = await testGround({
    now: NOW,
    outgoing: {
      allowed: allowedAddresses('127.0.0.1'),
      firstRetrySeconds: 0.001,
      firstPageRetrySeconds: 1,
      patienceSeconds: 2,
      random: steadyRandom(),
    },
  })
  ground.intake.registerSource(prometheus)
})
afterEach(async () => {
  await ground.store.close()
  await remote.close()
})

const connect = async (settings: object, secrets: Record<string, string> = {}) =>
  (
    await ground.intake.connect(
      { source: 'prometheus', settings: { address: remote.base, pollMinutes: 0, ...settings }, secrets },
      'user:default/me',
    )
  ).id
const stateOf = async (id: string) => Object.fromEntries((await ground.intake.pulls(id)).map((one) => [one.stream, one]))
const kept = () =>
  ground.store.query<{ subject: string; measure: string; at: number; value: number; dimensions: unknown }>(
    sql`select subject, measure, at, value, dimensions from evidence_measurement where learned_to = 'infinity' order by at, subject, dimensions::text`,
  )
const between = (from: number, value: (second: number) => number | null) => (second: number) =>
  second * 1000 >= from && second * 1000 <= NOW ? value(second) : null

test('each value of a series is a measurement of its component; what is stale or not a number is none', async () => {
  queries['sum by (service) (rate(orders_total[300s]))'] = [
    {
      metric: { service: 'checkout', region: 'eu' },
      at: between(LAST - 2 * HOUR, (s) => (s % 900 === 0 ? NaN : s % 1_500 === 0 ? Infinity : 2)),
    },
    { metric: { __name__: 'up', region: 'eu' }, at: between(LAST - HOUR, (s) => (s % 600 === 0 ? null : 0)) },
  ]
  const id = await connect({ queries: 'shop.orders = sum by (service) (rate(orders_total[$step]))', subject: 'system:default/shop' })
  await ground.intake.pull(SIGNAL)
  const rows = await kept()
  const steps = Array.from({ length: 25 }, (_, n) => LAST / 1000 - n * 300)
  const checkout = rows.filter(({ subject }) => subject === 'component:default/checkout')
  expect(checkout).toHaveLength(steps.filter((s) => s % 900 !== 0 && s % 1_500 !== 0).length)
  expect(checkout[0]).toMatchObject({ measure: 'shop.orders', value: 2, dimensions: { region: 'eu' } })
  const others = rows.filter(({ subject }) => subject === 'system:default/shop')
  expect(others.map(({ at, value }) => [at, value])).toEqual(
    steps
      .slice(0, 13)
      .filter((s) => s % 600 !== 0)
      .toReversed()
      .map((s) => [s * 1000, 0]),
  )
  expect(await stateOf(id)).toMatchObject({ 'shop.orders': { state: 'done', error: null } })
  for (const { query } of asked) expect((Number(query.get('end')) - Number(query.get('start'))) / 300).toBeLessThanOrEqual(8_640)
})

test('an indicator counts the good out of all before each moment; where either is not known, nothing is', async () => {
  queries.good = [{ metric: { service: 'checkout' }, at: between(LAST - HOUR, (s) => (s % 600 === 0 ? null : 9)) }]
  queries.all = [
    { metric: { service: 'checkout' }, at: between(LAST - 2 * HOUR, () => 10) },
    { metric: { service: 'silent' }, at: between(LAST - HOUR, () => 5) },
  ]
  await connect({ indicators: 'availability = good out of all' })
  await ground.intake.pull(SIGNAL)
  const rows = await ground.store.query(
    sql`select subject, indicator, hour, sum(good) as good, sum(total) as total from evidence_sli group by 1, 2, 3 order by 3`,
  )
  expect(rows).toEqual([{ subject: 'component:default/checkout', indicator: 'availability', hour: LAST - HOUR, good: 54, total: 60 }])
})

test('limited, failing at random and stopped midway, every value is there and none twice', async () => {
  queries.q = Array.from({ length: 60 }, (_, n) => ({ metric: { service: `s${n}` }, at: between(LAST - 3 * DAY, (s) => (s % 1_000) + n) }))
  const id = await connect({ queries: 'm = q' })
  const say = (ms: number) => ({ status: 429, headers: { 'retry-after': String(ms / 1000) }, body: {} })
  const day = { seed: 5, odds: { stop: 0.1, error: 0.2, drop: 0.3, truncate: 0.4 }, limit: { requests: 15, closedMs: 50, say } }
  const met = await roughDay(remote, day, async (stop, turn) => {
    await ground.intake.pull(stop)
    ground.setNow(NOW + turn * 1_000)
    return (await stateOf(id)).m!.state === 'done'
  })
  expect(met.stops).toBeGreaterThan(1)
  const [counted] = await ground.store.query<{ n: number; keys: number }>(
    sql`select count(*) as n, count(distinct (subject, at)) as keys from evidence_measurement where at <= to_timestamp(${LAST / 1000}::double precision)`,
  )
  expect(counted).toEqual({ n: 60 * (3 * 288 + 1), keys: 60 * (3 * 288 + 1) })
})

test('later rounds go on from the last one, on the same steps', async () => {
  queries.q = [{ metric: { service: 'checkout' }, at: between(LAST - HOUR, () => 1) }]
  const id = await connect({ queries: 'm = q', pollMinutes: 15 })
  await ground.intake.pull(SIGNAL)
  expect((await kept()).length).toBe(13)
  queries.q = [{ metric: { service: 'checkout' }, at: (s) => (s * 1000 > LAST - HOUR ? 1 : null) }]
  ground.setNow(NOW + 15 * MINUTE)
  asked = []
  await ground.intake.pull(SIGNAL)
  expect(asked.map(({ query }) => [query.get('start'), query.get('end')])).toEqual([[String(LAST / 1000), String(LAST / 1000 + 900)]])
  expect((await kept()).length).toBe(16)
  expect((await stateOf(id)).m).toMatchObject({ state: 'done', dueAt: NOW + 30 * MINUTE })
})

test('token, tenant and password go along', async () => {
  dialect = (one) => prometheusDialect({ q: [] }, 'Bearer word')(one)
  const bearer = await connect({ queries: 'm = q', tenant: 'shop|eu' }, { bearer: 'word' })
  await ground.intake.pull(SIGNAL)
  expect((await stateOf(bearer)).m).toMatchObject({ state: 'done' })
  expect(asked[0]!.headers['x-scope-orgid']).toBe('shop|eu')
  asked = []
  const basic = await connect({ queries: 'm = q' }, { basic: 'u1:word' })
  await ground.intake.pull(SIGNAL)
  expect(asked[0]!.headers.authorization).toBe(`Basic ${btoa('u1:word')}`)
  expect((await stateOf(basic)).m).toMatchObject({ state: 'failed', error: { code: 'pull.unauthorized' } })
})

test('a query that is wrong stops with the reason of the server; a test shows what each finds', async () => {
  queries.fine = [{ metric: { service: 'checkout' }, at: () => 1 }]
  queries.nameless = [{ metric: { pod: 'x' }, at: () => 1 }]
  queries.empty = []
  const id = await connect({ queries: ['a = fine', 'b = nameless', 'c = empty', 'd = sum('] })
  expect(await ground.intake.testConnection(id)).toMatchObject([
    { ok: true, what: 'a has 1 series now.' },
    { ok: false, what: 'b has 1 series, 1 of them without the label service.', fix: expect.stringContaining('Sum by') },
    { ok: false, what: 'c has no series now.' },
    { ok: false, what: expect.stringContaining('parse error') },
  ])
})

test.each([
  ['a page for people', '<!doctype html><title>Sign in</title>'],
  ['another type of result', { status: 'success', data: { resultType: 'vector', result: [] } }],
  ['values that are no pairs', { status: 'success', data: { resultType: 'matrix', result: [{ metric: {}, values: [[1, 2, 3]] }] } }],
  ['labels that are no texts', { status: 'success', data: { resultType: 'matrix', result: [{ metric: { a: {} }, values: [] }] } }],
  ['an error with 200', { status: 'error', error: 'no' }],
  ['nothing', null],
])('an answer that is no matrix is refused, not taken for silence: %s', async (_, body) => {
  dialect = () => ({ body })
  const id = await connect({ queries: 'm = q' })
  await ground.intake.pull(SIGNAL)
  expect((await stateOf(id)).m).toMatchObject({ state: 'failed', pages: 0, error: { code: 'pull.unreadable' } })
  expect(await kept()).toEqual([])
})

test('far too many series stop the list with what to do; odd moments and values make no record', async () => {
  dialect = () => ({
    body: {
      status: 'success',
      data: { resultType: 'matrix', result: Array.from({ length: 10_001 }, (_, n) => ({ metric: { n: String(n) }, values: [] })) },
    },
  })
  const many = await connect({ queries: 'm = q' })
  await ground.intake.pull(SIGNAL)
  expect((await stateOf(many)).m).toMatchObject({ state: 'failed', error: { code: 'prometheus.too_many_series' } })
  await ground.intake.disconnect(many)
  dialect = () => ({
    body: {
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: { service: 'a' },
            values: [
              [1e300, '1'],
              [1, 'NaN'],
              [2, 'many'],
            ],
          },
        ],
      },
    },
  })
  await connect({ queries: 'm = q' })
  await ground.intake.pull(SIGNAL)
  expect(await kept()).toEqual([])
  expect((await ground.intake.rejects({ limit: 100 })).rejects.length).toBeGreaterThan(0)
})

test('settings that cannot be meant are refused where they are wrong', async () => {
  for (const [settings, path] of [
    [{ queries: 'up' }, 'settings.queries'],
    [{ queries: 'up{job="a"} = 1' }, 'settings.queries'],
    [{ indicators: 'a = up' }, 'settings.indicators'],
    [{ address: 'ftp://x' }, 'settings.address'],
    [{ stepSeconds: 1 }, 'settings.stepSeconds'],
    [{ tenant: 'a\r\nb' }, 'settings.tenant'],
    [{ subjectLabel: 'a b' }, 'settings.subjectLabel'],
  ] as const)
    await expect(connect(settings), path).rejects.toMatchObject({ problem: { code: 'source.bad_setting', path } })
})
