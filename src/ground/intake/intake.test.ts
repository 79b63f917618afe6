import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { createIdentity } from '../identity/index.ts'
import { createLedger, type Evidence, parseEvidence } from '../ledger/index.ts'
import { sql, type Store } from '../store/index.ts'
import { createIntake, type Intake, type Parsed } from './index.ts'

const by = 'user:default/tester'
let store: Store
let now = Date.parse('2026-03-01T00:00:00Z')
let intake: Intake
let tests = 0

beforeAll(async () => {
  store = await testStore()
})
beforeEach(async () => {
  tests += 1
  await store.query(sql`delete from reject`)
  await store.query(sql`delete from setting`)
  intake = intakeOf()
})
afterAll(() => store.close())

function intakeOf(limits?: { rejects: number; bytes: number }, secret = Buffer.alloc(32, 3)): Intake {
  const clock = () => now
  const identity = createIdentity({ store, clock, secret })
  return createIntake({
    store,
    identity,
    clock,
    ledger: createLedger({ store, clock, pseudonym: identity.pseudonym }),
    ...(limits ? { limits } : {}),
  })
}
function record(id: string, more: object = {}): { record: Evidence } {
  const read = parseEvidence({
    kind: 'event',
    source: `tests-${tests}`,
    id,
    subject: 'component:default/shop',
    at: '2026-02-01',
    type: 'seen',
    data: null,
    ...more,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return { record: read.value }
}
const reject = (raw: string, line = 1): Parsed => ({
  reject: { raw, problem: { code: 'test.bad', severity: 'error', message: `"${raw.slice(0, 9)}" is bad`, fix: 'Make it good.', line } },
})
const begin = (fingerprint?: string) =>
  intake.begin({ label: `file-${tests}`, format: 'test', by, ...(fingerprint ? { fingerprint } : {}) })
const kept = async () =>
  (await store.query<{ id: string }>(sql`select id from evidence_event where source = ${`tests-${tests}`} order by id`)).map(({ id }) => id)

describe('imports', () => {
  test('every line is counted once: accepted, revised, duplicate or rejected', async () => {
    const { importId, done } = await begin()
    expect(done).toBe(0)
    const first = await intake.batch(importId, [record('a'), record('b'), record('a'), reject('x'), record('b', { at: '2026-02-02' })], {
      by,
      done: 5,
    })
    expect(first).toMatchObject({
      importId,
      accepted: 2,
      revised: 1,
      duplicates: 1,
      rejected: 1,
      byKind: { event: 2 },
      problems: [{ code: 'test.bad', line: 1 }],
    })
    await intake.batch(importId, [record('c')], { by, done: 6 })
    expect(await intake.finish(importId)).toMatchObject({ accepted: 3, revised: 1, duplicates: 1, rejected: 1, byKind: { event: 3 } })
    expect((await intake.imports(1))[0]).toMatchObject({ importId, label: `file-${tests}`, startedAt: now, finishedAt: now })
  })

  test('an import that was stopped goes on where it was; one of another file does not', async () => {
    const { importId } = await begin('print-1')
    await intake.batch(importId, [record('a'), record('b')], { by, done: 2 })
    expect(await begin('print-1')).toEqual({ importId, done: 2 })
    expect(await begin('print-2')).toMatchObject({ done: 0 })
    await intake.finish(importId)
    expect((await begin('print-1')).importId).not.toBe(importId)
  })

  test('an import that was finished takes no more', async () => {
    const { importId } = await begin()
    await intake.finish(importId)
    await expect(intake.batch(importId, [record('a')], { by })).rejects.toThrow('no open import')
    expect(await kept()).toEqual([])
  })

  test('an import that never was takes nothing, neither records nor refused lines', async () => {
    for (const line of [record('stray'), reject('stray')])
      await expect(intake.batch(1_000_000_000, [line], { by })).rejects.toMatchObject({ problem: { code: 'intake.no_open_import' } })
    expect(await store.query(sql`select 1 as found from evidence_event where id = 'stray'`)).toEqual([])
  })

  test('a batch larger than one transaction is taken whole', async () => {
    const { importId } = await begin()
    const many = Array.from({ length: 2_500 }, (_, n) => record(String(n)))
    expect(await intake.batch(importId, many, { by, done: 2_500 })).toMatchObject({ accepted: 2_500 })
    expect(await intake.finish(importId)).toMatchObject({ accepted: 2_500, byKind: { event: 2_500 } })
  })

  test('a record the store cannot keep becomes a reject, the others are kept', async () => {
    const { importId } = await begin()
    const broken: Parsed = { record: { ...record('bad').record, at: '+275760-01-01T00:00:00.000Z' } }
    const result = await intake.batch(importId, [record('a'), record('b'), broken, record('c')], { by, done: 4 })
    expect(result).toMatchObject({ accepted: 3, rejected: 1, problems: [{ code: 'intake.not_storable' }] })
    expect(await kept()).toEqual(['a', 'b', 'c'])
    expect(await intake.finish(importId)).toMatchObject({ accepted: 3, rejected: 1 })
    expect((await intake.rejects({ limit: 5 })).rejects).toMatchObject([{ code: 'intake.not_storable' }])
  })
})

describe('rejects', () => {
  test('a refused line is kept once, sealed, with its reason', async () => {
    const { importId } = await begin()
    await intake.batch(importId, [reject('secret line', 7), reject('other', 8)], { by })
    await intake.batch(importId, [reject('secret line', 9)], { by })
    const { total, dropped, rejects } = await intake.rejects({ limit: 10 })
    expect({ total, dropped }).toEqual({ total: 2, dropped: 0 })
    expect(rejects.find(({ line }) => line === 9)).toMatchObject({
      importId,
      code: 'test.bad',
      fix: 'Make it good.',
      label: `file-${tests}`,
      attempts: 0,
    })
    expect(JSON.stringify(await store.query(sql`select r::text as row from reject r`))).not.toContain(Buffer.from('secret').toString('hex'))
    expect(await intake.rejectBody(rejects.find(({ line }) => line === 9)!.id)).toBe('secret line')
  })

  test('read again, a line that is a record now leaves the rejects; the others say why not', async () => {
    const { importId } = await begin()
    await intake.batch(importId, [reject('good'), reject('bad')], { by })
    expect(await intake.retry('all', by)).toEqual({ retried: 2, accepted: 0, rejected: 2 })
    expect((await intake.rejects({ limit: 9 })).rejects).toMatchObject([
      { code: 'intake.unknown_format', attempts: 1 },
      { code: 'intake.unknown_format', attempts: 1 },
    ])
    intake.registerFormat('test', (raw) => (raw === 'good' ? record('from-reject') : reject(raw)))
    expect(await intake.retry('all', by)).toEqual({ retried: 2, accepted: 1, rejected: 1 })
    expect(await kept()).toEqual(['from-reject'])
    const { rejects } = await intake.rejects({ limit: 9 })
    expect(rejects).toMatchObject([{ code: 'test.bad', attempts: 2 }])
    expect(await intake.retry({ id: rejects[0]!.id }, by)).toEqual({ retried: 1, accepted: 0, rejected: 1 })
    await intake.discard(rejects[0]!.id, by)
    expect((await intake.rejects({ limit: 9 })).total).toBe(0)
    await expect(intake.discard(rejects[0]!.id, by)).rejects.toThrow('There is no reject')
  })

  test('read again, records rest on what their like does and count in their import, also where it is finished; one the store refuses stays alone', async () => {
    const { importId } = await begin()
    await intake.batch(
      importId,
      ['one', 'zero', 'two'].map((raw) => reject(raw)),
      { by },
    )
    await intake.finish(importId)
    const broken = { record: { ...record('zero').record, at: '+275760-01-01T00:00:00.000Z' } }
    intake.registerFormat('test', (raw) => (raw === 'zero' ? broken : record(raw)), 'observed')
    expect(await intake.retry('all', by)).toEqual({ retried: 3, accepted: 2, rejected: 1 })
    expect((await intake.rejects({ limit: 9 })).rejects).toMatchObject([{ code: 'intake.not_storable', attempts: 1 }])
    expect((await intake.imports(1))[0]).toMatchObject({ accepted: 2, rejected: 1, byKind: { event: 2 } })
    const rows = await store.query(sql`select distinct basis from evidence_event where id in ('one', 'two')`)
    expect(rows).toEqual([{ basis: 1 }])
  })

  test('a corrected line is read in the place of the refused one; where it is still wrong the line stays as it came', async () => {
    const { importId } = await begin()
    await intake.batch(importId, [reject('tpyo')], { by })
    const { id } = (await intake.rejects({ limit: 1 })).rejects[0]!
    intake.registerFormat('test', (raw) => {
      if (raw === 'broken') throw new TypeError('no such field')
      return raw === 'typo' ? record('corrected') : reject(raw)
    })
    expect(await intake.correct(id, 'tyop', by)).toMatchObject({ code: 'test.bad' })
    expect(await intake.correct(id, 'broken', by)).toMatchObject({ code: 'intake.unreadable' })
    expect(await intake.rejectBody(id)).toBe('tpyo')
    expect(await intake.correct(id, 'typo', by)).toBeNull()
    expect([await kept(), (await intake.rejects({ limit: 1 })).total]).toEqual([['corrected'], 0])
    await expect(intake.correct(id, 'typo', by)).rejects.toThrow('There is no reject')
  })

  test('beyond the limit the oldest go, and that is said', async () => {
    intake = intakeOf({ rejects: 3, bytes: 1_000_000 })
    const { importId } = await begin()
    await intake.batch(
      importId,
      ['1', '2', '3', '4', '5'].map((raw) => reject(raw)),
      { by },
    )
    expect(await intake.rejects({ limit: 9 })).toMatchObject({ total: 3, dropped: 2 })
    intake = intakeOf({ rejects: 100, bytes: 1_000 })
    await intake.batch(importId, [reject('x'.repeat(600)), reject('y'.repeat(600))], { by })
    const { total, dropped, rejects } = await intake.rejects({ limit: 9 })
    expect({ total, dropped }).toEqual({ total: 1, dropped: 6 })
    expect(await intake.rejectBody(rejects[0]!.id)).toBe('y'.repeat(600))
  })

  test('with another secret the line cannot be read, but it can be thrown away', async () => {
    const { importId } = await begin()
    await intake.batch(importId, [reject('sealed')], { by })
    const stranger = intakeOf(undefined, Buffer.alloc(32, 4))
    const [only] = (await stranger.rejects({ limit: 1 })).rejects
    await expect(stranger.rejectBody(only!.id)).rejects.toThrow('cannot be read with the present secret')
    stranger.registerFormat('test', (raw) => reject(raw))
    expect(await stranger.retry('all', by)).toEqual({ retried: 1, accepted: 0, rejected: 1 })
    await stranger.discard(only!.id, by)
    expect((await intake.rejects({ limit: 1 })).total).toBe(0)
  })
})

test('a watch remembers where it was, and a failure does not make it forget', async () => {
  const watch = await intake.watch({ kind: 'repository', path: `/repositories/${tests}` }, by)
  expect(watch).toMatchObject({ cursor: {}, lastRunAt: null, everySeconds: 900 })
  await intake.watched(watch.id, { cursor: { head: 'abc' }, result: { commits: 3 } })
  now += 1_000
  await intake.watched(watch.id, { error: 'no such folder' })
  expect((await intake.watches()).find(({ id }) => id === watch.id)).toMatchObject({
    cursor: { head: 'abc' },
    lastResult: { commits: 3 },
    lastError: 'no such folder',
    lastRunAt: now,
  })
  expect(await intake.watch({ kind: 'repository', path: watch.path, everySeconds: 60 }, by)).toMatchObject({
    id: watch.id,
    everySeconds: 60,
    cursor: { head: 'abc' },
  })
  await intake.unwatch(watch.id, by)
  await expect(intake.unwatch(watch.id, by)).rejects.toThrow('There is no watch')
})

test('a watch is due when its time has come, also when the clock was set back behind its last run', async () => {
  const watch = await intake.watch({ kind: 'folder', path: `/folders/${tests}`, everySeconds: 60 }, by)
  const isDue = async () => (await intake.watchesDue()).some(({ id }) => id === watch.id)
  expect(await isDue()).toBe(true)
  await intake.watched(watch.id, {})
  now += 59_000
  expect(await isDue()).toBe(false)
  now += 1_000
  expect(await isDue()).toBe(true)
  now -= 365 * 86_400_000
  expect(await isDue()).toBe(true)
  now += 365 * 86_400_000
  await intake.unwatch(watch.id, by)
})

test('a setting is what was set last, and null before', async () => {
  expect(await intake.setting('a')).toBeNull()
  await intake.setSetting('a', { b: [1] })
  await intake.setSetting('a', 'c')
  expect(await intake.setting('a')).toBe('c')
})
