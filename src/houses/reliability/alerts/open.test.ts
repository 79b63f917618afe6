import { afterAll, beforeAll, expect, test } from 'vitest'
import { BY, document, go, openBurning, present, slo } from '../../../../test/support/burning.ts'
import type { TestGround } from '../../../../test/support/ground.ts'
import { formatInstant, HOUR, type Instant, MINUTE } from '../../../ground/core/index.ts'
import { type Evidence, parseEvidence } from '../../../ground/ledger/index.ts'
import { sql } from '../../../ground/store/index.ts'
import { evaluate } from '../assess/burn/index.ts'
import { boundsOf } from '../store/bounds.ts'
import { sumsOf } from '../store/sums.ts'
import { openOf, windowsOf } from './open.ts'
import { burnsOver } from './over.ts'
import { type Watch, watchesOf } from './watches.ts'

const SERVICES = 40

let ground: TestGround
beforeAll(async () => {
  ground = await openBurning()
})
afterAll(() => ground.store.close())

/** A generator of its own, so that the test is the same every time. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function sample(service: number, start: Instant, good: number, total: number): Evidence {
  const windowStart = formatInstant(start)
  const read = parseEvidence({
    kind: 'sli',
    source: 'probe',
    id: windowStart,
    subject: `component:default/service-${service}`,
    at: windowStart,
    indicator: 'answers',
    windowStart,
    seconds: 60,
    good,
    total,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

/** Which watches burn, by all windows of all of them. */
async function burning(watches: readonly Watch[], to: Instant): Promise<string[]> {
  const over = await burnsOver(
    watches,
    windowsOf(watches, (all) => all),
    to,
    ground.store,
  )
  return watches
    .filter((watch) => watch.rules.some((rule) => evaluate(rule, (window) => over(watch, window)).state === 'burning'))
    .map(({ slo: { ref } }) => ref)
}

test('what is told to be calm does not burn, at any minute of the hour, whatever came', async () => {
  const draw = random(5)
  const int = (most: number) => Math.floor(draw() * most)
  for (let service = 0; service < SERVICES; service++)
    await slo(`slo-${service}`, `service-${service}`, { objectives: [{ target: [0.9, 0.99, 0.999][service % 3] }] })
  // Less than a threshold is never told from what a window burns at most.
  const condition = { severity: 'info', condition: { kind: 'burnrate', op: 'lt', threshold: 0.5, lookbackWindow: '1h', alertAfter: '0m' } }
  await document('AlertNotificationTarget', 'team', { target: 'webhook' })
  await document('AlertCondition', 'idle', condition)
  await document('AlertPolicy', 'idle', {
    alertWhenBreaching: true,
    conditions: [{ conditionRef: 'idle' }],
    notificationTargets: [{ targetRef: 'team' }],
  })
  await slo('slo-idle', 'service-0', { alertPolicies: [{ alertPolicyRef: 'idle' }] })
  const watches = await watchesOf(ground)
  const asks = Array.from({ length: SERVICES }, (_, service) => ({ subject: `component:default/service-${service}`, indicator: 'answers' }))
  let [calm, burn, bounded] = [0, 0, 0]
  let told = present()
  for (let round = 0; round < 12; round++) {
    go(round === 0 ? 8 * HOUR : (1 + int(50)) * MINUTE)
    const records: Evidence[] = []
    for (let service = 0; service < SERVICES; service++) {
      // Some hours are silent; some services lose a little now and then, others much for a while; counters of some are read at
      // different moments. Some have told of the minute that is not over.
      const [loss, jitter, ahead] = [draw() ** 4 * 0.3, service % 5 === 0, service % 7 === 0 ? MINUTE : 0]
      for (let at = told; at < present() + ahead; at += MINUTE) {
        if (draw() < 0.3) continue
        const total = int(200)
        const bad = draw() < 0.5 ? Math.min(total, Math.round(total * loss * 2 * draw())) : 0
        records.push(sample(service, at, Math.max(0, total - bad + (jitter ? int(40) - 20 : 0)), total))
      }
    }
    told = present()
    await ground.ledger.append(records, { by: BY })
    const open = new Set((await openOf(watches, () => false, present(), ground.store)).map(({ slo: { ref } }) => ref))
    const burns = await burning(watches, present())
    expect(burns.filter((ref) => !open.has(ref))).toEqual([])
    const lengths = [5 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR]
    const bounds = await boundsOf(ground.store, asks, lengths, present())
    const spans = lengths.map((length) => ({ from: present() - length, to: present() }))
    for (const [place, sums] of (await sumsOf(ground.store, asks, spans, null)).entries())
      for (const [span, { good, total }] of sums.entries()) {
        const bound = bounds[place]?.[span]
        if (!bound) continue
        expect(bound.bad).toBeGreaterThanOrEqual(total - good)
        expect(bound.total).toBeLessThanOrEqual(total)
        bounded += 1
      }
    calm += watches.length - open.size
    burn += burns.length
  }
  // Most that are calm are told to be, and there was something to tell.
  expect(burn).toBeGreaterThan(50)
  expect(calm).toBeGreaterThan(150)
  expect(bounded).toBeGreaterThan(1_000)
})

test('nothing is told of hours in which a minute has more good events than all, nor of those written before that was noted', async () => {
  const to = present()
  const hour = to - (to % HOUR)
  await ground.ledger.append(
    [sample(101, hour - HOUR, 8, 10), sample(102, hour - HOUR, 5, 10), sample(102, hour - HOUR + MINUTE, 15, 10)],
    { by: BY },
  )
  const asks = [100, 101, 102].map((service) => ({ subject: `component:default/service-${service}`, indicator: 'answers' }))
  const bounds = () => boundsOf(ground.store, asks, [2 * HOUR], to)
  expect(await bounds()).toEqual([[{ bad: 0, total: 0 }], [{ bad: 2, total: 10 }], null])
  await ground.store.query(sql`update sli_hour set more_good = null where subject = ${asks[1]!.subject}`)
  expect((await bounds())[1]).toBeNull()
})
