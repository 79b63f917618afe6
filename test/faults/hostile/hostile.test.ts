import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cdEvent, VERSIONS } from '../../conformance/cdevents/payloads.ts'
import type { Sender } from '../../conformance/sources/sender.ts'
import { dataFolder } from '../../support/store.ts'
import { event, startServer } from '../../support/throughline.ts'
import { variantsOf } from './variants.ts'

/** More of them, each time others, with ROUNDS=20. */
const ROUNDS = Number(process.env.ROUNDS ?? 1)
const SEEDS = Array.from({ length: ROUNDS }, (_, n) => 20_260_601 + n)
const MEGABYTE = 1024 * 1024

const { folder, remove } = await dataFolder()
const server = await startServer({ data: folder })
const { sources } = await server.get<{ sources: { kind: string; pushes: boolean }[] }>('/api/sources')
afterAll(async () => {
  const { code, err } = await server.stop()
  await remove()
  expect({ code, err }, 'it runs until it is told to stop, and has no fault of its own to tell').toEqual({
    code: 0,
    err: expect.not.stringMatching(/"level":(?:50|60)/),
  })
})

interface Answer {
  status: number
  body: Record<string, unknown> & { accepted?: number; revised?: number; duplicates?: number; rejected?: number; problems?: Problem[] }
}
interface Problem {
  code: string
  message: string
}
async function post(path: string, body: Buffer<ArrayBuffer>, headers: Record<string, string>): Promise<Answer> {
  const answer = await fetch(server.url + path, { method: 'POST', headers, body })
  const text = await answer.text()
  return { status: answer.status, body: JSON.parse(text) as Answer['body'] }
}

/** What the store holds, counted by asking it. */
async function held(): Promise<{ records: number; rejected: number; accepted: number; rejects: number }> {
  const { kinds } = await server.get<{ kinds: { records: number }[] }>('/api/evidence')
  const { imports } = await server.get<{ imports: { accepted: number; rejected: number }[] }>('/api/imports?limit=500')
  const { total } = await server.get<{ total: number }>('/api/rejects?limit=1')
  const sum = <T>(list: readonly T[], of: (one: T) => number) => list.reduce((all, one) => all + of(one), 0)
  return {
    records: sum(kinds, (one) => one.records),
    accepted: sum(imports, (one) => one.accepted),
    rejected: sum(imports, (one) => one.rejected),
    rejects: total,
  }
}

/** As the system tells it where it does: what the server tells it looks up beside the size of its store, twenty times as long. */
async function residentBytes(): Promise<number> {
  const status = `/proc/${server.child.pid}/status`
  if (existsSync(status)) return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1])
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(metrics)?.[1])
}

/**
 * Posts all variants one after the other. Each is answered with what is wrong in plain words, and never by a fault of ours;
 * what was answered and what is in the store adds up to the last record; memory stays within bounds.
 */
async function endures(
  name: string,
  payloadOf: (round: number) => object,
  send: (body: Buffer<ArrayBuffer>, n: number) => Promise<Answer>,
) {
  const before = await held()
  const told = { accepted: 0, rejected: 0 }
  let n = 0
  let most = 0
  const start = await residentBytes()
  for (const [round, seed] of SEEDS.entries()) {
    const variants = variantsOf(payloadOf(round + 1), seed)
    expect(variants).toHaveLength(50)
    for (const { name: what, body } of variants) {
      const answer = await send(body, (n += 1))
      const where = `${name}, seed ${seed}: ${what} → ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`
      expect(answer.status, where).toBeLessThan(500)
      if (answer.body.accepted === undefined)
        expect(answer.body, where).toMatchObject({ code: expect.any(String), detail: expect.stringMatching(/\S/) })
      for (const problem of answer.body.problems ?? [])
        expect(problem, where).toMatchObject({ code: expect.any(String), message: expect.stringMatching(/\S/) })
      told.accepted += answer.body.accepted ?? 0
      told.rejected += answer.body.rejected ?? 0
      most = Math.max(most, await residentBytes())
    }
  }
  const after = await held()
  expect({ accepted: after.accepted - before.accepted, rejected: after.rejected - before.rejected }).toEqual(told)
  expect(after.records - before.records).toBe(told.accepted)
  expect(after.rejects - before.rejects).toBeLessThanOrEqual(told.rejected)
  if (told.rejected > 0) expect(after.rejects).toBeGreaterThan(before.rejects)
  expect((most - start) / MEGABYTE).toBeLessThan(300)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  return told
}

interface Connected {
  path: string
  secrets: Record<string, string>
}
async function connect({ source, settings, secrets }: Sender): Promise<Connected> {
  const answer = await post('/api/connections', Buffer.from(JSON.stringify({ source, settings, secrets })), {
    'content-type': 'application/json',
  })
  expect(answer.status).toBe(200)
  const made = answer.body as unknown as Connected
  return { ...made, secrets: { ...secrets, ...made.secrets } }
}

/** Every system that pushes, as its sender in the conformance suite plays it. */
describe.each(sources.filter(({ pushes }) => pushes))('$kind', ({ kind }) => {
  const file = new URL(`../../conformance/sources/${kind}.ts`, import.meta.url)
  let sender: Sender
  let to: Connected
  beforeAll(async () => {
    expect(existsSync(file), `test/conformance/sources/${kind}.ts says how its events look`).toBe(true)
    sender = ((await import(file.href)) as { default: Sender }).default
    to = await connect(sender)
  })
  const deliver = (body: Buffer<ArrayBuffer>, n: number, headers: Record<string, string> = {}) =>
    post(`${to.path}${sender.path ?? ''}`, body, { 'content-type': 'application/json', ...sender.headers(body, to.secrets, n), ...headers })
  const genuine = (n: number) => Buffer.from(JSON.stringify(sender.payload(n)))

  test('endures what a broken or hostile sender with the right secret sends', async () => {
    await endures(kind, (round) => sender.payload(round), deliver)
    expect(await deliver(genuine(100_001), 100_001)).toMatchObject({ status: 200, body: { rejected: 0 } })
  })

  test('endures headers that are not what they should be', async () => {
    const body = genuine(100_002)
    const names = Object.keys(sender.headers(body, to.secrets, 100_002))
    for (const name of [...names, 'content-type', 'content-encoding'])
      for (const value of [
        '',
        '__proto__',
        'constructor',
        'toString',
        'x'.repeat(8_000),
        '\u00e9\u00ff',
        ', , ,',
        '%00%ff',
        '-1',
        'v1,',
        '1e400',
      ]) {
        const answer = await deliver(body, 100_002, { [name]: value })
        const where = `${name}: ${value.slice(0, 40)} → ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`
        expect(answer.status, where).toBeLessThan(500)
        if (answer.body.accepted === undefined)
          expect(answer.body, where).toMatchObject({ code: expect.any(String), detail: expect.any(String) })
      }
  })
})

const cloudEvent = (id: string) => ({
  specversion: '1.0',
  id,
  source: 'https://ci.example/acme/parcels',
  type: 'example.acme.parcel.sent',
  subject: 'parcel-7',
  time: '2026-05-04T09:30:00Z',
  datacontenttype: 'application/json',
  partitionkey: 'p',
  data: { weight: 2, labels: ['a', { b: null }] },
})
const cdEventOf = (type: string) => (round: number) => {
  const { context, subject, ...more } = cdEvent(type, VERSIONS[2], true) as Record<'context' | 'subject', object>
  return { context: { ...context, id: `event-${round}` }, subject: { ...subject, id: `thing-${round}` }, ...more }
}
type Door = readonly [name: string, contentType: string, payloadOf: (round: number) => object]
const DOORS: readonly Door[] = [
  ['NDJSON', 'application/x-ndjson', (round) => event(`parcel-${round}`, { data: { weight: 2, labels: ['a'] } })],
  ['a CloudEvent', 'application/cloudevents+json', (round) => cloudEvent(`one-${round}`)],
  [
    'a batch of CloudEvents',
    'application/cloudevents-batch+json',
    (round) => [cloudEvent(`first-${round}`), cloudEvent(`second-${round}`)],
  ],
  ...['service.deployed', 'change.merged', 'incident.reported', 'ticket.closed', 'pipelinerun.finished'].map((type): Door => [
    `the CDEvent ${type}`,
    'application/json',
    cdEventOf(type),
  ]),
]
test.each(DOORS)('the door of evidence endures what is sent as %s', async (name, contentType, payloadOf) => {
  const told = await endures(name, payloadOf, (body) => post('/api/evidence', body, { 'content-type': contentType }))
  expect(told.accepted).toBeGreaterThan(0)
  expect(told.rejected).toBeGreaterThan(0)
})
