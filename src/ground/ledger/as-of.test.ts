import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from '../store/index.ts'
import { createLedger, type Evidence, type Ledger, knownAt, parseEvidence } from './index.ts'

const MARCH = Date.parse('2026-03-01T00:00:00Z')
const by = 'user:default/tester'

let store: Store
let now = MARCH
let ledger: Ledger
let subject = ''
let tests = 0

beforeAll(async () => {
  store = await testStore()
})
beforeEach(() => {
  now = MARCH
  subject = `component:default/service-${(tests += 1)}`
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => `person:${person.length}` })
})
afterAll(() => store.close())

function record(fields: Record<string, unknown>): Evidence {
  const read = parseEvidence({ source: 'ci', subject, at: '2026-02-01T10:00:00Z', ...fields })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
const deployment = (id: string, fields: Record<string, unknown> = {}) =>
  record({
    kind: 'deployment',
    id,
    commit: 'abcdef1',
    finishedAt: '2026-02-01T10:00:00Z',
    outcome: 'success',
    environment: 'production',
    ...fields,
  })

interface Known {
  id: string
  outcome: string
  at: number
}
const deployments = (asOf: number | null = null) =>
  store.query<Known>(sql`select id, outcome, at from evidence_deployment where subject = ${subject} and ${knownAt(asOf)} order by id`)

describe('two clocks', () => {
  test('what was known before a revision stays known as of then', async () => {
    await ledger.append([deployment('1')], { by })
    const before = ledger.now()
    await ledger.append([deployment('1', { outcome: 'failure', at: '2026-02-03T00:00:00Z' }), deployment('2')], { by })
    expect(await deployments(before)).toMatchObject([{ id: '1', outcome: 'success' }])
    expect(await deployments()).toMatchObject([{ id: '1', outcome: 'failure' }, { id: '2' }])
    expect(await deployments(MARCH - 1)).toEqual([])
  })

  test('a revision about an earlier moment does not undo a later one', async () => {
    await ledger.append([deployment('1', { outcome: 'failure', at: '2026-02-03T00:00:00Z' })], { by })
    await ledger.append([deployment('1', { outcome: 'cancelled', url: 'https://ci.example/1', at: '2026-02-02T00:00:00Z' })], { by })
    expect(await deployments()).toMatchObject([{ outcome: 'failure', at: Date.parse('2026-02-03T00:00:00Z') }])
    expect((await ledger.history('deployment:ci/1', subject)).map(({ state }) => state.url)).toEqual([undefined, 'https://ci.example/1'])
  })

  test('the moment of learning never runs backwards, also after a restart with the clock set back', async () => {
    await ledger.append([deployment('1')], { by })
    const learned = ledger.now()
    now = MARCH - 90 * 86_400_000
    expect(ledger.now()).toBe(learned)
    const restarted = () => createLedger({ store, clock: () => now, pseudonym: (person) => person })
    await restarted().append([deployment('2')], { by })
    expect(await deployments(MARCH - 1)).toEqual([])
    const caughtUp = restarted()
    expect(await caughtUp.catchUp()).toBeGreaterThanOrEqual(learned)
    await caughtUp.append([deployment('3')], { by })
    expect(await deployments(learned)).toMatchObject([{ id: '1' }, { id: '2' }])
  })
})

describe('taking back', () => {
  test('a record taken back is gone from now on, and can be given again', async () => {
    await ledger.append([deployment('1'), deployment('2')], { by })
    const before = ledger.now()
    expect(await ledger.retract({ source: 'ci', id: '1', subject }, { by, at: now })).toEqual({ retracted: 1 })
    expect(await ledger.retract({ source: 'ci', id: '1', subject }, { by, at: now + 1 })).toEqual({ retracted: 0 })
    expect(await deployments()).toMatchObject([{ id: '2' }])
    expect(await deployments(before)).toHaveLength(2)
    await ledger.append([deployment('1', { url: 'https://ci.example/1' })], { by })
    expect(await deployments()).toMatchObject([{ id: '2' }])
    expect(await ledger.retract({ source: 'ci', id: '1', subject }, { by, at: now + 2, undo: true })).toEqual({ retracted: 1 })
    expect(await deployments()).toHaveLength(2)
  })

  test('taking an import back leaves what others said of the same records', async () => {
    await ledger.append([deployment('1')], { by, importId: 71 })
    await ledger.append([deployment('1', { outcome: 'failure', at: '2026-02-02T00:00:00Z' }), deployment('2')], { by, importId: 72 })
    expect(await ledger.retract({ importId: 72 }, { by, at: now })).toEqual({ retracted: 2 })
    expect(await deployments()).toMatchObject([{ id: '1', outcome: 'success' }])
    expect(await ledger.retract({ importId: 72 }, { by, at: now + 1, undo: true })).toEqual({ retracted: 2 })
    expect(await deployments()).toMatchObject([{ id: '1', outcome: 'failure' }, { id: '2' }])
  })
})
