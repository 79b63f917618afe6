import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { installPlatform } from '../../houses/platform/index.ts'
import { parseEvidence } from '../ledger/index.ts'
import { sql } from '../store/index.ts'
import { joinUsers, peopleOperations } from './index.ts'

const SUBJECT = 'repository:default/shop'
const BY = 'user:default/boss'
const NAMES = [
  'u1@example.org',
  'u1@work.example',
  'u2@example.org',
  'u3@example.org',
  'u4@example.org',
  'u5@example.org',
  'u6@example.org',
]

let ground: TestGround
let now = Date.parse('2026-06-01T00:00:00Z')
beforeAll(async () => {
  ground = await testGround({ install: [installPlatform], now })
  await say(
    [...NAMES, 'deploy-user@example.org', '99+u7-gh@users.noreply.github.com', 'u7-gh'].map((author, n) => commit(`a${n}`, { author })),
  )
  await say([commit('b1', { author: 'helper[bot]', bot: true }), commit('b2', { author: 'u1@example.org', agents: ['claude'] })])
})
afterAll(() => ground.store.close())

const later = () => ground.setNow((now += 60_000))
const authors = async (asOf?: number) =>
  (await ground.measures.read({ measure: 'work.people', subject: SUBJECT, to: now + 1, ...(asOf === undefined ? {} : { asOf }) })).value
const call = (id: string, ask: Record<string, unknown> = {}): Promise<Record<string, never>> => {
  const operation = peopleOperations.find((one) => one.id === id)!
  return operation.run(operation.input.parse(ask) as never, { ...ground, caller: { person: BY, scopes: ['admin'] } } as never) as never
}

test('a forge’s stand-in for an address is the handle’s, by what the address says', async () => {
  // Ten names are in the records; u7-gh is in them twice.
  expect(await authors()).toBe(9)
  expect(await ground.identity.people.summary()).toMatchObject({ people: 1, aliases: 2, joins: [{ origin: 'noreply', count: 1 }] })
})

test('two names joined by hand count once, undone they count twice again, and an earlier report stays as it was', async () => {
  const before = ground.ledger.now()
  later()
  const merged = await call('people.merge', { name: 'u1@example.org', other: 'Somebody <u1@work.example>' })
  expect(await authors()).toBe(8)
  const between = ground.ledger.now()
  expect(await authors(before)).toBe(9)
  later()
  await call('people.undo', { id: merged.id })
  expect(await authors()).toBe(9)
  expect(await authors(between)).toBe(8)
  await expect(call('people.undo', { id: merged.id })).rejects.toThrow('Nothing that stands')
  expect((await ground.identity.auditTrail({ limit: 2 })).map(({ verb }) => verb)).toEqual(['people.undo', 'people.merge'])
})

test('a name set apart stays apart whatever evidence says, until it is joined by hand', async () => {
  await ground.identity.people.told([['u2@example.org', 'u3@example.org']], 'mailmap', BY)
  expect(await authors()).toBe(8)
  const split = await call('people.split', { name: 'u3@example.org' })
  expect(await authors()).toBe(9)
  await ground.identity.people.told([['u3@example.org', 'u4@example.org']], 'signature', BY)
  expect(await authors()).toBe(9)
  await call('people.merge', { name: 'u3@example.org', other: 'u2@example.org' })
  expect(await authors()).toBe(8)
  await call('people.undo', { id: split.id })
  expect(await authors()).toBe(7)
  for (const { id } of await ground.identity.people.byHand()) await call('people.undo', { id })
  await expect(call('people.split', { name: 'nobody@example.org' })).rejects.toThrow('not joined')
})

test('what the catalogue says of its users is followed, also when it says otherwise', async () => {
  const started = await authors()
  const user = (annotations: Record<string, string>) => [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name: 'five', annotations },
      spec: { memberOf: [], profile: { email: 'u5@example.org' } },
    },
  ]
  await ground.catalog.applyFolder('people', user({ 'throughline.dev/aliases': 'u6@example.org' }), { by: BY })
  await joinUsers(ground)
  expect(await authors()).toBe(started! - 1)
  await ground.catalog.applyFolder('people', user({}), { by: BY })
  await joinUsers(ground)
  expect(await authors()).toBe(started)
})

test('programs are listed with how they are known, and can be corrected', async () => {
  const before = await authors()
  expect((await call('people.read')).programs).toEqual([
    { name: 'claude', kind: 'agent', commits: 1, by: 'rule' },
    { name: 'helper[bot]', kind: 'bot', commits: 1, by: 'rule' },
  ])
  const said = await call('people.correct', { name: 'deploy-user@example.org', kind: 'bot' })
  await call('people.correct', { name: 'helper[bot]', kind: 'person' })
  expect(await authors()).toBe(before)
  await call('people.undo', { id: said.id })
  expect(await authors()).toBe(before! + 1)
  const text = await ground.store.query<{ text: string }>(sql`select s::text as text from person_statement s`)
  expect(text.some(({ text: row }) => row.includes('deploy-user'))).toBe(false)
  expect((await ground.measures.read({ measure: 'work.agent_share', subject: SUBJECT, to: now + 1 })).value).toBeCloseTo(1 / 12)
})

test('fewer than five people are not told as a number', async () => {
  await say([commit('d1', { author: 'u1@example.org', subject: 'repository:default/small' })])
  const reading = await ground.measures.read({ measure: 'work.people', subject: 'repository:default/small', to: now + 1 })
  expect(reading).toMatchObject({ value: null, n: 0, unknown: { code: 'too_few_people' } })
})

function commit(id: string, more: Record<string, unknown>): Record<string, unknown> {
  const sha = id.padEnd(8, '0')
  return {
    kind: 'commit',
    source: 'git',
    id,
    subject: SUBJECT,
    at: '2026-05-20',
    sha,
    authoredAt: '2026-05-20',
    committedAt: '2026-05-20',
    parents: [],
    ...more,
  }
}

async function say(inputs: readonly Record<string, unknown>[]): Promise<void> {
  const records = inputs.map((input) => {
    const read = parseEvidence(input)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  })
  await ground.ledger.append(records, { by: BY })
}
