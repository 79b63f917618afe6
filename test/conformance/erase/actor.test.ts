import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../../src/doors/http/app.ts'
import { operations } from '../../../src/doors/http/api.ts'
import type { Ground } from '../../../src/ground/index.ts'
import type { Reading } from '../../../src/ground/core/index.ts'
import { sql } from '../../../src/ground/store/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'

const NOW = Date.parse('2026-05-20T12:00:00Z')
const ACTOR = 'dev-1@example.org'
const SUBJECT = 'component:default/app'
const PEOPLE = [ACTOR, 'u2', 'u3', 'u4', 'u5', 'u6', 'u7']

let now = NOW
let ground: Ground
let app: ReturnType<typeof createApp>
beforeAll(async () => {
  ground = groundOn(await testStore(), () => now, Buffer.alloc(32, 1))
  app = createApp({
    ground,
    operations,
    localKey: 'local-key',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
  })
  const measure = (name: string, unit: string, source: object) => ({
    apiVersion: 'throughline.dev/v1',
    kind: 'Measure',
    metadata: { name },
    spec: { question: 'How is it?', unit, source },
  })
  const applied = await ground.catalog.applyFolder(
    '/intent',
    [
      measure('app.activation', 'ratio', { kind: 'activation', start: 'signed_up', value: 'paid', within: '7d' }),
      measure('app.retention', 'ratio', { kind: 'retention', start: 'signed_up', return: 'paid', interval: 'week' }),
      measure('app.funnel', 'ratio', { kind: 'funnel', steps: ['signed_up', 'paid'], within: '14d' }),
      measure('app.revenue', 'EUR', { kind: 'revenue_per_user', currency: 'EUR', per: 'paying' }),
    ],
    { by: 'user:default/test' },
  )
  expect(applied.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(await send(events())).toMatchObject({ accepted: 21 })
})
afterAll(() => ground.store.close())

/** Everybody signs up in one week of April and pays within it and in the next one. */
function events(): string {
  return PEOPLE.flatMap((actor, index) =>
    [
      { name: 'signed_up', at: '2026-04-21T09:00:00Z' },
      { name: 'paid', at: '2026-04-22T09:00:00Z', revenue: { amount: actor === ACTOR ? 1000 : 10, currency: 'EUR' } },
      { name: 'paid', at: '2026-04-29T09:00:00Z', revenue: { amount: 10, currency: 'EUR' } },
    ].map((event) => ({ kind: 'product_event', source: 'app', id: `${index}/${event.at}`, subject: SUBJECT, actor, ...event })),
  )
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('')
}

async function send(body: string): Promise<unknown> {
  const response = await app.request('http://localhost/api/evidence', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body,
  })
  return response.json()
}

const WINDOW = `subject=${encodeURIComponent(SUBJECT)}&from=2026-04-01&to=2026-05-01`
/** Everything a door answers about these people. */
const PATHS = [
  `/api/business?${WINDOW}`,
  `/api/cohorts/app.retention?${WINDOW}`,
  `/api/funnels/app.funnel?${WINDOW}`,
  ...['app.activation', 'app.retention', 'app.funnel', 'app.revenue'].map((id) => `/api/measures/${id}?${WINDOW}&rows=true`),
  '/api/evidence',
  '/api/export',
]
async function answers(): Promise<string[]> {
  return Promise.all(PATHS.map(async (path) => (await app.request(`http://localhost${path}`)).text()))
}
async function readings(): Promise<Record<string, Pick<Reading, 'value' | 'n' | 'excluded'>>> {
  const entries = ['app.activation', 'app.retention', 'app.funnel', 'app.revenue'].map(async (id) => {
    const response = await app.request(`http://localhost/api/measures/${id}?${WINDOW}`)
    const { readings: read } = (await response.json()) as { readings: Reading[] }
    const { value, n, excluded } = read[0]!
    return [id, { value, n, excluded }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Rows of any table that hold a text. */
async function found(text: string): Promise<string[]> {
  const tables = await ground.store.query<{ table: string }>(
    sql`select relname::text as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const rows: string[] = []
  for (const { table } of tables) {
    const own = await ground.store.query<{ text: string }>(
      sql`select t::text as text from ${sql.table(table)} t where t::text ilike ${`%${text}%`}`,
    )
    rows.push(...own.map((row) => `${table} ${row.text}`))
  }
  return rows
}

test('erasing one actor takes them out of records, answers kept, exports and every past moment; totals say what is gone', async () => {
  const pseudonym = ground.identity.pseudonym(ACTOR)
  const then = new Date(ground.ledger.now()).toISOString()
  now += 60_000
  const before = await answers() // kept from here on
  expect(before[1]).toContain('"size":7')
  expect((await readings())['app.revenue']).toEqual({ value: (1000 + 6 * 10 + 7 * 10) / 7, n: 7, excluded: [] })
  expect((await found(pseudonym)).length).toBeGreaterThan(0)
  expect(await found(ACTOR)).toEqual([])

  const response = await app.request('http://localhost/api/people/erase', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: ACTOR, confirm: true }),
  })
  expect(await response.json()).toMatchObject({ done: true, records: { product_event: { deleted: 3 } }, remains: [] })

  expect(await found(pseudonym)).toEqual([])
  const after = await answers()
  expect(after.join('\n')).not.toContain(pseudonym)
  expect(after[1]).toContain('"size":6')
  const gone = [{ code: 'erased_person', count: 3 }]
  expect(await readings()).toEqual({
    'app.activation': { value: 1, n: 6, excluded: gone },
    'app.retention': { value: 1, n: 6, excluded: gone },
    'app.funnel': { value: 1, n: 6, excluded: gone },
    'app.revenue': { value: 20, n: 6, excluded: gone },
  })
  // What was known before the erasure is gone from that moment, too.
  const past = await app.request(`http://localhost/api/cohorts/app.retention?${WINDOW}&asOf=${then}`)
  expect(await past.json()).toMatchObject({ cohorts: expect.arrayContaining([expect.objectContaining({ size: 6 })]), excluded: gone })
})

test('the same events do not bring them back, and whoever sends them is told', async () => {
  now += 60_000
  expect(await send(events())).toMatchObject({ accepted: 0, duplicates: 18 })
  expect(await found(ground.identity.pseudonym(ACTOR))).toEqual([])
  expect((await readings())['app.revenue']).toMatchObject({ value: 20, n: 6 })
})
