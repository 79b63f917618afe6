import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { formatInstant } from '../core/index.ts'
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

describe('appending', () => {
  test('records are accepted once; the same again is a duplicate and changes nothing', async () => {
    const both = [deployment('1'), deployment('2')]
    expect(await ledger.append(both, { by })).toEqual({ accepted: 2, revised: 0, duplicates: 0, byKind: { deployment: 2 } })
    expect(await ledger.append([...both, deployment('3')], { by })).toEqual({
      accepted: 1,
      revised: 0,
      duplicates: 2,
      byKind: { deployment: 1 },
    })
    expect(await deployments()).toHaveLength(3)
  })

  test('the same record with something else to say is a revision, also within one batch', async () => {
    const batch = [deployment('1'), deployment('1', { outcome: 'failure', at: '2026-02-02T10:00:00Z' }), deployment('1'), deployment('2')]
    expect(await ledger.append(batch, { by })).toMatchObject({ accepted: 2, revised: 1, duplicates: 1 })
    expect(await deployments()).toMatchObject([
      { id: '1', outcome: 'failure' },
      { id: '2', outcome: 'success' },
    ])
    expect(await ledger.append(batch, { by })).toMatchObject({ accepted: 0, revised: 0, duplicates: 4 })
  })

  test('a batch that cannot be written leaves nothing behind', async () => {
    const broken = { ...deployment('2'), finishedAt: 'never' }
    await expect(ledger.append([deployment('1'), broken], { by })).rejects.toThrow()
    expect(await deployments()).toEqual([])
  })

  test('characters a database cannot keep become the replacement character', async () => {
    await ledger.append(
      [record({ kind: 'work_item', id: '1', title: 'a\0b \ud800', state: 'open', createdAt: '2026-02-01', 'odd\0key': ['\0'] })],
      { by },
    )
    const [kept] = await store.query<{ title: string; extra: unknown }>(
      sql`select title, extra from evidence_work_item where subject = ${subject}`,
    )
    expect(kept).toEqual({ title: 'a\uFFFDb \uFFFD', extra: { 'odd\uFFFDkey': ['\uFFFD'] } })
  })

  test('people are replaced before anything is kept, programs keep their name', async () => {
    const commit = {
      kind: 'commit',
      sha: 'abcdef1',
      authoredAt: '2026-02-01',
      committedAt: '2026-02-01',
      parents: [],
      coAuthors: ['jo@example.org'],
    }
    await ledger.append(
      [
        record({
          ...commit,
          id: 'a',
          author: 'jo@example.org',
          trailers: { 'Signed-off-by': ['Jo <jo@example.org>'], Serves: ['outcome:default/faster'] },
          message: 'fix: it\n\nReviewed-by: Jo <jo@example.org>\n',
        }),
        record({ ...commit, id: 'b', author: 'release-bot', bot: true, reviewers: [{ login: 'jo' }] }),
      ],
      { by },
    )
    const rows = await store.query<Record<string, unknown>>(
      sql`select author, co_authors, trailers, message, extra from evidence_commit where subject = ${subject} order by id`,
    )
    expect(rows).toEqual([
      {
        author: 'person:14',
        co_authors: ['person:14'],
        trailers: { 'Signed-off-by': ['person:19'], Serves: ['outcome:default/faster'] },
        message: 'fix: it\n\nReviewed-by: person:19\n',
        extra: null,
      },
      { author: 'release-bot', co_authors: ['person:14'], trailers: null, message: null, extra: { reviewers: ['person:2'] } },
    ])
  })

  test('every kind comes back from the store as it was said', async () => {
    const said = [
      record({
        kind: 'change',
        id: '1',
        number: 9007199254740991,
        title: 'Fix it',
        commits: [{ sha: 'abcdef1', authoredAt: '2026-02-01T00:00:00Z' }],
        labels: ['a'],
        mergedAt: '2026-02-01T00:00:00.123Z',
        more: { deep: [1, { x: null }] },
      }),
      record({ kind: 'incident', id: '1', title: 'Down', openedAt: '2026-02-01', resolvedAt: null, aliases: ['pager/1'] }),
      record({ kind: 'measurement', id: '1', measure: 'business.orders', value: 0.1, dimensions: { region: 'eu' } }),
      record({
        kind: 'product_event',
        id: '1',
        name: 'ordered',
        actor: 'user:default/someone',
        revenue: { amount: 12.5, currency: 'EUR' },
      }),
      record({ kind: 'event', id: '1', type: 'x', data: [null, { a: 'b' }] }),
      deployment('1', { confidence: 0.123456789 }),
    ]
    await ledger.append(said, { by })
    for (const one of said) {
      const { kind, id, source, subject: about, ...content } = one
      const [revision] = await ledger.history(`${kind}:${source}/${id}`, about)
      expect(revision!.said).toEqual({ basis: 'explicit', ...content, ...(kind === 'product_event' ? { actor: 'person:20' } : {}) })
    }
  })
})

test('who listens hears of whom something was told, outside the transaction of whoever tells', async () => {
  const heard: string[][] = []
  const looks: Promise<Known[]>[] = []
  ledger.hears((subjects) => {
    heard.push([...subjects])
    // Asked in a transaction that fails, this would fail with it, and would see what is never kept.
    looks.push(deployments())
  })
  await ledger.append([deployment('1'), deployment('2')], { by })
  await store
    .transaction(async () => {
      await ledger.append([deployment('3')], { by })
      throw new Error('not kept')
    })
    .catch(() => undefined)
  await ledger.append([], { by })
  expect(heard).toEqual([[subject], [subject]])
  expect((await Promise.all(looks)).map((rows) => rows.map(({ id }) => id))).toEqual([
    ['1', '2'],
    ['1', '2'],
  ])
})

describe('many writers at once', () => {
  test('every record is kept once and every revision counts, whoever was first', async () => {
    const writers = Array.from({ length: 6 }, () => createLedger({ store, clock: () => now, pseudonym: (person) => person }))
    const batchOf = (writer: number) => [
      ...Array.from({ length: 20 }, (_, n) => deployment(String(n), { outcome: n % 2 ? 'success' : 'failure' })),
      deployment('own', { at: `2026-02-0${writer + 1}T00:00:00Z` }),
    ]
    const results = await Promise.all(writers.map((writer, n) => writer.append(batchOf(n), { by })))
    const total = (field: 'accepted' | 'revised' | 'duplicates') => results.reduce((sum, result) => sum + result[field], 0)
    expect([total('accepted'), total('revised'), total('duplicates')]).toEqual([21, 5, 100])
    expect((await deployments()).find(({ id }) => id === 'own')?.at).toBe(Date.parse('2026-02-06T00:00:00Z'))
    const [kept] = await store.query<{ revisions: number; present: number }>(sql`
      select count(*) as revisions, count(*) filter (where learned_to = 'infinity') as present from evidence_deployment where subject = ${subject} and id = 'own'`)
    expect(kept).toEqual({ revisions: 6, present: 1 })
  })
})

describe('the summary', () => {
  test('counts equal the records, whatever was revised or taken back', async () => {
    const source = `counted-${tests}`
    await ledger.append(
      [deployment('1', { source }), deployment('2', { source }), deployment('3', { source, at: '2026-02-09T00:00:00Z' })],
      { by },
    )
    await ledger.append([deployment('1', { source, at: '2026-02-10T00:00:00Z' })], { by })
    await ledger.retract({ source, id: '2' }, { by, at: now })
    const summary = await ledger.summary()
    expect(summary.kinds.filter((kind) => kind.source === source)).toMatchObject([
      { kind: 'deployment', records: 2, lastAt: Date.parse('2026-02-10T00:00:00Z') },
    ])
    expect(summary.days.filter((day) => day.source === source)).toEqual([
      { kind: 'deployment', source, day: '2026-02-09', records: 1 },
      { kind: 'deployment', source, day: '2026-02-10', records: 1 },
    ])
  })

  test('subjects that nobody declared are named until an entity declares them', async () => {
    await ledger.append([deployment('1')], { by })
    const undeclared = async () => (await ledger.summary()).undeclared.subjects.some((one) => one.subject === subject)
    expect(await undeclared()).toBe(true)
    await store.query(sql`insert into entity (ref, kind, namespace, name, doc, hash, origin, version, updated_at, updated_by, words)
      values (${subject}, 'component', 'default', 'x', '{}', '', 'form', 1, ${formatInstant(now)}, ${by}, '')`)
    expect(await undeclared()).toBe(false)
  })
})

test('a name with slashes is found wherever its source ends', async () => {
  await ledger.append([deployment('refs/tags/v1', { source: '/event/source' })], { by })
  expect(await ledger.history('deployment:/event/source/refs/tags/v1', subject)).toHaveLength(1)
  expect(await ledger.history('deployment:/event/source/refs/tags/v1')).toHaveLength(1)
  expect(await ledger.history('deployment:/event/source/refs/tags/v2')).toEqual([])
})
