import type * as z from 'zod'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { catalogOperations, type EntityDraft } from '../../ground/catalog/index.ts'
import { DAY, formatDay, formatInstant } from '../../ground/core/index.ts'
import { Evidence } from '../../ground/ledger/index.ts'
import { installVision } from '../vision/index.ts'
import { communicationOperations, installCommunication } from './index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const by = 'user:default/test'
const CART = 'component:default/cart'
let ground: TestGround

const operations = [...communicationOperations, ...catalogOperations]
type Answer<Id extends string> = z.output<Extract<(typeof operations)[number], { id: Id }>['output']>

async function call<Id extends (typeof operations)[number]['id']>(id: Id, ask: Record<string, unknown> = {}): Promise<Answer<Id>> {
  const operation: { input: z.ZodType; output: z.ZodType; run: (ask: never, context: never) => Promise<unknown> } = operations.find(
    (one) => one.id === id,
  )!
  const answer = await operation.run(
    (await operation.input.parseAsync(ask)) as never,
    { ...ground, caller: { person: by, scopes: ['admin'] } } as never,
  )
  return (await operation.output.parseAsync(answer)) as Answer<Id>
}

function decision(name: string, spec: Record<string, unknown>): EntityDraft {
  return {
    apiVersion: 'throughline.dev/v1',
    kind: 'Decision',
    metadata: { name, title: name.replaceAll('-', ' ') },
    spec: { status: 'accepted', date: '2026-01-01', ...spec },
  }
}

let sent = 0
const send = (measure: string, value: number, at: number) =>
  ground.ledger.append(
    [Evidence.parse({ kind: 'measurement', source: 'test', id: `m${sent++}`, subject: CART, at: formatInstant(at), measure, value })],
    { by },
  )

/** Forecasts of one probability; values of January are 10, so that 14 of 25 come true. */
const FORECASTS = Array.from({ length: 25 }, (_, index) => ({
  measure: 'queue.length',
  subject: CART,
  ...(index < 14 ? { atMost: 12 } : { atMost: 8 }),
  by: '2026-02-01',
  probability: 0.8,
}))

beforeAll(async () => {
  ground = await testGround({ install: [installVision, installCommunication], now: NOW - 40 * DAY })
  await ground.catalog.applyFolder(
    '/decisions',
    [
      decision('orders-stay-few', {
        assumptions: [{ measure: 'shop.orders', subject: CART, atMost: 100, because: 'one van carries them' }],
      }),
      decision('pages-stay-fast', {
        expects: [{ measure: 'shop.seconds', subject: CART, atMost: 3, by: '2026-12-31', probability: 0.8 }],
        premortem: 'It failed because pictures grew.',
        tripwires: [
          { measure: 'shop.seconds', subject: CART, atMost: 5, because: 'people leave' },
          { measure: 'shop.vanished', subject: CART, atMost: 5 },
        ],
      }),
      decision('learned', { expects: FORECASTS.slice(0, 20) }),
      decision('learned-too', {
        expects: [
          ...FORECASTS.slice(20),
          { measure: 'queue.length', subject: CART, atLeast: 1, by: '2026-01-20', probability: 0.1 },
          { measure: 'never.sent', subject: CART, atMost: 1, by: '2026-02-01', probability: 0.6 },
        ],
      }),
      decision('never-taken', { status: 'rejected', expects: FORECASTS.slice(0, 1) }),
      decision('cut-short', {
        status: 'superseded',
        supersededBy: ['decision:default/learned'],
        expects: [{ ...FORECASTS[0], by: '2026-03-01' }],
      }),
    ],
    { by },
  )
  for (let day = 40; day > 1; day--) {
    await send('shop.orders', 80, NOW - day * DAY)
    await send('shop.seconds', 2, NOW - day * DAY)
  }
  for (const day of ['2026-01-10', '2026-01-25']) await send('queue.length', 10, Date.parse(day))
  ground.setNow(NOW)
}, 60_000)
afterAll(() => ground.store.close())

/** What Monday, the brief, the record and the trace say of a decision. */
async function said(name: string, ask: Record<string, unknown> = {}) {
  const ref = `decision:default/${name}`
  const record = await call('decision.read', { ref, ...ask })
  return {
    monday: (await call('monday', ask)).decide.filter((one) => one.refs.includes(ref)).map((one) => one.kind),
    brief: (await call('brief', { audience: 'engineering', ...ask })).claims.map((one) => one.text).join('\n'),
    record: [...record.assumptions, ...record.tripwires].map(({ judgement }) => judgement.state),
    trace: (await call('trace', { ref, ...ask })).nodes.find((node) => node.id === ref)?.asks ?? [],
  }
}

describe('a decision whose reason breaks', () => {
  it('asks to be looked at again on Monday, in the brief, on its record and in the trace; before, nothing does', async () => {
    const before = { asOf: (await call('monday')).asOf }
    for (let hour = 1; hour < 60; hour++) await send('shop.orders', 140, NOW - DAY - hour)
    ground.setNow(NOW + DAY)
    const now = await said('orders-stay-few')
    expect(now.monday).toEqual(['assumption_broken'])
    expect(now.brief).toContain('The reason for "orders stay few" no longer holds: shop.orders at most 100; now 140')
    expect(now.record).toEqual(['missed'])
    expect(now.trace).toEqual([expect.stringContaining('its reason no longer holds: shop.orders at most 100; now 140')])
    const then = await said('orders-stay-few', before)
    expect(then).toMatchObject({ monday: [], record: ['met'], trace: [] })
    expect(then.brief).not.toContain('orders stay few')
  })

  it('asks so as soon as one value fires a tripwire, and says what it cannot watch', async () => {
    expect(await said('pages-stay-fast')).toMatchObject({ monday: [], record: ['met', 'unknown'], trace: [] })
    await send('shop.seconds', 9, NOW + DAY / 2)
    const now = await said('pages-stay-fast')
    expect(now.monday).toEqual(['tripwire_fired'])
    expect(now.record).toEqual(['missed', 'unknown'])
    expect(now.trace[0]).toContain('a tripwire fired: shop.seconds at most 5; now 9 (n = 1)')
    expect(now.brief).toContain('A tripwire of "pages stay fast" fired')
    const unknown = (await call('monday')).unknown.find(({ what }) => what.includes('a tripwire of "pages stay fast"'))
    expect(unknown?.why).toContain('shop.vanished')
  })
})

describe('something that waits for a decision', () => {
  it('waits for nobody while its default stands, and not before; nothing else is quiet with it', async () => {
    const before = await call('monday')
    const { key } = before.decide.find(({ kind }) => kind === 'tripwire_fired')!
    ground.setNow(NOW + 2 * DAY)
    await call('deciding.answer', { key })
    ground.setNow(NOW + 3 * DAY)
    const now = await call('monday')
    expect(now.decide.filter(({ kept }) => kept)).toMatchObject([{ key, kept: { by, until: formatInstant(NOW + 30 * DAY) } }])
    expect((await call('monday', { asOf: before.asOf })).decide.some(({ kept }) => kept)).toBe(false)
    await call('deciding.reopen', { key })
    expect((await call('monday')).decide.some(({ kept }) => kept)).toBe(false)
  })

  it('keeps what its owner was asked, here and on the decision, until that is settled', async () => {
    const { key } = (await call('monday')).decide.find(({ kind }) => kind === 'tripwire_fired')!
    const { id } = await call('deciding.answer', { key, question: 'Who has seen it?' })
    const asked = async () => (await call('decision.read', { ref: 'decision:default/pages-stay-fast' })).asked
    expect(await asked()).toMatchObject([{ id, by, text: 'Who has seen it?' }])
    await call('deciding.settle', { id })
    expect(await asked()).toEqual([])
    await call('deciding.settle', { id, settled: false })
    expect(await asked()).toHaveLength(1)
  })

  it('refuses an answer to what does not wait, and to take back what nobody said', async () => {
    await expect(call('deciding.answer', { key: 'revisit default decision:default/none 1' })).rejects.toThrow('does not wait')
    await expect(call('deciding.reopen', { key: 'nothing' })).rejects.toThrow('Nothing was said')
  })
})

describe('forecasts', () => {
  it('are scored at their day, what is unknown, was never taken or was replaced before apart', async () => {
    const found = await call('forecasts')
    expect(found.counts).toEqual({ scored: 26, open: 1, unknown: 1, notScored: 2 })
    // 14 came true at 0.8, 11 did not, and one said 0.1 that came true.
    expect(found.calibration!.brier).toBeCloseTo((14 * 0.04 + 11 * 0.64 + 0.81) / 26, 12)
    expect(found.calibration!.bins.map(({ around, n, share }) => [around, n, share])).toEqual([
      [0.1, 1, 1],
      [0.8, 25, 14 / 25],
    ])
    expect(found.answer).toMatch(/^On average we were 80 % sure and right 54 % of the time \(n = 26\): surer than right, by 27 %/)
    expect(found.forecasts.filter((one) => one.notScored).map((one) => one.notScored)).toEqual(['superseded_first', 'not_taken'])
  })

  it('are told in the brief and beside open forecasts once enough have come due', async () => {
    expect((await said('learned')).brief).toContain('What we call 80 % sure came true 56 % of the time (n = 25; 95 %: 37 % to 73 %).')
    const record = await call('decision.read', { ref: 'decision:default/pages-stay-fast' })
    expect(record).toMatchObject({
      premortem: 'It failed because pictures grew.',
      calibration: [{ around: 0.8, n: 25 }],
      expects: [{ state: 'open' }],
    })
  })

  it('count as they stood on their day, so that nobody is right afterwards', async () => {
    const expects = [{ measure: 'queue.length', subject: CART, atMost: 3, by: '2026-06-03', probability: 0.9 }]
    await ground.catalog.write(decision('hindsight', { expects }), { by })
    await send('queue.length', 7, NOW + DAY)
    ground.setNow(NOW + 5 * DAY)
    await ground.catalog.write(
      decision('hindsight', {
        expects: [
          { ...expects[0], atMost: 9 },
          { measure: 'shop.seconds', subject: CART, atLeast: 1, by: '2026-06-03', probability: 0.9 },
        ],
      }),
      { by },
    )
    const rows = (await call('forecasts')).forecasts.filter((one) => one.ref.endsWith('/hindsight'))
    expect(rows.find((one) => one.measure === 'queue.length')).toMatchObject({
      state: 'did_not',
      changed: true,
      by: formatDay(Date.parse('2026-06-03')),
    })
    expect(rows.find((one) => one.measure === 'shop.seconds')).toMatchObject({ notScored: 'written_afterwards' })
  })
})
