import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import type { SubjectShare } from '../../ground/catalog/index.ts'
import { DAY, HOUR } from '../../ground/core/index.ts'
import { sql } from '../../ground/store/index.ts'
import { bringUpToDate, scopesOf } from './evidence/index.ts'
import { installDelivery } from './index.ts'
import { randomHistory, toldOf } from './random-history.test-data.ts'

let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ install: [installDelivery] })
})
afterAll(() => ground.store.close())

let subjects = 0
let now = Date.parse('2026-06-01T12:00:00Z')
const by = 'user:default/me'
/** More, and others, with RUNS=200: the faults it looks for are rare. */
const runs = { numRuns: Number(process.env.RUNS ?? 6), endOnFailure: true }

/** A whole repository, one folder of it, and what has two names. */
function sharesOf(repository: string): SubjectShare[] {
  const folder = repository.replace('repository:', 'component:')
  const named = repository.replace('repository:', 'system:')
  return [
    { ref: repository, subjects: [repository], repository, deployments: { by: 'tags' } },
    { ref: folder, subjects: [folder], repository, path: 'api', deployments: { by: 'tags' } },
    { ref: named, subjects: [otherNameOf(repository), repository], deployments: { by: 'events' } },
  ]
}

function otherNameOf(repository: string): string {
  return repository.replace('repository:', 'resource:')
}

async function fresh(repository: string): Promise<void> {
  await bringUpToDate(ground, await scopesOf(ground.store, sharesOf(repository), 'production'))
}

/** All derived rows of the repository and its folder, without their names. */
async function derived(repository: string): Promise<unknown[]> {
  const rows = ['delivery_commit', 'delivery_change', 'delivery_deployment'].flatMap((table) =>
    sharesOf(repository).map(({ ref }) =>
      ground.store.query<{ row: unknown }>(
        sql`select to_jsonb(d) - 'scope' as row from ${sql.table(table)} d where scope = delivery_scope_key(${ref}, 'production') order by 1`,
      ),
    ),
  )
  return (await Promise.all(rows)).map((table) => table.map(({ row }) => row))
}

/** Records as they come: in another order, some of them twice, in several portions. */
const arrivals = randomHistory.chain((records) => {
  const told = [...records, ...records.slice(0, 5)]
  return fc
    .record({
      order: fc.array(fc.nat(1_000), { minLength: told.length, maxLength: told.length }),
      cuts: fc.array(fc.nat(told.length), { maxLength: 4 }),
    })
    .map(({ order, cuts }) => ({
      records,
      shuffled: told
        .map((record, index) => ({ record, place: order[index]! }))
        .sort((one, other) => one.place - other.place)
        .map(({ record }) => record),
      cuts,
    }))
})

test(
  'whatever the order, repetition and portions records arrive in, and however often somebody looks in between, the derived rows are the same',
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ records, shuffled, cuts }) => {
        const atOnce = `repository:default/a${++subjects}`
        const piecemeal = `repository:default/b${subjects}`
        await ground.ledger.append(toldOf(atOnce, records), { by })
        await fresh(atOnce)
        const borders = [0, ...cuts.toSorted((a, b) => a - b), shuffled.length]
        await fresh(piecemeal)
        for (const [index, from] of borders.slice(0, -1).entries()) {
          ground.setNow((now += HOUR))
          await ground.ledger.append(toldOf(piecemeal, shuffled.slice(from, borders[index + 1])), { by })
          await fresh(piecemeal)
        }
        expect(await derived(piecemeal)).toEqual(await derived(atOnce))
      }),
      runs,
    )
  },
)

test(
  'a deployment told under one id of two names of a component is one, in whatever order and portions it is told',
  { timeout: 3_600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        arrivals,
        fc.array(
          fc.record({
            pick: fc.nat(20),
            hours: fc.integer({ min: -72, max: 72 }),
            basis: fc.constantFrom('inferred', 'observed', 'explicit'),
          }),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        async ({ shuffled, cuts }, others) => {
          const atOnce = `repository:default/h${++subjects}`
          const piecemeal = `repository:default/i${subjects}`
          const deployments = shuffled.filter(({ kind }) => kind === 'deployment')
          const twice = others.slice(0, deployments.length).map(({ pick, hours, basis }) => {
            const record = deployments[pick % deployments.length]!
            const finishedAt = new Date(Date.parse(String(record.finishedAt)) + hours * HOUR).toISOString()
            return { ...record, at: finishedAt, finishedAt, startedAt: undefined, basis }
          })
          const portions = [0, ...cuts.toSorted((a, b) => a - b), shuffled.length]
          for (const repository of [atOnce, piecemeal]) {
            const told = shuffled.map((record) => toldOf(repository, [record]))
            for (const [index, record] of twice.entries()) told.splice(index * 3, 0, toldOf(otherNameOf(repository), [record]))
            if (repository === piecemeal) await fresh(repository)
            for (const [index, from] of portions.entries()) {
              ground.setNow((now += HOUR))
              await ground.ledger.append(told.slice(from, portions[index + 1] ?? told.length).flat(), { by })
              if (repository === piecemeal) await fresh(repository)
            }
            await fresh(repository)
          }
          expect(await derived(piecemeal)).toEqual(await derived(atOnce))
        },
      ),
      runs,
    )
  },
)

test('records that arrive while rows are derived leave the same rows, whoever looks meanwhile', { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(arrivals, fc.array(fc.nat(30), { minLength: 3, maxLength: 8 }), async ({ records, shuffled }, pauses) => {
      const atOnce = `repository:default/f${++subjects}`
      const live = `repository:default/g${subjects}`
      await ground.ledger.append(toldOf(atOnce, records), { by })
      await fresh(atOnce)
      await fresh(live)
      const portion = Math.ceil(shuffled.length / pauses.length)
      const looks: Promise<void>[] = []
      for (const [index, pause] of pauses.entries()) {
        looks.push(fresh(live), fresh(live))
        // So many statements later than those who look began.
        for (let n = 0; n < pause; n++) await ground.store.query(sql`select 1 as one`)
        await ground.ledger.append(toldOf(live, shuffled.slice(index * portion, (index + 1) * portion)), { by })
      }
      await Promise.all(looks)
      await fresh(live)
      expect(await derived(live)).toEqual(await derived(atOnce))
    }),
    runs,
  )
})

test('taking records back leaves the rows as if they had never come', { timeout: 3_600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomHistory, fc.array(fc.nat(100), { minLength: 1, maxLength: 3 }), async (records, picks) => {
      const without = `repository:default/c${++subjects}`
      const taken = `repository:default/d${subjects}`
      const gone = new Set(
        picks.map(
          (pick) =>
            `${records[pick % records.length]!.kind} ${records[pick % records.length]!.source}/${records[pick % records.length]!.id}`,
        ),
      )
      await ground.ledger.append(
        toldOf(
          without,
          records.filter(({ kind, source, id }) => !gone.has(`${kind} ${source}/${id}`)),
        ),
        { by },
      )
      await ground.ledger.append(toldOf(taken, records), { by })
      await fresh(without)
      await fresh(taken)
      for (const one of gone) {
        const { kind, source, id } = records.find((record) => `${record.kind} ${record.source}/${record.id}` === one)!
        ground.setNow((now += HOUR))
        await ground.ledger.retract({ source, id, kind, subject: taken }, { by, at: now })
        await fresh(taken)
      }
      expect(await derived(taken)).toEqual(await derived(without))
    }),
    runs,
  )
})

test('an incident taken back takes along what it alone had joined, by its other names, to a deployment', async () => {
  const [with_, without] = ['repository:default/j1', 'repository:default/j2']
  const sha = (digit: string) => digit.repeat(40)
  const deployment = (id: string, commit: string, finishedAt: string, more: object = {}) => ({
    kind: 'deployment' as const,
    source: 'ci',
    id,
    at: finishedAt,
    finishedAt,
    commit,
    environment: 'production',
    outcome: 'success',
    ...more,
  })
  const incident = (source: string, id: string, more: object) => ({
    kind: 'incident' as const,
    source,
    id,
    at: '2026-01-12T08:00:00Z',
    title: id,
    openedAt: '2026-01-12T08:00:00Z',
    ...more,
  })
  const rest = [
    deployment('d1', sha('a'), '2026-01-05T10:00:00Z'),
    deployment('d2', sha('b'), '2026-01-08T10:00:00Z', { fixes: 'i1' }),
    deployment('d3', sha('c'), '2026-01-09T10:00:00Z'),
    deployment('d4', sha('d'), '2026-01-10T10:00:00Z'),
    incident('pager', 'i4', { aliases: ['desk/i3'] }),
    incident('desk', 'i1', { aliases: ['pager/i4'] }),
  ]
  const named = incident('desk', 'i3', { causedBy: sha('a'), at: '2026-01-14T08:00:00Z', openedAt: '2026-01-14T08:00:00Z' })
  await ground.ledger.append(toldOf(with_, [...rest, named]), { by })
  await ground.ledger.append(toldOf(without, rest), { by })
  await fresh(with_)
  await fresh(without)
  expect(await derived(with_)).not.toEqual(await derived(without))
  ground.setNow((now += HOUR))
  await ground.ledger.retract({ source: 'desk', id: 'i3', kind: 'incident', subject: with_ }, { by, at: now })
  await fresh(with_)
  expect(await derived(with_)).toEqual(await derived(without))
})

test('kept rows and rows derived in memory give the same readings', { timeout: 3_600_000 }, async () => {
  const ids = ground.measures.list().map(({ id }) => id)
  await fc.assert(
    fc.asyncProperty(randomHistory, async (records) => {
      const subject = `repository:default/e${++subjects}`
      await ground.ledger.append(toldOf(subject, records), { by })
      ground.setNow((now += HOUR))
      const asOf = ground.ledger.now()
      ground.setNow((now += HOUR))
      for (const measure of ids) {
        const ask = {
          measure,
          subject,
          from: Date.parse('2026-01-01T00:00:00Z'),
          to: Date.parse('2026-03-01T00:00:00Z'),
          at: now - DAY,
          bucket: 'week' as const,
        }
        const strip = (reading: object) => ({ ...reading, asOf: null })
        expect((await ground.measures.readMany(ask)).map(strip)).toEqual((await ground.measures.readMany({ ...ask, asOf })).map(strip))
        const rows = (more: object) => ground.measures.rows({ ...ask, ...more })
        expect(await rows({})).toEqual(await rows({ asOf }))
      }
    }),
    runs,
  )
})
