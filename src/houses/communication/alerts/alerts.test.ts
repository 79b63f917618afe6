import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import { type Asked, type RemoteServer, remoteServer } from '../../../../test/support/remote/server.ts'
import { type Caller, DAY, formatInstant, HOUR } from '../../../ground/core/index.ts'
import { allowedAddresses } from '../../../ground/intake/index.ts'
import { parseEvidence } from '../../../ground/ledger/index.ts'
import { installDelivery } from '../../delivery/index.ts'
import { deliverAlerts, reliabilityOperations } from '../../reliability/index.ts'
import { installVision, momentOf } from '../../vision/index.ts'
import { briefOf } from '../store/brief.ts'
import { feedOfChanges } from './feed.ts'
import { alertOperations } from './operations.ts'
import { alertsOf, noteSeen } from './store.ts'
import { anyToTell, tellChanges } from './tell.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const BY = 'user:default/test'
let ground: TestGround
let remote: RemoteServer
const asked: Asked[] = []

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
  remote = await remoteServer((one) => {
    asked.push(one)
    return { body: {} }
  })
  ground = await testGround({
    now: NOW,
    install: [installDelivery, installVision],
    outgoing: { allowed: allowedAddresses('127.0.0.1') },
  })
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
afterAll(async () => {
  await ground.store.close()
  await remote.close()
})

const alerts = async (ask: { at?: number; asOf?: number } = {}) => {
  const when = await momentOf({ scope: 'default', ...ask }, ground)
  return alertsOf(when, ground)
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

describe('whoever listens', () => {
  const caller: Caller = { person: BY, scopes: ['admin'] }
  const act = <T>(id: string, ask: object) =>
    (reliabilityOperations.find((one) => one.id === id)!.run as (a: object, c: object) => Promise<T>)(ask, { ...ground, caller })
  const target = (name: string, changes: string | null) =>
    act('burn.target', {
      target: `alertnotificationtarget:default/${name}`,
      kind: 'webhook',
      address: `${remote.base}/${name}`,
      standard: true,
      changes,
    })
  /** Lets time pass, looks and sends, as the schedule would; gives what arrived, by whom. */
  const after = async (hours: number) => {
    now += hours * HOUR
    ground.setNow(now)
    asked.length = 0
    if (await anyToTell(ground)) await tellChanges(ground)
    await deliverAlerts(ground, new AbortController().signal)
    return Object.fromEntries(asked.map(({ path, body }) => [path.slice(1), body as { summary: string; words: string[] }]))
  }
  let now = NOW + HOUR

  test('is sent what concerns them once, not before a silence is over, and nothing that was put aside', async () => {
    expect(await anyToTell(ground)).toBe(false)
    await target('desk', null)
    await target('leaders', 'executive')
    await target('engineers', 'engineering')
    const { id } = await act<{ id: number }>('burn.silence', { scope: 'default', reason: 'moving', until: now + 10 * DAY })
    expect(await after(0)).toEqual({})
    await act('burn.silence_end', { id, ended: true })
    const [worst] = await alerts()
    const change = { scope: 'default', measure: 'desk.worse', subject: 'namespace:default', up: true, at: worst!.change.at }
    await noteSeen({ ...change, seen: true }, BY, ground)
    expect(await after(0)).toEqual({}) // looked at within the hour
    const first = await after(25)
    expect(Object.keys(first).toSorted()).toEqual(['engineers', 'leaders'])
    expect(first.leaders!.summary).toBe('default: Questions <desk.better> of desk changed level, for the better')
    expect(first.leaders!.words[0]).toMatch(/^Questions <desk.better> of desk changed level on .* sure it is no noise; n = \d+\)/)
    await noteSeen({ ...change, seen: false }, BY, ground)
    const second = await after(25)
    expect(Object.keys(second)).toEqual(['leaders'])
    expect(second.leaders!.summary).toBe('default: Questions <desk.worse> changed level, for the worse')
    expect(await after(25)).toEqual({})
  })

  test('can be seen with the change, and whether it arrived', async () => {
    const { alerts: told, listeners } = await alertOperations[0].run({ scope: 'default' }, { ...ground, caller })
    expect(listeners.map(({ changes }) => changes)).toEqual(['engineering', 'executive'])
    const sent = Object.fromEntries(
      told.map(({ measure, subject, told: messages }) => [`${measure} ${subject}`, messages.map(({ state }) => state)]),
    )
    expect(sent['desk.better component:default/desk']).toEqual(['sent', 'sent'])
    expect(sent['desk.worse namespace:default']).toEqual(['sent'])
    expect(sent['desk.better namespace:default']).toEqual([])
  })
})
