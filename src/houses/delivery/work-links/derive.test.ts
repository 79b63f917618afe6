import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import { DAY, formatInstant } from '../../../ground/core/index.ts'
import { type Evidence, parseEvidence } from '../../../ground/ledger/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { freshWorkLinks, installWorkLinks } from './index.ts'

const BY = 'user:default/mara'
const START = Date.parse('2026-03-01T00:00:00Z')
let ground: TestGround
let runs = 0

beforeAll(async () => {
  ground = await testGround({
    install: [
      ({ catalog }) => catalog.registerKind({ kind: 'Outcome', apiVersions: ['throughline.dev/v1'], spec: z.looseObject({}) }),
      installWorkLinks,
    ],
  })
  await ground.catalog.applyFolder(
    'intent',
    [outcome('checkout', 'Checkout latency of the payment page'), outcome('search', 'Search relevance of parcels')],
    { by: BY },
  )
})
afterAll(() => ground.store.close())

it('whatever order records arrive in, and however often links are derived between, the links are those of one derivation', async () => {
  await fc.assert(
    fc.asyncProperty(history(), async ({ records, order, cuts }) => {
      const subject = `repository:default/run${(runs += 1)}`
      const arrivals = order.map((index) => parsed({ ...records[index % records.length], subject }))
      let from = 0
      for (const to of [...new Set(cuts.map((cut) => cut % arrivals.length)), arrivals.length].sort((a, b) => a - b)) {
        await ground.ledger.append(arrivals.slice(from, to), { by: BY, basis: 'observed' })
        await freshWorkLinks(ground)
        from = to
      }
      const stepwise = await linksOf(subject)
      await ground.ledger.rebuild('work_links')
      expect(stepwise).toEqual(await linksOf(subject))
    }),
    { numRuns: 15 },
  )
})

it('what the catalogue learns later is linked as if it had been there, and only what may name it is looked at again', async () => {
  const [named, other, elsewhere] = ['repository:default/named', 'repository:default/other', 'repository:apart/named'] as const
  const commit = (subject: string, index: number, message: string) =>
    parsed({ kind: 'commit', source: 'git', subject, ...commitAt(index), message })
  await ground.ledger.append(
    [
      commit(named, 21, 'Rework checkout latency'),
      commit(named, 23, 'Follow ADR-0007'),
      commit(other, 22, 'Rework search relevance, see ADR-17'),
      commit(elsewhere, 24, 'Follow decision 7'),
    ],
    { by: BY, basis: 'observed' },
  )
  await freshWorkLinks(ground)
  /** Subjects that are to be looked at again, and from when on. */
  const reopened = async () => {
    await freshWorkLinks(ground, [])
    return (
      await ground.store.query<{ mark: string }>(
        sql`select subject || ' ' || (since at time zone 'UTC')::date as mark from derived_stale where name = 'work_links' and subject in (${named}, ${other}, ${elsewhere}) order by 1`,
      )
    ).map(({ mark }) => mark)
  }
  const asRebuilt = async () => {
    await freshWorkLinks(ground)
    const links = async () => [await linksOf(named), await linksOf(other), await linksOf(elsewhere)]
    const kept = await links()
    await ground.ledger.rebuild('work_links')
    expect(kept).toEqual(await links())
    return kept.map((own) => own.length)
  }
  const decide = (title: string) =>
    ground.catalog.write(
      { apiVersion: 'throughline.dev/v1', kind: 'Decision', metadata: { name: '0007-one-queue', title }, spec: { status: 'accepted' } },
      { by: BY },
    )
  await decide('One queue')
  expect(await reopened()).toEqual([`${named} ${day(23).slice(0, 10)}`])
  expect(await asRebuilt()).toEqual([2, 1, 0])
  await decide('One queue for all')
  expect(await reopened()).toEqual([])
  await ground.catalog.remove('decision:default/0007-one-queue', { by: BY })
  expect(await reopened()).toEqual([`${named} ${day(23).slice(0, 10)}`])
  expect(await asRebuilt()).toEqual([1, 1, 0])
  await ground.catalog.applyFolder('intent', [outcome('checkout', 'Checkout latency of the payment page')], { by: BY })
  expect(await reopened()).toHaveLength(2)
  expect(await asRebuilt()).toEqual([1, 0, 0])
})

function linksOf(subject: string) {
  return ground.store.query(
    sql`select from_id, type, to_id, origin, confidence, status, because, at from link where owner = ${`work_links/${subject}`} order by 1, 2, 3`,
  )
}

/** Commits, changes that hold some of them, and issues, with and without links; an order of arrival and where it is cut. */
function history() {
  const saying = fc.constantFrom(
    'Rework checkout latency',
    'Tune search relevance of parcels',
    'Tidy',
    'Answer ABC-1',
    'Answer ABC-2 (#7)',
    'outcome:search',
    'Tidy\n\nServes: checkout',
    'Fixes: ABC-2',
    "Merge branch 'fix/abc-2-totals'",
    'Answer OLD-9',
  )
  return fc.record({
    records: fc
      .record({
        commits: fc.array(saying, { minLength: 1, maxLength: 6 }),
        changes: fc.array(
          fc.record({
            title: saying,
            branch: fc.constantFrom('abc-1-labels', 'main', 'u1/OLD-9'),
            holds: fc.uniqueArray(fc.nat(5), { maxLength: 3 }),
            day: fc.nat(9),
          }),
          {
            maxLength: 3,
          },
        ),
        items: fc.uniqueArray(fc.constantFrom('ABC-1', 'ABC-2', '7'), { maxLength: 3 }),
      })
      .map(({ commits, changes, items }) => [
        ...commits.map((message, index) => ({ kind: 'commit', source: 'git', ...commitAt(index), message })),
        ...changes.map(({ title, branch, holds, day: at }, index) => ({
          kind: 'change',
          source: 'git',
          id: String(40 + index),
          number: 40 + index,
          at: day(at),
          mergedAt: day(at),
          title,
          branch,
          commits: holds.map((one) => ({ sha: sha(one), authoredAt: day(one) })),
        })),
        ...items.map((id, index) => ({
          kind: 'work_item',
          source: 'tracker',
          id,
          at: day(index),
          title: `Item ${id}`,
          state: 'open',
          createdAt: day(index),
          ...(index === 0 ? { labels: ['outcome:checkout'] } : { parent: 'ABC-1' }),
          ...(index === 1 ? { aliases: ['OLD-9'] } : {}),
        })),
      ]),
    order: fc.uniqueArray(fc.nat(11), { minLength: 12, maxLength: 12 }),
    cuts: fc.array(fc.nat(11), { maxLength: 4 }),
  })
}

function outcome(name: string, title: string) {
  return { apiVersion: 'throughline.dev/v1', kind: 'Outcome', metadata: { name, title }, spec: { statement: title } }
}

function commitAt(index: number) {
  const moments = { at: day(index), authoredAt: day(index), committedAt: day(index) }
  return { id: sha(index), sha: sha(index), author: 'a@example.com', parents: [sha(90)], ...moments }
}

function parsed(record: object): Evidence {
  const read = parseEvidence(record)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

function sha(n: number): string {
  return (n + 1).toString(16).padStart(40, 'a')
}

function day(n: number): string {
  return formatInstant(START + n * DAY)
}
