import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { HOUR, type Instant, type Reading, type ReadingAsk } from '../../ground/core/index.ts'
import { sql } from '../../ground/store/index.ts'
import { installDelivery } from './index.ts'
import { day, LATE, RECORDS, SHOP } from './scenario.test-data.ts'

const at = (number: number, time?: string): Instant => Date.parse(day(number, time))
const hours = (count: number) => (count * HOUR) / 1000

/** The 28 days from 1 May to 29 May. */
const MAY = { from: at(1), to: at(29), at: at(29) }

let ground: TestGround
/** The moment everything but the late revision was known. */
let before: Instant
beforeAll(async () => {
  ground = await testGround({ now: at(29), install: [installDelivery] })
  await ground.ledger.append(RECORDS, { by: 'user:default/me' })
  before = ground.ledger.now()
})
afterAll(() => ground.store.close())

const read = (measure: string, more: Partial<ReadingAsk> = {}): Promise<Reading> =>
  ground.measures.read({ measure: `delivery.${measure}`, subject: SHOP, ...MAY, ...more })

/** All figures of May before the late revision, worked out by hand. */
function theFiguresOfMay(more: () => Partial<ReadingAsk>): void {
  test('change lead time: median 12.5 h of six changes', async () => {
    // change 1: b1 on the 3rd 09:00 → d2 on the 5th 12:00 = 51 h   (not 11:40, the tag's guess; not 10:00, the squash)
    // c2: 08:00 → d3 09:00 = 1 h                                  (rolled back later; users had it all the same)
    // change 2: b3 on the 7th 09:00 → d5 on the 8th 10:00 = 25 h
    // c4: 07:00 → d6 08:00 = 1 h;  c5: 09:00 → d7 10:00 = 1 h     (not d8: the first deployment counts)
    // c6: the 19th 09:00 → d9 on the 20th 09:00 = 24 h
    // c0 was in the first deployment, which has nothing before it: left out, and said so.
    // Sorted 1, 1, 1, 24, 25, 51: median (1 + 24) / 2 = 12.5; p75 = 24 + 0.75 × 1 = 24.75; p90 = 25 + 0.5 × 26 = 38.
    const reading = await read('change_lead_time', more())
    expect(reading).toMatchObject({ value: hours(12.5), n: 6, unit: 's', excluded: [{ code: 'no_previous_deployment', count: 1 }] })
    expect(reading.quantiles).toEqual({ p50: hours(12.5), p75: hours(24.75), p90: hours(38) })
    // Six values: their smallest and largest hold the median with 96.9 %.
    expect(reading.interval).toEqual({ low: hours(1), high: hours(51), level: 0.95 })
  })
  test('deployment frequency: seven new deployments in 28 days', async () => {
    // d1, d2, d3, d5, d6, d7, d9. Beside: the second region, the rollback d4, the redeployment d8, the failed pipeline.
    const reading = await read('deployment_frequency', more())
    expect(reading).toMatchObject({ value: 7 / 28, n: 7 })
    expect(reading.excluded).toEqual([
      { code: 'another_region', count: 1 },
      { code: 'redeployment', count: 1 },
      { code: 'rollback', count: 1 },
      { code: 'unsuccessful', count: 1 },
    ])
  })
  test('change failure rate: three of seven', async () => {
    // d3 (incident i1 names it, d4 rolls it back), d5 (hotfix d6), d7 (incident i3 an hour later). Not d7-failed.
    const reading = await read('change_failure_rate', more())
    expect(reading).toMatchObject({ value: 3 / 7, n: 7 })
    expect(reading.interval!.low).toBeLessThan(3 / 7)
    expect(reading.interval!.high).toBeGreaterThan(3 / 7)
  })
  test('failed deployment recovery time: median 22 h, with the open incident counted as open', async () => {
    // d3: 09:00 → rollback finished 10:00 = 1 h (the incident was closed later, at 10:30)
    // d5: the 8th 10:00 → hotfix d6 on the 9th 08:00 = 22 h
    // d7: the 12th 10:00, open on the 29th 00:00: at least 398 h, censored
    // Share still broken: 2/3 after 1 h, 1/3 after 22 h, so half have recovered by 22 h.
    expect(await read('failed_deployment_recovery_time', more())).toMatchObject({ value: hours(22), n: 3 })
  })
  test('rework rate: one of seven', async () => {
    expect(await read('rework_rate', more())).toMatchObject({ value: 1 / 7, n: 7 }) // d6
  })
  test('change size: median 40 lines of seven changes', async () => {
    // c0 200, change 1 120 (its 900 generated lines are told apart), c2 10, change 2 30 + 20 = 50, c4 5, c5 8, c6 40.
    // Sorted 5, 8, 10, 40, 50, 120, 200.
    expect(await read('change_size', more())).toMatchObject({ value: 40, n: 7, unit: 'lines' })
  })
  test('the parts of lead time: 11 h for a review, 9.5 h in review, 1 h for a deployment', async () => {
    // Wait for review: change 1 10:00 → 16:00 = 6 h; change 2 16:00 → 08:00 (approval) = 16 h; median 11 h.
    expect(await read('review_wait', more())).toMatchObject({
      value: hours(11),
      n: 2,
      excluded: [
        { code: 'no_previous_deployment', count: 1 },
        { code: 'part_not_known', count: 4 },
      ],
    })
    // Review: change 1 the 4th 16:00 → the 5th 10:00 = 18 h; change 2 08:00 → 09:00 = 1 h; median 9.5 h.
    expect(await read('review_time', more())).toMatchObject({ value: hours(9.5), n: 2 })
    // Merged or committed → deployed: 2 h, c2 ½ h, change 2 1 h, c4 ½ h, c5 1 h, c6 24 h; median of ½ ½ 1 1 2 24 = 1 h.
    expect(await read('deploy_wait', more())).toMatchObject({ value: hours(1), n: 6 })
  })
}

describe('the shop in May, worked out by hand', () => {
  theFiguresOfMay(() => ({}))

  test('the parts of a change add up to its lead time, and its row says how it is known', async () => {
    const rows = await ground.measures.rows({ measure: 'delivery.change_lead_time', subject: SHOP, ...MAY })
    const change1 = rows.find(({ id }) => id === 'change:forge/1')!
    // 25 h coding + 6 h waiting for review + 18 h review + 2 h waiting for deployment = 51 h
    expect(change1).toMatchObject({
      value: hours(51),
      at: '2026-05-05T12:00:00.000Z',
      title: 'Add a basket',
      parts: { coding: hours(25), waiting_for_review: hours(6), review: hours(18), waiting_for_deployment: hours(2) },
      links: [{ to: 'deployment:ci/d2', of: SHOP, type: 'containedIn', method: 'ancestry' }],
    })
    expect(rows.find(({ excluded }) => excluded)).toMatchObject({ excluded: 'no_previous_deployment', value: null })
    expect(rows).toHaveLength(7)
  })
  test('the deployment two sources told of is one row that names both', async () => {
    const rows = await ground.measures.rows({ measure: 'delivery.deployment_frequency', subject: SHOP, ...MAY })
    expect(rows.find(({ id }) => id === 'deployment:ci/d2')).toMatchObject({
      value: 1,
      at: '2026-05-05T12:00:00.000Z',
      flags: ['merged_from:ci', 'merged_from:git'],
      parts: { other_regions: 1 },
    })
    expect(rows.some(({ id }) => id === 'deployment:git/v1.1.0')).toBe(false)
  })
  test('failures name what shows them, by which method and how sure', async () => {
    const rows = await ground.measures.rows({ measure: 'delivery.change_failure_rate', subject: SHOP, ...MAY })
    const links = (id: string) =>
      rows.find((row) => row.id === `deployment:ci/${id}`)!.links.map(({ to, type, method, confidence }) => [to, type, method, confidence])
    expect(links('d3')).toEqual([
      ['incident:pager/i1', 'caused', 'stated', 1],
      ['deployment:ci/d4', 'rolledBackBy', 'stated', 1],
    ])
    expect(links('d5')).toEqual([['deployment:ci/d6', 'fixedBy', 'hotfix', 0.9]])
    expect(links('d7')).toEqual([['incident:pager/i3', 'caused', 'soon_after', 0.5]])
  })
  test('staging has its own figures: change 1 was there an hour and a half before production', async () => {
    // b1 on the 3rd 09:00 → t2 on the 5th 10:30 = 49.5 h; t1 was the first deployment there.
    expect(await read('change_lead_time', { where: { environment: 'staging' } })).toMatchObject({
      value: hours(49.5),
      n: 1,
      dimensions: { environment: 'staging' },
    })
    expect(await read('deployment_frequency', { where: { environment: 'staging' } })).toMatchObject({ value: 2 / 28 })
  })
  test('weeks of May: each deployment in the week it finished, and a week without any is zero, not unknown', async () => {
    // Weeks from Monday: 1–3 May d1; 4–10 May d2 d3 d5 d6; 11–17 May d7; 18–24 May d9; 25–28 May none.
    const weeks = await ground.measures.readMany({ measure: 'delivery.deployment_frequency', subject: SHOP, ...MAY, bucket: 'week' })
    expect(weeks.map(({ n }) => n)).toEqual([1, 4, 1, 1, 0])
    expect(weeks[4]).toMatchObject({ value: 0, window: { from: '2026-05-25T00:00:00.000Z', to: '2026-05-29T00:00:00.000Z' } })
  })
  test('on the 9th at 07:00 the hotfix had not happened: d5 had not failed yet', async () => {
    const then = { from: at(1), to: at(9, '07:00'), at: at(9, '07:00') }
    expect(await read('change_failure_rate', then)).toMatchObject({ value: 1 / 4, n: 4 }) // d3 of d1 d2 d3 d5
    expect(await read('change_lead_time', then)).toMatchObject({ n: 3 })
  })
})

describe('after the late revision', () => {
  beforeAll(async () => {
    ground.setNow(at(31))
    await ground.ledger.append(LATE, { by: 'user:default/me' })
  })
  test('change 1 took a day longer: 75 h, which moves p90 but not the median', async () => {
    // Sorted 1, 1, 1, 24, 25, 75: p90 = 25 + 0.5 × 50 = 50 h.
    expect((await read('change_lead_time')).quantiles).toEqual({ p50: hours(12.5), p75: hours(24.75), p90: hours(50) })
  })
  test('d7 recovered after five hours, so the median is 5 h', async () => {
    // 1 h, 5 h (10:00 → 15:00), 22 h.
    expect(await read('failed_deployment_recovery_time')).toMatchObject({ value: hours(5), n: 3, quantiles: { p50: hours(5) } })
  })
  test('the tables kept up to date equal those derived anew', async () => {
    const rows = (table: string) => ground.store.query(sql`select * from ${sql.table(table)} order by 1, 2, 3`)
    const tables = ['delivery_commit', 'delivery_change', 'delivery_deployment']
    const kept = await Promise.all(tables.map(rows))
    await ground.ledger.rebuild('delivery')
    expect(await Promise.all(tables.map(rows))).toEqual(kept)
  })
  describe('as of the moment before it, every figure is the old one', () => {
    theFiguresOfMay(() => ({ asOf: before }))
  })
})
