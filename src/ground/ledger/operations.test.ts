import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { ledgerOperations, parseEvidence } from './index.ts'

let ground: TestGround
const caller = { person: 'user:default/tester', scopes: ['admin'] as const }
const [summary, record, retract, , named] = ledgerOperations

beforeAll(async () => {
  ground = await testGround()
  const read = parseEvidence({
    kind: 'deployment',
    source: 'ci/main',
    id: 'run/7',
    subject: 'component:shop',
    at: '2026-05-20T10:00:00Z',
    commit: 'abcdef1',
    finishedAt: '2026-05-20T10:00:00Z',
    outcome: 'success',
  })
  if (read.ok) await ground.ledger.append([read.value], { by: caller.person })
})
afterAll(() => ground.store.close())

test('the summary says what there is, in moments people can read', async () => {
  const answer = summary.output.parse(await summary.run(summary.input.parse({}), { ...ground, caller }))
  expect(answer).toMatchObject({
    kinds: [{ kind: 'deployment', source: 'ci/main', records: 1, firstAt: '2026-05-20T10:00:00.000Z' }],
    days: [{ day: '2026-05-20', records: 1 }],
    undeclared: { total: 1, subjects: [{ subject: 'component:default/shop', records: 1 }] },
  })
})

test('a record is shown with what it said, and one that is not there is refused', async () => {
  const read = async (id: string, subject?: string) =>
    record.output.parse(await record.run(record.input.parse({ id, subject }), { ...ground, caller }))
  expect((await read('deployment:ci/main/run/7')).revisions).toMatchObject([
    {
      subject: 'component:default/shop',
      learnedTo: null,
      basis: 'explicit',
      retracted: false,
      said: { outcome: 'success', assumed: ['environment'] },
    },
  ])
  await expect(read('deployment:ci/main/run/8')).rejects.toMatchObject({ status: 404, problem: { code: 'evidence.no_such_record' } })
  await expect(read('nonsense')).rejects.toMatchObject({ status: 404 })
  await expect(read('deployment:ci/main/run/7', 'repository:default/shop')).rejects.toMatchObject({
    status: 404,
    problem: { fix: 'A record of this name belongs to component:default/shop: ask for it there.' },
  })
})

test('a record is taken back by its name, with or without its kind, and given again', async () => {
  const ask = async (input: object) => retract.output.parse(await retract.run(retract.input.parse(input), { ...ground, caller }))
  expect(await ask({ what: 'ci/main/run/7' })).toMatchObject({ retracted: 1, undone: false })
  await expect(ask({ what: 'ci/main/run/7' })).rejects.toMatchObject({ problem: { code: 'evidence.nothing_to_retract' } })
  ground.setNow(ground.clock() + 1_000)
  expect(await ask({ what: 'deployment:ci/main/run/7', undo: true })).toMatchObject({ retracted: 1, undone: true })
  await expect(ask({ what: 'import:99' })).rejects.toMatchObject({ status: 404 })
})

test('records are found by number, key, the beginning of a commit, or words of an incident; those taken back are not', async () => {
  const about = { source: 'github', subject: 'repository:default/shop' }
  const sha = '8f2c1ab0'.repeat(5)
  const told = [
    { ...about, kind: 'change', id: 'acme/Shop#42', at: '2026-05-20T10:00:00Z', number: 42, title: 'Pay by card' },
    { ...about, kind: 'change', id: 'acme/Shop#420', at: '2026-05-20T10:00:00Z', number: 420, title: 'Another' },
    {
      ...about,
      kind: 'work_item',
      id: 'SHOP-42',
      at: '2026-05-19T10:00:00Z',
      title: 'Cards',
      state: 'open',
      createdAt: '2026-05-19T10:00:00Z',
    },
    {
      ...about,
      kind: 'incident',
      id: 'INC-1',
      at: '2026-05-21T10:00:00Z',
      title: 'Cards are refused at checkout',
      openedAt: '2026-05-21T10:00:00Z',
    },
    {
      ...about,
      kind: 'commit',
      id: sha,
      at: '2026-05-20T09:00:00Z',
      sha,
      author: 'dev-1@example.org',
      authoredAt: '2026-05-20T09:00:00Z',
      committedAt: '2026-05-20T09:00:00Z',
      parents: [],
      message: 'Pay by card\n\nAs asked.',
    },
  ].map((one) => parseEvidence(one))
  await ground.ledger.append(
    told.map((one) => (one.ok ? one.value : expect.fail(JSON.stringify(one)))),
    { by: caller.person },
  )
  const find = async (q: string, namespace?: string) => {
    const answer = await named.run(named.input.parse({ q, namespace }), { ...ground, caller })
    return named.output.parse(answer).records.map(({ id }) => id)
  }
  expect(await find('#42')).toEqual(['change:github/acme/Shop#42'])
  expect(await find('shop-42')).toEqual(['work_item:github/SHOP-42'])
  expect(await find('8F2C1AB')).toEqual([`commit:github/${sha}`])
  expect(await find('refused cards')).toEqual(['incident:github/INC-1'])
  expect(await find('refused cards', 'other')).toEqual([])
  expect(await find("%'; --")).toEqual([])
  await ground.ledger.retract({ source: 'github', id: 'SHOP-42' }, { by: caller.person, at: ground.clock() })
  expect(await find('SHOP-42')).toEqual([])
})
