import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testGround, type TestGround } from '../../../test/support/ground.ts'
import { type MadeSeries, prometheusDialect } from '../../../test/support/remote/prometheus.ts'
import { type RemoteServer, remoteServer } from '../../../test/support/remote/server.ts'
import { DAY, formatInstant, HOUR, type Instant, MINUTE } from '../../ground/core/index.ts'
import { allowedAddresses } from '../../ground/intake/index.ts'
import { parseEvidence } from '../../ground/ledger/index.ts'
import { installReliability, lookAtBurns, minutesOf, slosOf, statusesOf } from '../../houses/reliability/index.ts'
import { sql } from '../../ground/store/index.ts'
import { prometheus } from './index.ts'

const START = Date.parse('2026-06-01T12:00:00Z')
const SIGNAL = new AbortController().signal
const BY = 'user:default/test'

let now: Instant = START
let queries: Record<string, readonly MadeSeries[]>
let remote: RemoteServer
let ground: TestGround
let connection: string

beforeAll(async () => {
  remote = await remoteServer((one) => prometheusDialect(queries)(one))
  ground = await testGround({
    now,
    install: [installReliability],
    outgoing: { allowed: allowedAddresses('127.0.0.1'), firstRetrySeconds: 0.001 },
  })
  ground.intake.registerSource(prometheus)
  connection = (await ground.intake.connect({ source: 'prometheus', settings: { address: remote.base }, secrets: {} }, BY)).id
})
afterAll(async () => {
  await ground.store.close()
  await remote.close()
})
beforeEach(() => {
  queries = {}
})

const source = (query: string) => ({ metricSource: { metricSourceRef: 'metrics', type: 'Prometheus', spec: { query } } })
const write = (kind: string, name: string, spec: Record<string, unknown>) =>
  ground.catalog.write({ apiVersion: 'openslo/v1', kind, metadata: { name }, spec }, { by: BY })
const slo = (name: string, sli: Record<string, unknown>, objective: Record<string, unknown> = {}) =>
  write('SLO', name, {
    service: 'basket',
    indicator: { metadata: { name }, spec: sli },
    timeWindow: [{ duration: '1d', isRolling: true }],
    budgetingMethod: 'Occurrences',
    objectives: [{ target: 0.99, ...objective }],
  })
async function pull(): Promise<void> {
  now += MINUTE
  ground.setNow(now)
  await ground.intake.pullsDue()
  await ground.intake.pull(SIGNAL)
  await ground.ledger.fresh('sli')
}
const lists = async () => (await ground.intake.pulls(connection)).map(({ stream, state }) => `${stream.replace(/ \(\w+\)$/, '')}: ${state}`)
const minutes = async (indicator: string, count: number) => {
  const { good, total } = await minutesOf(
    ground.store,
    { subject: 'component:default/basket', indicator },
    { from: now - count * MINUTE, to: now },
    null,
  )
  return Array.from(total, (all, index) => (Number.isNaN(all) ? null : [good[index], all]))
}
const times = <Value>(count: number, value: Value) => Array.from({ length: count }, () => value)
const series = (value: (second: number) => number | null): MadeSeries[] => [
  { metric: {}, at: (s) => (s * 1000 <= now && s * 1000 > START - DAY ? value(s) : null) },
]

test('what an SLO asks of Prometheus is read back and then each minute: rates become counts, failures that never were are none', async () => {
  await write('DataSource', 'metrics', { type: 'Prometheus', connectionDetails: { url: `${remote.base}/` } })
  await slo('answers', {
    ratioMetric: { counter: true, bad: source('sum(rate(x{code=~"5.."}[{{.window}}]))'), total: source('sum(rate(x[{{.window}}]))') },
  })
  queries['sum(rate(x{code=~"5.."}[60s]))'] = series((s) => (s * 1000 > START - HOUR ? 0.5 : null))
  queries['sum(rate(x[60s]))'] = series(() => 2)
  await pull()
  expect(await lists()).toEqual(['declared answers of component:default/basket: done'])
  expect(await minutes('answers', 90)).toEqual([...times(29, [120, 120]), ...times(61, [90, 120])])
  await pull()
  expect(await minutes('answers', 3)).toEqual(times(3, [90, 120]))
})

test('counters without a window are asked for their increase; a threshold and a share count one for each minute', async () => {
  await slo('counted', { ratioMetric: { counter: true, good: source('sum(ok)'), total: source('sum(all)') } })
  await slo('fast', { thresholdMetric: source('latency') }, { op: 'lte', value: 0.3 })
  queries['sum(increase(ok[60s]))'] = series(() => 3)
  queries['sum(increase(all[60s]))'] = series(() => 4)
  queries['1 - (1 - avg_over_time(((latency) <= bool 0.3)[60s:1m]))'] = series((s) => (s % 120 === 0 ? 1 : 0))
  await pull()
  expect(await minutes('counted', 2)).toEqual([
    [3, 4],
    [3, 4],
  ])
  expect((await minutes('fast lte 0.3', 2)).flat().sort()).toEqual([0, 1, 1, 1])
})

test('a query that is changed is asked from then on, one that is taken away is read no more, and none where they are left', async () => {
  await ground.catalog.remove('slo:default/fast', { by: BY })
  await slo('counted', { ratioMetric: { counter: true, good: source('sum(fine)'), total: source('sum(all)') } })
  queries['sum(increase(fine[60s]))'] = series(() => 2)
  queries['sum(increase(all[60s]))'] = series(() => 4)
  await pull()
  expect((await lists()).filter((one) => /fast/.test(one))).toEqual([])
  await pull()
  expect(await minutes('counted', 3)).toEqual([
    [3, 4],
    [2, 4],
    [2, 4],
  ])
  await ground.intake.changeConnection(connection, { settings: { slos: 'leave' } })
  await pull()
  expect(await lists()).toEqual([])
})

test('two promises that set different thresholds to one SLI are each judged by their own; what is sent under its name feeds who has none', async () => {
  await ground.intake.changeConnection(connection, { settings: { slos: 'read' } })
  await write('SLI', 'latency', { thresholdMetric: source('latency') })
  const promise = (name: string, objectives: object[]) =>
    write('SLO', name, {
      service: 'till',
      indicatorRef: 'latency',
      timeWindow: [{ duration: '1d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives,
    })
  await promise('snappy', [{ target: 0.9, op: 'lte', value: 0.3 }])
  await promise('bearable', [
    { displayName: 'within 1 s', target: 0.9, op: 'lte', value: 1 },
    { displayName: 'within 2 s', target: 0.9, op: 'lte', value: 2 },
  ])
  const stand = async () =>
    (await statusesOf(await slosOf(ground, { service: 'component:default/till' }), { at: now, asOf: null }, ground)).map(
      ({ slo: ref, objective, sli }) => [ref.replace('slo:default/', ''), objective, sli],
    )
  const windowStart = formatInstant(START - HOUR)
  const sent = parseEvidence({
    kind: 'sli',
    source: 'probe',
    id: 'one',
    subject: 'component:default/till',
    at: windowStart,
    indicator: 'latency',
    windowStart,
    seconds: 60,
    good: 3,
    total: 4,
  })
  await ground.ledger.append(sent.ok ? [sent.value] : [], { by: BY })
  expect(await stand()).toEqual([
    ['bearable', 'within 1 s', 0.75],
    ['bearable', 'within 2 s', 0.75],
    ['snappy', 'objective-1', 0.75],
  ])
  const asked = (value: number) => `1 - (1 - avg_over_time(((latency) <= bool ${value})[60s:1m]))`
  queries[asked(0.3)] = series((s) => (s % 240 === 0 ? 1 : 0))
  queries[asked(1)] = series((s) => (s % 120 === 0 ? 1 : 0))
  await pull()
  expect(await stand()).toEqual([
    ['bearable', 'within 1 s', 0.5],
    ['bearable', 'within 2 s', 0.75],
    ['snappy', 'objective-1', 0.25],
  ])
  await lookAtBurns(ground)
  const alerted = sql`select distinct objective from burn_alert where service = 'component:default/till' order by 1`
  expect(await ground.store.query(alerted)).toEqual([{ objective: 'objective-1' }, { objective: 'within 1 s' }])
})
