import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import { DAY, formatInstant } from '../../../ground/core/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { installDelivery } from '../../delivery/index.ts'
import { installVision, momentOf, visionPage } from '../../vision/index.ts'
import { briefOf } from '../store/brief.ts'
import { feedOfChanges } from './feed.ts'
import { alertsOf, noteSeen } from './store.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const BY = 'user:default/test'
let ground: TestGround

/** Daily values up to yesterday: a level, a small wobble that repeats in no week, and another level since some days. */
const days = (measure: string, count: number, { level, since, after }: { level: number; since: number; after: number }) =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'measurement',
    source: 'desk',
    id: `${measure}-${count - index}`,
    subject: 'component:default/desk',
    at: formatInstant(NOW - (count - index) * DAY),
    measure,
    value: (count - index <= since ? after : level) + ((index * 7919) % 11) - 5,
  }))

const headline = (name: string, spec: Record<string, unknown>) => ({
  apiVersion: 'throughline.dev/v1',
  kind: 'Measure',
  metadata: { name, title: `Questions <${name}>` },
  spec: { question: 'How often?', unit: 'count', source: { kind: 'series' }, ...spec },
})

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installDelivery, installVision] })
  const write = (draft: object) => ground.catalog.write(draft as never, { by: BY })
  await write(headline('desk.worse', { better: 'lower', headline: [{ audience: 'executive' }] }))
  await write(headline('desk.better', { better: 'higher', headline: [{ audience: 'product' }] }))
  await write(headline('desk.old', { better: 'lower', headline: [{ audience: 'executive' }] }))
  await write(headline('desk.noise', { better: 'lower', headline: [{ audience: 'executive' }] }))
  await write(headline('desk.few', { better: 'lower', headline: [{ audience: 'executive' }] }))
  await write(headline('desk.nobody', { better: 'lower' }))
  await write({
    apiVersion: 'throughline.dev/v1',
    kind: 'Outcome',
    metadata: { name: 'calm-desk' },
    spec: {
      statement: 'Fewer have to ask.',
      measure: 'desk.better',
      subject: 'component:default/desk',
      target: { value: 200, by: '2026-12-31' },
    },
  })
  const read = [
    ...days('desk.worse', 120, { level: 100, since: 9, after: 140 }),
    ...days('desk.better', 120, { level: 100, since: 10, after: 130 }),
    ...days('desk.old', 120, { level: 100, since: 40, after: 140 }),
    ...days('desk.noise', 120, { level: 100, since: 0, after: 100 }),
    ...days('desk.few', 30, { level: 100, since: 9, after: 140 }),
    ...days('desk.nobody', 120, { level: 100, since: 9, after: 140 }),
  ].map((record) => parseEvidence(record))
  await ground.ledger.append(
    read.flatMap((one) => (one.ok ? [one.value] : [])),
    { by: BY },
  )
})
afterAll(() => ground.store.close())

const alerts = async (ask: { at?: number; asOf?: number } = {}) => {
  const when = await momentOf({ scope: 'default', ...ask }, ground)
  return alertsOf(when, (await visionPage(when, ground)).outcomes.views, ground)
}
const told = async (audience: 'executive' | 'product' | 'engineering') =>
  (await briefOf(ground, { audience, scope: 'default' })).sections.find(({ title }) => title === 'Changed lately')?.claims

test('what changed within a fortnight is told, worst first; what is old, noise, too short or nobody’s concern is not', async () => {
  const found = await alerts()
  expect(found.map(({ measure, subject, audiences, change }) => [measure, subject, audiences.length, change.effect])).toEqual([
    ['desk.worse', 'namespace:default', 1, 'worse'],
    ['desk.better', 'component:default/desk', 3, 'better'],
    ['desk.better', 'namespace:default', 1, 'better'],
  ])
  expect(found[0]!.change.before).toBeCloseTo(100, -1)
  expect(found[0]!.reading).toMatchObject({ n: 9 })
  expect(await alerts({ at: NOW - 12 * DAY })).toEqual([])
})

test('the brief of whom it concerns says so in one sentence with its grounds; the others hear of outcomes alone', async () => {
  const [executive] = (await told('executive'))!
  expect(executive!.text).toMatch(
    /^Questions <desk.worse> changed level on 23 May 2026, for the worse: from \d+ to \d+ \(.* sure it is no noise; n = 9\)/,
  )
  expect(executive!.text).toMatch(/1 more measure changed level, too\.$/)
  expect(executive!.because[0]).toMatchObject({ kind: 'reading', reading: { measure: 'desk.worse' } })
  const [engineering] = (await told('engineering'))!
  expect(engineering!.text).toContain('Questions <desk.better> of desk changed level')
})

test('put aside it stays put aside although its day moves a little, until it is taken back; before that moment nobody had', async () => {
  const [worst] = await alerts()
  const before = await ground.catalog.present()
  ground.setNow(NOW + 60_000)
  const change = { scope: 'default', measure: 'desk.worse', subject: 'namespace:default', up: true }
  await noteSeen({ ...change, at: formatInstant(Date.parse(worst!.change.at) + 2 * DAY), seen: true }, BY, ground)
  expect((await alerts())[0]).toMatchObject({ measure: 'desk.worse', seen: { by: BY } })
  expect((await alerts())[1]!.seen).toBeNull()
  expect((await alerts({ asOf: before }))[0]!.seen).toBeNull()
  ground.setNow(NOW + 120_000)
  await noteSeen({ ...change, at: worst!.change.at, seen: false }, BY, ground)
  expect((await alerts())[0]!.seen).toBeNull()
})

test('the feed has one entry a change, named alike each time, and no text breaks out of it', async () => {
  const feed = feedOfChanges(await alerts(), { base: 'https://tl.example.org', scope: 'default', asOf: formatInstant(NOW) })
  expect(feed.match(/<entry>/g)).toHaveLength(3)
  expect(feed).toContain('<title>Questions &lt;desk.worse&gt; changed level, for the worse</title>')
  expect(feed).toContain('<id>urn:throughline:change:desk.worse:namespace%3Adefault:2026-05-23</id>')
  expect(feed).toContain('href="https://tl.example.org/measures/desk.better?subject=component%3Adefault%2Fdesk"')
  expect(feed).not.toContain('<desk')
})
