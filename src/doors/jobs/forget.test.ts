import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { DAY, formatInstant } from '../../ground/core/index.ts'
import { intakeOperations } from '../../ground/intake/index.ts'
import { parseEvidence } from '../../ground/ledger/index.ts'
import { sql } from '../../ground/store/index.ts'
import { installDelivery } from '../../houses/delivery/index.ts'
import { installPlatform } from '../../houses/platform/index.ts'
import { forgetOld } from './forget.ts'

const SUBJECT = 'repository:default/shop'
const BY = 'user:default/boss'
const NOW = Date.parse('2026-06-01T12:00:00Z')
const OLD = { from: NOW - 60 * DAY, to: NOW - 40 * DAY }

let ground: TestGround
let known: number
beforeAll(async () => {
  ground = await testGround({ install: [installDelivery, installPlatform], now: NOW })
  await say(Array.from({ length: 60 }, (_, n) => commit(n)))
  await say([commit(50, { additions: 3, at: day(50, 1) })])
  await say([deployment(59), deployment(50), deployment(20)])
  await say([
    {
      kind: 'sli',
      source: 'probe',
      id: 's',
      subject: SUBJECT,
      at: day(50),
      indicator: 'up',
      windowStart: day(50),
      seconds: 60,
      good: 9,
      total: 10,
    },
  ])
  await say([{ kind: 'measurement', source: 'x', id: 'm', subject: SUBJECT, at: day(50), measure: 'wait', value: 1 }])
  known = ground.ledger.now()
  ground.setNow(NOW + 1_000)
})
afterAll(() => ground.store.close())

const call = (id: string, ask: Record<string, unknown>): Promise<unknown> => {
  const operation = intakeOperations.find((one) => one.id === id)!
  return operation.run(
    operation.input.parse(ask) as never,
    { ...ground, caller: { person: BY, scopes: ['admin'] } } as never,
  ) as Promise<unknown>
}
const read = (measure: string, window: { from: number; to: number } = OLD) => ground.measures.read({ measure, subject: SUBJECT, ...window })

test('everything is kept for good until somebody says otherwise', async () => {
  expect(await ground.intake.anyOld()).toBe(false)
  await forgetOld(ground)
  expect(await read('work.commits')).toMatchObject({ n: 20, value: 1 })
})

test('what is older than it is kept is forgotten: counts and what was derived stay, readings say so', async () => {
  const frequency = await read('delivery.deployment_frequency')
  expect(frequency).toMatchObject({ n: 2 })
  const days = (await ground.ledger.summary()).days
  const would = (kind: string, keep = 30) => call('retention.preview', { kind, days: keep })
  expect(await would('commit')).toMatchObject({ records: 30, of: 60, before: formatInstant(NOW + 1_000 - 30 * DAY) })
  expect([await would('deployment'), await would('sli'), await would('measurement', 90)]).toMatchObject([
    { records: 2, of: 3 },
    { records: 1, of: 1 },
    { records: 0, of: 1 },
  ])
  expect(await would('reject')).toMatchObject({ records: 0, of: 0 })
  for (const kind of ['commit', 'deployment', 'sli']) await call('retention.set', { kind, days: 30 })
  expect(await ground.intake.anyOld()).toBe(true)
  await forgetOld(ground)
  expect(await ground.intake.anyOld()).toBe(false)
  expect(
    await ground.store.query(sql`select min(at) > ${formatInstant(NOW - 30 * DAY)}::timestamptz as clean from evidence_commit`),
  ).toEqual([{ clean: true }])

  expect(await read('work.commits')).toMatchObject({ value: null, n: 0, unknown: { code: 'beyond_retention' }, forgotten: { records: 20 } })
  expect(await read('work.commits', { from: NOW - 29 * DAY, to: NOW })).toMatchObject({ n: 29 })
  expect(await read('work.commits', { from: NOW - 45 * DAY, to: NOW })).toMatchObject({
    value: null,
    unknown: { code: 'beyond_retention' },
  })
  expect(await read('wait')).toMatchObject({ value: 1 })

  expect(await read('delivery.deployment_frequency')).toMatchObject({ value: frequency.value, n: 2, forgotten: { records: 2 } })
  expect((await ground.ledger.summary()).days).toEqual(days)
  expect(await ground.store.query(sql`select good, total, samples from evidence_sli`)).toEqual([{ good: 9, total: 10, samples: {} }])
})

test('who forgot what and when is in the audit trail and in the list', async () => {
  const trail = await ground.identity.auditTrail({ target: 'commit', limit: 5 })
  expect(trail).toMatchObject([{ verb: 'retention.forgot', detail: { records: 30, days: 30 } }])
  const { retention } = (await call('retention.list', {})) as { retention: { kind: string }[] }
  expect(retention.find(({ kind }) => kind === 'commit')).toMatchObject({
    days: 30,
    by: BY,
    forgotten: 30,
    forgottenAt: expect.any(String),
  })
  expect(retention.find(({ kind }) => kind === 'reject')).toMatchObject({ days: 90, by: null })
})

test('what was forgotten and comes again is not taken again, and that is said', async () => {
  const { importId } = await ground.intake.begin({ label: 'again', format: 'test', by: BY })
  const result = await ground.intake.batch(importId, [{ record: parsed(commit(50)) }, { record: parsed(commit(1)) }], { by: BY })
  expect(result).toMatchObject({ accepted: 0, duplicates: 1, rejected: 1, problems: [{ code: 'evidence.beyond_retention' }] })
  expect((await ground.intake.rejects({ limit: 1 })).total).toBe(0)
})

test('as of a day when it was known, what is gone is unknown too', async () => {
  expect(await ground.measures.read({ measure: 'delivery.deployment_frequency', subject: SUBJECT, ...OLD, asOf: known })).toMatchObject({
    value: null,
    unknown: { code: 'beyond_retention' },
  })
})

test('rows derived anew from what is left do not pass for whole', async () => {
  await ground.ledger.rebuild('delivery')
  await ground.store.query(sql`delete from delivery_scope`)
  expect(await read('delivery.deployment_frequency')).toMatchObject({ value: null, unknown: { code: 'beyond_retention' } })
  expect(await read('delivery.deployment_frequency', { from: NOW - 28 * DAY, to: NOW })).toMatchObject({ n: 1 })
})

test('a kind that is kept for good again takes old records again', async () => {
  expect(await call('retention.set', { kind: 'commit', days: null })).toMatchObject({ days: null, forgotten: 30 })
  expect(await ground.ledger.append([parsed(commit(50))], { by: BY })).toMatchObject({ accepted: 1 })
  expect(() => intakeOperations.find(({ id }) => id === 'retention.set')!.input.parse({ kind: 'commit', days: 0 })).toThrow('1')
})

function day(ago: number, minutes = 0): string {
  return formatInstant(NOW - ago * DAY - 60_000 * (60 - minutes))
}

function commit(ago: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const sha = `abc${String(ago).padStart(5, '0')}`
  return {
    kind: 'commit',
    source: 'git',
    id: sha,
    subject: SUBJECT,
    at: day(ago),
    sha,
    author: 'u1',
    authoredAt: day(ago),
    committedAt: day(ago),
    parents: [],
    ...more,
  }
}

function deployment(ago: number): Record<string, unknown> {
  const commit = `abc${String(ago).padStart(5, '0')}`
  return {
    kind: 'deployment',
    source: 'ci',
    id: `d${ago}`,
    subject: SUBJECT,
    at: day(ago),
    commit,
    commits: [commit],
    finishedAt: day(ago),
    outcome: 'success',
  }
}

function parsed(input: Record<string, unknown>) {
  const read = parseEvidence(input)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

async function say(inputs: readonly Record<string, unknown>[]): Promise<void> {
  await ground.ledger.append(inputs.map(parsed), { by: BY })
}
