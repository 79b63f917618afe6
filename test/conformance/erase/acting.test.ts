import { afterAll, beforeAll, expect, test } from 'vitest'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import { MINUTE } from '../../../src/ground/core/index.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { sql } from '../../../src/ground/store/index.ts'
import { lookAtBurns } from '../../../src/houses/reliability/index.ts'
import { groundOn } from '../../../src/main.ts'
import { logBytes, traceBytes } from '../../support/otlp.ts'
import { testStore } from '../../support/store.ts'

const USER = 'user:default/vesper-q'
const MAIL = 'vesper.quill@example.org'
const SERVICE = 'component:default/till'
const TRACES = ['vesper', 'quill']

let now = Date.parse('2026-05-20T12:00:00Z')
let ground: Ground
let app: ReturnType<typeof createApp>
let token: string
function restart(store = ground.store): void {
  ground = groundOn(store, () => now, Buffer.alloc(32, 1))
  const health = { loading: () => null, store: () => store.health() }
  app = createApp({ ground, operations, localKey: 'local-key', version: '0.0.0', health })
}
beforeAll(async () => {
  restart(await testStore())
  const user = { apiVersion: 'backstage.io/v1alpha1', kind: 'User', metadata: { name: 'vesper-q', title: 'Vesper Quill' } }
  const slo = {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: 'till-answers' },
    spec: {
      service: 'till',
      indicatorRef: 'answers',
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.99 }],
    },
  }
  await ground.catalog.applyFolder('/intent', [{ ...user, spec: { memberOf: [], profile: { email: MAIL } } }, slo], {
    by: 'user:default/test',
  })
  const samples = Array.from({ length: 60 }, (_, minute) => {
    const at = new Date(now - (60 - minute) * MINUTE).toISOString()
    const counted = { indicator: 'answers', windowStart: at, seconds: 60, good: 0, total: 10 }
    return JSON.stringify({ kind: 'sli', source: 'probe', id: `s${minute}`, subject: SERVICE, at, ...counted })
  })
  await app.request('http://localhost/api/evidence', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: samples.join('\n'),
  })
  await lookAtBurns(ground)
  token = (await ground.identity.createToken({ name: 'till', scopes: ['admin'], person: USER }, 'user:default/test')).secret
})
afterAll(() => ground.store.close())

async function ask<T>(method: string, path: string, body?: object, key = token): Promise<T> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const response = await app.request(`http://localhost/api${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
  const answer = await response.json()
  if (!response.ok) throw new Error(JSON.stringify(answer))
  return answer as T
}

/** Lines and calls in which the person is a plain word that nothing cuts out. */
async function sendTelemetry(key: string): Promise<void> {
  const resource = { 'service.name': 'till' }
  const line = (text: string) => ({ at: now - MINUTE, severity: 17, text })
  const bodies = {
    logs: logBytes(resource, [line('queue of Vesper Quill is stuck'), line('printer of vesper-q burns')]),
    traces: traceBytes([
      {
        resource,
        spans: [{ trace: 'ab'.repeat(16), span: 'cd'.repeat(8), name: 'GET /boards/vesper-q', kind: 2, at: now - MINUTE, ms: 9 }],
      },
    ]),
  }
  for (const [signal, body] of Object.entries(bodies)) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-protobuf' }
    const response = await app.request(`http://localhost/v1/${signal}`, { method: 'POST', headers, body: new Uint8Array(body) })
    expect(response.status).toBe(200)
  }
}

/** Places of the store, as `table: row`, that hold any of the person's names. */
async function found(): Promise<string[]> {
  const tables = await ground.store.query<{ table: string }>(
    sql`select relname::text as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  )
  const rows: string[] = []
  for (const { table } of tables) {
    const own = await ground.store.query<{ text: string }>(
      sql`select t::text as text from ${sql.table(table)} t where t::text ~* ${TRACES.join('|')}`,
    )
    rows.push(...own.map(({ text }) => `${table}: ${text}`))
  }
  return rows
}

test('who silenced, acknowledged, corrected, overrode, asked the gate or is told of alerts is erased from all of it', async () => {
  const until = new Date(now + 60 * MINUTE).toISOString()
  const from = new Date(now - 30 * MINUTE).toISOString()
  const { standing } = await ask<{ standing: { id: number }[] }>('GET', '/burn-alerts')
  await ask('POST', `/burn-alerts/${standing[0]!.id}/acknowledge`, {})
  const { id } = await ask<{ id: number }>('POST', '/burn-silences', { service: SERVICE, reason: 'Vesper Quill is at it', until })
  await ask('POST', `/burn-silences/${id}/end`, {})
  await ask('POST', '/burn-targets', { target: 'alertnotificationtarget:default/one', kind: 'email', address: MAIL })
  await ask('POST', '/burn-targets', { target: 'alertnotificationtarget:default/all', kind: 'email', address: 'till@example.org' })
  await ask('POST', '/slo-corrections', { subjects: [SERVICE], from, to: until, reason: 'asked for by vesper-q' })
  await ask('POST', '/gate/overrides', { component: 'till', reason: 'a fix that Vesper Quill made', until, told: ['vesper-q'] })
  now += MINUTE
  const answer = await ask<{ id: string; override: object }>('POST', '/gate', { component: 'till' })
  expect(answer.override).toMatchObject({ by: USER })
  await sendTelemetry(token)
  const places = new Set((await found()).map((row) => row.split(':')[0]))
  for (const place of [
    'alert_silence',
    'alert_destination',
    'burn_alert',
    'gate_ask',
    'gate_answer',
    'telemetry_pattern',
    'telemetry_operation',
  ])
    expect([...places]).toContain(place)

  const told = await ask('POST', '/people/erase', { person: MAIL, also: ['vesper-q'], confirm: true }, 'local-key')
  expect(told).toMatchObject({ done: true, tokens: 1, remains: [] })
  expect(await found()).toEqual([])
  const inbox = await ask<{ destinations: object[] }>('GET', '/burn-alerts', undefined, 'local-key')
  expect(inbox).toMatchObject({
    standing: expect.arrayContaining([expect.objectContaining({ acknowledged: expect.objectContaining({ by: 'user:default/erased' }) })]),
    silences: [{ by: 'user:default/erased', reason: 'erased is at it' }],
    destinations: [{ target: 'alertnotificationtarget:default/all', shown: 'till@example.org' }],
  })
  // What the gate answered then is still what it would answer, by what is left of it.
  expect(await ask('GET', `/gate/answers/${answer.id}`, undefined, 'local-key')).toMatchObject({ same: true })
})

test('telemetry that comes again does not bring the person back, also after a restart', async () => {
  for (const again of [() => {}, restart]) {
    again()
    now += MINUTE
    await sendTelemetry('local-key')
    expect(await found()).toEqual([])
  }
})

test('a column that is added one day is looked through, or somebody has said why not', async () => {
  const columns = await ground.store.query<{ place: string; type: string }>(sql`
    select table_name || '.' || column_name as place, format_type(a.atttypid, null) as type from information_schema.columns
    join pg_attribute a on a.attrelid = table_name::regclass and a.attname = column_name
    where table_schema = 'public' and is_generated = 'NEVER' order by 1`)
  const known = [
    /^(?:text|text\[\]|json|jsonb)$/,
    /^(?:timestamp with time zone|date|boolean|(?:big|small)?int(?:eger)?|double precision|real|numeric)(?:\[\])?$/,
  ]
  expect(columns.filter(({ type }) => !known.some((types) => types.test(type)))).toEqual([
    // Sealed; what it shows of itself is in a column beside it.
    { place: 'alert_destination.sealed', type: 'bytea' },
    // Secrets that others gave us, by names of theirs.
    { place: 'connection.sealed', type: 'bytea' },
    // Made of the document, and made again with it.
    { place: 'entity.words', type: 'tsvector' },
    // Unsealed and read by intake.
    { place: 'reject.sealed', type: 'bytea' },
  ])
})
