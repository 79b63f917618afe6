import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { HOUR, type Instant, type ReadingAsk, type Row } from '../../ground/core/index.ts'
import { parseEvidence, type Evidence } from '../../ground/ledger/index.ts'
import { wasPlanned } from './assess/index.ts'
import { installDelivery } from './index.ts'
import { sha } from './scenario.test-data.ts'
import { freshWorkLinks } from './work-links/index.ts'

const SHOP = 'repository:default/shop'
const day = (number: number, time = '00:00') => `2026-07-${String(number).padStart(2, '0')}T${time}:00Z`
const at = (number: number, time?: string): Instant => Date.parse(day(number, time))
const hours = (count: number) => (count * HOUR) / 1000

function record(kind: Evidence['kind'], id: string, moment: string, more: Record<string, unknown>): Evidence {
  const read = parseEvidence({ kind, source: kind === 'work_item' ? 'tracker' : 'forge', id, subject: SHOP, at: moment, ...more })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

function commit(name: string, parent: string | null, moment: string): Evidence {
  return record('commit', sha(name), moment, {
    sha: sha(name),
    author: 'u1',
    authoredAt: moment,
    committedAt: moment,
    parents: parent === null ? [] : [sha(parent)],
    message: name,
  })
}

/** A squashed change: begun, opened, first reviewed, merged. */
function change(
  number: number,
  title: string,
  [begun, opened, reviewed, merged]: string[],
  merge: string,
  more: Record<string, unknown> = {},
) {
  return record('change', String(number), merged!, {
    number,
    title,
    openedAt: opened,
    firstReviewAt: reviewed,
    mergedAt: merged,
    mergeCommit: sha(merge),
    commits: [{ sha: sha(`b${number}`), authoredAt: begun }],
    ...more,
  })
}

function deployment(id: string, name: string, finishedAt: string): Evidence {
  return record('deployment', id, finishedAt, { commit: sha(name), finishedAt, outcome: 'success' })
}

const item = (id: string, moment: string, more: Record<string, unknown>) =>
  record('work_item', id, moment, { title: `Item ${id}`, ...more })

/**
 * SHOP-7 was written down on 1 July, begun on the 3rd, split over three changes, done, opened again, and deployed twice
 * (and its first deployment once more, which changes nothing):
 *
 *   from          to            hours  what it was in
 *   1st  09:00    3rd  09:00    48     waiting to be started
 *   3rd  09:00         15:00     6     in progress before the first change
 *   3rd  15:00    4th  09:00    18     coding change 1
 *   4th  09:00         12:00     3     change 1 waits for a review
 *   4th  12:00         18:00     6     coding change 2 (meanwhile change 1 is reviewed and merged: somebody works on it)
 *   4th  18:00    5th  10:00    16     change 2 waits for a review (change 1 for its deployment, which is further)
 *   5th  10:00         12:00     2     review of change 2
 *   5th  12:00    6th  12:00    24     both wait for deployment d1
 *   6th  12:00         13:00     1     nothing: all deployed, not yet done
 *   6th  13:00    8th  09:00    44     closed, until it was opened again
 *   8th  09:00    9th  09:00    24     nothing: open again, change 3 not begun
 *   9th  09:00         15:00     6     coding change 3
 *   9th  15:00         17:00     2     change 3 waits for a review
 *   9th  17:00   10th  09:00    16     review of change 3
 *  10th  09:00         15:00     6     waiting for deployment d2
 *   1st  09:00   10th  15:00   222     in all
 */
const SHOP_7 = { title: 'Pay later', type: 'story', createdAt: day(1, '09:00') }
const RECORDS: Evidence[] = [
  commit('c0', null, '2026-06-20T09:00:00Z'),
  deployment('d0', 'c0', '2026-06-20T10:00:00Z'),

  item('SHOP-7', day(1, '09:00'), { ...SHOP_7, state: 'open' }),
  item('SHOP-7', day(3, '09:00'), { ...SHOP_7, state: 'in progress', startedAt: day(3, '09:00') }),
  item('SHOP-7', day(6, '13:00'), { ...SHOP_7, state: 'done', startedAt: day(3, '09:00'), doneAt: day(6, '13:00') }),
  item('SHOP-7', day(8, '09:00'), { ...SHOP_7, state: 'open', startedAt: day(3, '09:00'), none: ['doneAt'] }),
  item('SHOP-7', day(10, '09:30'), { ...SHOP_7, state: 'done', startedAt: day(3, '09:00'), doneAt: day(10, '09:30') }),
  change(1, 'SHOP-7 offer it', [day(3, '15:00'), day(4, '09:00'), day(4, '15:00'), day(4, '17:00')], 's1'),
  change(2, 'Collect it', [day(4, '12:00'), day(4, '18:00'), day(5, '10:00'), day(5, '12:00')], 's2', { branch: 'feature/SHOP-7-collect' }),
  change(3, 'Mend the dates', [day(9, '09:00'), day(9, '15:00'), day(9, '17:00'), day(10, '09:00')], 's3', { refs: ['SHOP-7'] }),
  commit('s1', 'c0', day(4, '17:00')),
  commit('s2', 's1', day(5, '12:00')),
  commit('s3', 's4', day(10, '09:00')),
  deployment('d1', 's2', day(6, '12:00')),
  deployment('d1-again', 's2', day(7, '09:00')),
  deployment('d2', 's3', day(10, '15:00')),

  // Impossible: begun before it was written down. 2nd 09:00 → deployed with d2, 10th 15:00 = 198 h.
  item('SHOP-8', day(9, '12:00'), {
    type: 'bug',
    state: 'done',
    createdAt: day(2, '09:00'),
    startedAt: day(1, '09:00'),
    doneAt: day(9, '12:00'),
  }),
  change(4, 'fix: SHOP-8 rounding', [day(8, '09:00'), day(8, '10:00'), day(8, '11:00'), day(9, '12:00')], 's4'),
  commit('s4', 's2', day(9, '12:00')),
  // Merged, not deployed: 20th 09:00 until now, 31st 09:00 = 264 h at least; under way since its first commit, the 21st.
  item('SHOP-9', day(22, '12:00'), { state: 'done', createdAt: day(20, '09:00'), doneAt: day(22, '12:00') }),
  change(5, 'SHOP-9 gifts', [day(21, '09:00'), day(21, '10:00'), day(21, '11:00'), day(22, '12:00')], 's5'),
  commit('s5', 's3', day(22, '12:00')),
  // Begun, no change yet; an idea nobody began; one dropped; one done without a change.
  item('SHOP-10', day(25), { state: 'in progress', createdAt: day(24), startedAt: day(25), type: 'incident' }),
  item('SHOP-11', day(26), { state: 'open', createdAt: day(26) }),
  item('SHOP-12', day(27), { state: 'won’t do', createdAt: day(12), doneAt: day(27) }),
  item('SHOP-13', day(28), { state: 'done', createdAt: day(13), doneAt: day(28), labels: ['unplanned'] }),
  item('SHOP-14', day(28), { state: 'done', createdAt: day(14), doneAt: day(28), labels: ['large'] }),
]

const JULY = { from: at(1), to: at(31, '09:00'), at: at(31, '09:00') }
let ground: TestGround
/** When all of it was known, links included. */
let known: Instant

beforeAll(async () => {
  ground = await testGround({ now: JULY.at, install: [installDelivery] })
  await ground.ledger.append(RECORDS, { by: 'user:default/me' })
  await freshWorkLinks(ground)
  known = await ground.ledger.present()
  // Later somebody corrects what is told of SHOP-7, and it is opened once more.
  ground.setNow(known + HOUR)
})
afterAll(() => ground.store.close())

const read = (measure: string, more: Partial<ReadingAsk> = {}) =>
  ground.measures.read({ measure: `delivery.${measure}`, subject: SHOP, ...JULY, ...more })
const rowOf = async (measure: string, id: string, more: Partial<ReadingAsk> = {}): Promise<Row> =>
  (await ground.measures.rows({ measure: `delivery.${measure}`, subject: SHOP, ...JULY, ...more })).find(
    (row) => row.id === `work_item:tracker/${id}`,
  )!

describe('a work item opened again, split over three changes, deployed twice', () => {
  it('has every stage as worked out by hand, and the stages are its flow time', async () => {
    const row = await rowOf('flow_time', 'SHOP-7')
    expect(row.parts).toEqual({
      waiting_to_start: hours(48),
      before_first_change: hours(6),
      coding: hours(18 + 6 + 6),
      waiting_for_review: hours(3 + 16 + 2),
      review: hours(2 + 16),
      waiting_for_deployment: hours(24 + 6),
      between_changes: hours(1 + 24),
      closed: hours(44),
    })
    expect(row.value).toBe(hours(222))
    expect(Object.values(row.parts).reduce((sum, part) => sum! + part!, 0)).toBe(row.value)
    expect(row.flags).toEqual(['reopened', 'several_changes', 'several_deployments'])
    expect(row.links.map(({ to }) => to).sort()).toEqual([
      'change:forge/1',
      'change:forge/2',
      'change:forge/3',
      'deployment:forge/d1',
      'deployment:forge/d2',
    ])
  })

  it('was in customers’ hands on the 7th, and is not on the 9th, as seen from then', async () => {
    // Done on the 6th at 13:00, deployed at 12:00: 5 days and 3 hours after it was written down.
    expect(await rowOf('flow_time', 'SHOP-7', { at: at(7) })).toMatchObject({ value: hours(123), flags: ['several_changes'] })
    const open = await rowOf('flow_time', 'SHOP-7', { at: at(9, '16:00') })
    expect(open).toMatchObject({ value: hours(199) })
    expect(open.flags).toEqual(expect.arrayContaining(['reopened', 'still_open', 'in:waiting_for_review']))
  })

  it('reads the same from records alone, as of the moment it was known', async () => {
    const now = await rowOf('flow_time', 'SHOP-7')
    await ground.ledger.append([item('SHOP-7', day(11), { ...SHOP_7, title: 'Pay much later', state: 'open', none: ['doneAt'] })], {
      by: 'user:default/me',
    })
    expect(await rowOf('flow_time', 'SHOP-7', { asOf: known })).toEqual(now)
    expect((await rowOf('flow_time', 'SHOP-7')).flags).toContain('still_open')
    await ground.ledger.retract(
      { source: 'tracker', id: 'SHOP-7', kind: 'work_item', subject: SHOP },
      { by: 'user:default/me', at: at(30) },
    )
    expect(await rowOf('flow_time', 'SHOP-7')).toBeUndefined()
  })
})

it('whether an item was planned is told by its source first, then by repair, then by a kind of planned work or a place', () => {
  const plan = (more: object) => wasPlanned({ planned: null, type: null, labels: [], parent: null, ...more })
  expect([plan({ planned: true, type: 'bug' }), plan({ planned: false, type: 'story' })]).toEqual([true, false])
  expect([plan({ type: 'Bug', parent: 'SHOP-1' }), plan({ type: 'story', labels: ['kind/bug'] }), plan({ labels: ['Expedite'] })]).toEqual([
    false,
    false,
    false,
  ])
  expect([plan({ type: 'User story' }), plan({ labels: ['roadmap'] }), plan({ parent: 'SHOP-1' })]).toEqual([true, true, true])
  expect([plan({}), plan({ labels: ['large', 'debugging'] }), plan({ type: 'request' })]).toEqual([null, null, null])
})

describe('readings as of that moment', () => {
  const then = (measure: string, more: Partial<ReadingAsk> = {}) => read(measure, { asOf: known, ...more })

  it('flow time counts what is open as at least that long', async () => {
    // 198 (SHOP-8) and 222 (SHOP-7) are over; 264 (SHOP-9), 177 (SHOP-10), 129 (SHOP-11) are not.
    // At 198 three are at risk: 2/3 remain; at 222 two: 1/3 remain. So half are there within 222 h.
    expect(await then('flow_time')).toMatchObject({
      value: hours(222),
      n: 5,
      excluded: [
        { code: 'dropped', count: 1 },
        { code: 'no_change_known', count: 2 },
      ],
    })
  })

  it('impossible order flags the row and leaves the part open; the total stands', async () => {
    const row = await rowOf('flow_time', 'SHOP-8', { asOf: known })
    expect(row).toMatchObject({ value: hours(198), parts: { waiting_to_start: null }, flags: ['started_before_created'] })
    expect(await then('start_wait')).toMatchObject({ value: hours(48), n: 1, excluded: [{ code: 'part_not_known', count: 1 }] })
  })

  it('work in progress is what was begun and is not with customers, by age', async () => {
    // SHOP-9 since the 21st 09:00: 240 h; SHOP-10 since the 25th: 153 h. Not the idea, not what is done without a change.
    expect(await then('work_in_progress')).toMatchObject({ value: hours((240 + 153) / 2), n: 2 })
    expect(await rowOf('work_in_progress', 'SHOP-9', { asOf: known })).toMatchObject({
      flags: expect.arrayContaining(['start_not_known', 'in:waiting_for_deployment']),
    })
  })

  it('work in progress at the end of an earlier window is what was under way then', async () => {
    // On the 9th at 16:00 SHOP-7 is open again (since the 3rd 09:00, 151 h) and SHOP-8 waits (since the 1st 09:00, 199 h).
    expect(await then('work_in_progress', { to: at(9, '16:00') })).toMatchObject({ value: hours((151 + 199) / 2), n: 2 })
    // On the 7th SHOP-7 is with customers.
    expect(await then('work_in_progress', { to: at(7) })).toMatchObject({ value: hours(135), n: 1 })
  })

  it('unplanned work: a bug and what is labelled so, of what was done; where nothing tells it is left out', async () => {
    // Done in July: SHOP-7 (story), SHOP-8 (bug), SHOP-13 (labelled unplanned); SHOP-9 and SHOP-14 say nothing.
    expect(await then('unplanned_share')).toMatchObject({ value: 2 / 3, n: 3, excluded: [{ code: 'plan_not_known', count: 2 }] })
  })

  it('where there are no items it says so, and what to do', async () => {
    expect(await then('flow_time', { subject: 'repository:default/other' })).toMatchObject({
      value: null,
      unknown: { code: 'no_work_items' },
    })
  })
})
