import { afterAll, beforeAll, expect, test } from 'vitest'
import { DAY } from '../../ground/core/index.ts'
import { parseEvidence } from '../../ground/ledger/index.ts'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { installDelivery } from '../delivery/index.ts'
import { installExperiments } from './index.ts'
import { keepResult, listExperiments, readExperiment } from './store/index.ts'

const BY = 'user:default/test'
const START = Date.parse('2026-05-01')
let ground: TestGround

const experiment = (name: string, over: Record<string, unknown> = {}, stop: Record<string, unknown> = {}) => ({
  apiVersion: 'throughline.dev/v1',
  kind: 'Experiment',
  metadata: { name },
  spec: {
    hypothesis: 'One page books faster than three.',
    measure: 'booking.seconds',
    expect: 'lower',
    arms: { control: { where: { variant: 'a' } }, treatment: { where: { variant: 'b' } } },
    start: '2026-05-01',
    stop: { effect: 3, end: '2026-05-31', least: 20, ...stop },
    ...over,
  },
})

/** Ten values a day and arm, around a middle, spread evenly by ±6. */
const values = (variant: string, days: number, middle: number) =>
  Array.from({ length: days * 10 }, (_, n) => ({
    kind: 'measurement',
    source: 'web',
    id: `${variant}-${n}`,
    subject: 'component:default/shop',
    at: new Date(START + Math.floor(n / 10) * DAY + (n % 10) * 3_600_000).toISOString(),
    measure: 'booking.seconds',
    value: middle + ((n * 7) % 13) - 6,
    dimensions: { variant },
  }))

beforeAll(async () => {
  ground = await testGround({ now: START - 10 * DAY, install: [installDelivery, installExperiments] })
  await ground.catalog.write(experiment('faster'), { by: BY })
  await ground.catalog.write(experiment('guarded', { guardrails: [{ measure: 'errors', atMost: 2 }] }), { by: BY })
  await ground.catalog.write(
    experiment('same', { arms: { control: { where: { variant: 'a' } }, treatment: { where: { variant: 'c' } } } }),
    { by: BY },
  )
  const records = [...values('a', 30, 60), ...values('b', 30, 55), ...values('c', 30, 60)]
  records.push({ ...records[0]!, id: 'errors', measure: 'errors', value: 5, at: '2026-05-03T00:00:00Z' })
  ground.setNow(Date.parse('2026-06-10'))
  const read = records.map((record) => parseEvidence(record))
  await ground.ledger.append(
    read.flatMap((one) => (one.ok ? [one.value] : [])),
    { by: BY },
  )
})
afterAll(() => ground.store.close())

const read = (name: string, at?: string) => readExperiment(`experiment:default/${name}`, at ? { at: Date.parse(at) } : {}, ground)

test('it is planned, then too early to look, then supported by the rule it began with, and stays so', async () => {
  expect(await read('faster', '2026-04-29')).toMatchObject({ state: 'planned', control: { n: 0 } })
  expect(await read('faster', '2026-05-02T00:00:00Z')).toMatchObject({ state: 'running', words: expect.stringContaining('of 20 values') })
  const done = await read('faster')
  expect(done).toMatchObject({ state: 'supported', control: { n: 300 }, treatment: { n: 300 }, reservations: [] })
  expect(done.test.difference).toBeCloseTo(-5, 0)
  expect(done.test.interval!.high).toBeLessThan(0)
  expect(Date.parse(done.test.crossedAt!)).toBeLessThan(Date.parse('2026-05-20'))
  expect(await read('faster', done.test.crossedAt!)).toMatchObject({ state: 'supported' })
})

test('where nothing differs, nothing is claimed: over and not shown', async () => {
  expect(await read('same')).toMatchObject({ state: 'not_shown', words: expect.stringMatching(/no effect was shown/) })
  expect(await read('same', '2026-05-20')).toMatchObject({ state: 'running' })
})

test('a broken guardrail stops it, whatever the measure says', async () => {
  expect(await read('guarded')).toMatchObject({ state: 'harm', words: expect.stringContaining('errors is 5') })
})

test('a rule changed after the start is told and does not count; one written down late explores', async () => {
  const changed = experiment('faster', { expect: 'higher' }, { effect: 0.1 })
  await ground.catalog.write(changed, { by: BY })
  expect(await read('faster')).toMatchObject({
    state: 'supported',
    reservations: [expect.stringContaining('rule was changed after the start, on 2026-06-10')],
  })
  await ground.catalog.write(experiment('late'), { by: BY })
  expect((await read('late')).reservations).toEqual([expect.stringContaining('explores and does not test')])
})

test('what the test said at the end of each day ends with what it says now, and p never rises', async () => {
  const { looks, test: told } = await read('same')
  expect(looks).toHaveLength(30)
  expect(looks[0]).toMatchObject({ control: 10, treatment: 10, difference: null })
  expect(looks.at(-1)).toMatchObject({ control: 300, treatment: 300, difference: told.difference, interval: told.interval, p: told.p })
  expect(looks.every(({ p }, index) => index === 0 || (p ?? 1) <= (looks[index - 1]!.p ?? 1))).toBe(true)
})

test('a result that is kept outlives its records; one that runs is stopped early only with a reason', async () => {
  const context = { ...ground, caller: { person: BY, scopes: [] as never } }
  await ground.catalog.write(
    experiment('brief', { arms: { control: { where: { variant: 'a' } }, treatment: { where: { variant: 'c' } } } }, { end: '2026-12-31' }),
    { by: BY },
  )
  await expect(keepResult('experiment:default/brief', undefined, context)).rejects.toMatchObject({
    problem: { code: 'experiment.still_running' },
  })
  await ground.catalog.write(
    experiment('kept', { arms: { control: { where: { variant: 'a' } }, treatment: { where: { variant: 'd' } } } }),
    {
      by: BY,
    },
  )
  const late = values('d', 30, 55).map((record) => parseEvidence(record))
  await ground.ledger.append(
    late.flatMap((one) => (one.ok ? [one.value] : [])),
    { by: BY },
  )
  expect(await keepResult('experiment:default/kept', 'One page it is.', context)).toMatchObject({ state: 'supported', treatment: 300 })
  await expect(keepResult('experiment:default/kept', undefined, context)).rejects.toMatchObject({ status: 409 })
  const records = values('d', 30, 55).map(({ source, id, subject }) => ({ source, id, subject }))
  await ground.ledger.retract({ kind: 'measurement', records }, { by: BY, at: ground.ledger.now(), undo: false })
  expect(await read('kept')).toMatchObject({
    state: 'unknown',
    kept: { state: 'supported', reason: 'One page it is.', difference: expect.closeTo(-5, 0) },
  })
})

test('one that cannot be judged says why and leaves the others in the list', async () => {
  await ground.catalog.write(experiment('odd', {}, { effect: '3d' }), { by: BY })
  const listed = await listExperiments('default', {}, ground)
  expect(listed.length).toBeGreaterThan(4)
  expect(listed.find(({ ref }) => ref.endsWith('/odd'))).toMatchObject({
    state: 'unknown',
    words: expect.stringMatching(/cannot be read in the unit/),
  })
})

test('what cannot be an experiment is refused with its place', async () => {
  const codes = (draft: object) => ground.catalog.checkDraft(draft as never).map(({ code, path }) => [code, path])
  expect(codes(experiment('x'))).toEqual([])
  expect(codes(experiment('x', {}, { end: '2026-04-01' }))).toEqual([['experiment.ends_before_start', 'spec.stop.end']])
  expect(codes(experiment('x', {}, { effect: 0 }))).toEqual([['experiment.no_effect', 'spec.stop.effect']])
  expect(codes(experiment('x', {}, { alpha: 0.9 }))[0]![1]).toBe('spec.stop.alpha')
  await expect(read('nothing')).rejects.toMatchObject({ problem: { code: 'experiment.unknown' } })
})
