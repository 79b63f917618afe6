import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testGround, type TestGround } from '../../../test/support/ground.ts'
import { DAY } from '../../ground/core/index.ts'
import { installVision } from '../vision/index.ts'
import { reviewOperations } from './index.ts'

const START = Date.parse('2026-03-02T09:00:00Z')
const CHAIR = 'user:default/chair'
const [FAST, CALM, CHEAP] = ['outcome:default/fast', 'outcome:default/calm', 'outcome:default/cheap']
let ground: TestGround
let now = START

beforeAll(async () => {
  ground = await testGround({ now: START, install: [installVision] })
  for (const [name, title] of Object.entries({ fast: 'Faster booking', calm: 'Quiet nights', cheap: 'Cheaper parcels' }))
    await ground.catalog.write(
      { apiVersion: 'throughline.dev/v1', kind: 'Outcome', metadata: { name, title }, spec: { statement: `${title}.` } },
      { by: CHAIR },
    )
  await ground.catalog.write(
    {
      apiVersion: 'throughline.dev/v1',
      kind: 'Vision',
      metadata: { name: 'vision', title: 'Parcels people can plan around' },
      spec: { statement: 'Parcels come when they were promised.', outcomes: [FAST, CALM, CHEAP], review: { every: '30d' } },
    },
    { by: CHAIR },
  )
})
afterAll(() => ground.store.close())

type Operations = (typeof reviewOperations)[number]

/** Asks as a door does: what the schema takes, held against what is promised. */
async function ask<Id extends Operations['id']>(id: Id, input: Record<string, unknown>) {
  const operation = reviewOperations.find((one): one is Extract<Operations, { id: Id }> => one.id === id)!
  const run: (ask: unknown, context: unknown) => Promise<unknown> = operation.run as never // the door's own view
  const answer = await run(operation.input.parse(input), { ...ground, caller: { person: CHAIR, scopes: ['admin'] } })
  return operation.output.parse(JSON.parse(JSON.stringify(answer))) as never as Awaited<ReturnType<Extract<Operations, { id: Id }>['run']>>
}
const later = (milliseconds: number) => ground.setNow((now += milliseconds))
const linkFor = async (ref: string, side: string, days = 14) =>
  (await ask('review.link', { ref, side, days })).path.replace('/shared/review#', '')
const code = (problem: string, more: object = {}) =>
  expect.objectContaining({ ...more, problem: expect.objectContaining({ code: problem }) })

describe('a review of the vision', () => {
  let ref = ''
  let revealedAt = ''

  test('is due so long after the vision was written, and overdue after that', async () => {
    expect((await ask('review.list', {})).due).toMatchObject({ last: null, due: '2026-04-01T09:00:00.000Z', overdue: false })
    later(40 * DAY)
    expect((await ask('review.list', {})).due).toMatchObject({ overdue: true, open: null })
  })

  test('starts once at a time, and shows no ranking before all have ranked, nor as of a moment before', async () => {
    ref = (await ask('review.start', {})).ref
    await expect(ask('review.start', {})).rejects.toEqual(code('review.under_way', { status: 409 }))
    later(1_000)
    const one = await ask('review.rank', { ref, side: 'product', ranking: [FAST, CALM, CHEAP] })
    expect(one).toMatchObject({ step: 'ranking', waitsFor: ['business', 'engineering'], agreement: null })
    expect(JSON.stringify([one, await ground.catalog.get(ref), await ground.catalog.export({ kind: 'Review' })])).not.toContain(
      '"ranking":["',
    )
    await expect(ask('review.agree', { ref, order: [FAST, CALM, CHEAP] })).rejects.toEqual(code('review.not_revealed'))
    await expect(ask('review.rank', { ref, side: 'produkt', ranking: [FAST, CALM, CHEAP] })).rejects.toEqual(code('review.no_such_side'))
    await expect(ask('review.rank', { ref, side: 'business', ranking: [FAST, FAST, CHEAP] })).rejects.toEqual(
      code('review.incomplete_order'),
    )

    const business = await linkFor(ref, 'business')
    expect(await ask('shared.review', { secret: business })).toMatchObject({ side: 'business', own: null })
    later(1_000)
    const own = await ask('shared.rank', { secret: business, ranking: [CHEAP, CALM, FAST] })
    expect(own).toMatchObject({ own: [CHEAP, CALM, FAST], review: { step: 'ranking', waitsFor: ['engineering'] } })
    expect(own.review.sides.map((side) => side.ranking)).toEqual([null, null, null])
    later(1_000)
    const all = await ask('review.rank', { ref, side: 'engineering', ranking: [CALM, FAST, CHEAP] })
    revealedAt = all.revealed!
    expect(all).toMatchObject({ step: 'agreeing', agreement: { sides: 3, outcomes: 3 } })
    expect(all.agreement!.w).toBeCloseTo(1 / 9, 9) // rank sums 6, 5, 7
    expect(all.disagreement).toContain('Furthest apart: Faster booking, 1st for product and 3rd for business.')
    await expect(ask('review.rank', { ref, side: 'business', ranking: [CHEAP, CALM, FAST] })).rejects.toEqual(code('review.revealed'))
    const before = await ask('review.read', { ref, asOf: new Date(Date.parse(revealedAt) - 500).toISOString() })
    expect(before).toMatchObject({ step: 'ranking', revealed: null, agreement: null })
  })

  test('what rises names the work that stops', async () => {
    await expect(ask('review.agree', { ref, order: [CALM, FAST, CHEAP] })).rejects.toEqual(
      code('review.stops_missing', { message: expect.stringContaining('"Quiet nights" rises from 2nd to 1st') }),
    )
    const agreed = await ask('review.agree', {
      ref,
      order: [CALM, FAST, CHEAP],
      priorities: [{ outcome: CALM, stops: ['The second booking page'] }],
    })
    expect(agreed).toMatchObject({ step: 'signing', rising: [{ outcome: CALM, from: 2, to: 1 }] })
  })

  test('of two who sign for one side at once, the first wins and the second is told; two sides do not stand in each other’s way', async () => {
    const twice = await linkFor(ref, 'business')
    const signing = await Promise.allSettled([
      ask('shared.sign', { secret: twice }),
      ask('review.sign', { ref, side: 'business' }),
      ask('review.sign', { ref, side: 'engineering' }),
    ])
    expect(signing.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    expect(signing.find((one) => one.status === 'rejected')!.reason).toEqual(code('review.signed_already', { status: 409 }))
    await expect(ask('review.close', { ref })).rejects.toEqual(code('review.unsigned', { message: 'product has not signed.' }))
  })

  test('a link that ended or was taken back opens nothing and says so; one that nobody made leads nowhere', async () => {
    const short = await linkFor(ref, 'product', 1)
    later(1_000)
    const kept = await linkFor(ref, 'product', 30)
    const taken = (await ground.identity.links.of(ref)).at(-1)!
    later(2 * DAY)
    await expect(ask('shared.sign', { secret: short })).rejects.toEqual(code('link.expired', { status: 410 }))
    await ground.identity.links.revoke(taken.id)
    await expect(ask('shared.sign', { secret: kept })).rejects.toEqual(code('link.revoked', { status: 410 }))
    await expect(ask('shared.review', { secret: 'x'.repeat(43) })).rejects.toEqual(code('link.unknown', { status: 404 }))
    expect((await ask('review.read', { ref })).waitsFor).toEqual(['product'])
    expect(JSON.stringify(await ground.identity.links.of(ref))).not.toContain(kept)
  })

  test('signed by all it closes, its minutes are an accepted decision, and the next review is due from then', async () => {
    await ask('review.sign', { ref, side: 'product' })
    const closed = await ask('review.close', { ref })
    // In the order they signed in; the first two did at once.
    expect(closed).toMatchObject({
      step: 'closed',
      words: expect.stringMatching(/^Closed, and signed by (business, engineering|engineering, business) and product\.$/),
    })
    const minutes = await ground.catalog.get(closed.minutes!)
    expect(minutes?.spec).toMatchObject({ status: 'accepted', confirmation: 'Signed by product, business and engineering.' })
    expect(minutes?.spec.outcome).toContain('1. Quiet nights (was 2nd); stops: The second booking page')
    await expect(ask('review.agree', { ref, order: [CALM, FAST, CHEAP] })).rejects.toEqual(code('review.closed'))
    expect((await ask('review.list', {})).due).toMatchObject({ last: closed.closed, overdue: false })
    const trail = await ground.identity.auditTrail({ target: ref, limit: 20 })
    expect(trail.map(({ verb, person }) => `${verb} ${person}`)).toContain('review.rank user:default/guest')
  })

  test('the next one keeps the order agreed; closed without a signature its decision is a proposal; chances are told', async () => {
    later(20 * DAY)
    const next = (await ask('review.start', {})).ref
    for (const side of ['product', 'business', 'engineering']) {
      later(1_000)
      await ask('review.rank', { ref: next, side, ranking: [CALM, FAST, CHEAP] })
    }
    const agreed = await ask('review.agree', { ref: next, order: [CALM, FAST, CHEAP] })
    expect(agreed).toMatchObject({ before: [CALM, FAST, CHEAP], rising: [], agreement: { w: 1 } })
    await ask('review.sign', { ref: next, side: 'product' })
    const again = await ask('review.agree', { ref: next, order: [CALM, FAST, CHEAP], notes: 'A word more.' })
    expect(again.waitsFor).toHaveLength(3)
    const closed = await ask('review.close', { ref: next, unsigned: true })
    expect((await ground.catalog.get(closed.minutes!))?.spec.status).toBe('proposed')
    expect((await ask('review.list', {})).reviews.map((review) => review.agreement?.w)).toEqual([1, expect.closeTo(1 / 9, 9)])
  })

  test('what is exported can be read again and is the same', async () => {
    const [entity] = await ground.catalog.export({ kind: 'Review' })
    expect(ground.catalog.checkDraft(entity as never)).toEqual([])
    expect(
      ground.catalog.checkDraft({
        ...entity,
        spec: { ...entity!.spec, signatures: [{ side: 'sales', at: '2026-01-01', how: 'link' }] },
      } as never),
    ).toMatchObject([{ severity: 'error', path: 'spec.signatures.0.side' }])
  })
})
