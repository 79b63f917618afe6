import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { HOUR } from '../../ground/core/index.ts'
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

async function fresh(subject: string): Promise<void> {
  await bringUpToDate(ground.store, ground.ledger, await scopesOf(ground.store, await ground.catalog.shares(subject), 'production'))
}

async function derived(subject: string): Promise<Record<string, unknown[]>> {
  const rows = (table: string) => ground.store.query<{ row: unknown }>(sql`select to_jsonb(d) - 'subject' as row from ${sql.table(table)} d where subject = ${subject} order by 1`)
  return Object.fromEntries(await Promise.all(['delivery_commit', 'delivery_change', 'delivery_deployment'].map(async (table) => [table, (await rows(table)).map(({ row }) => row)])))
}

const arrivals = randomHistory.chain((records) => {
  const told = [...records, ...records.slice(0, 5)]
  return fc.record({ order: fc.array(fc.nat(1_000), { minLength: told.length, maxLength: told.length }), cuts: fc.array(fc.nat(told.length), { maxLength: 4 }) })
    .map(({ order, cuts }) => ({ records, shuffled: told.map((record, index) => ({ record, place: order[index]! })).sort((one, other) => one.place - other.place).map(({ record }) => record), cuts }))
})

test('whatever the order, repetition and portions records arrive in, and however often somebody looks in between, the derived rows are the same', { timeout: 600_000 }, async () => {
  await fc.assert(fc.asyncProperty(arrivals, async ({ records, shuffled, cuts }) => {
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
  }), { numRuns: Number(process.env.RUNS ?? 25) })
})
