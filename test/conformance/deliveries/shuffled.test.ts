import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'
import github from '../sources/github.ts'
import { type Message, storyOf } from './story.ts'

/** RUNS=500 looks for more. */
const runs = { numRuns: Number(process.env.RUNS ?? 8) }
const HOUR = 3_600_000

let now = Date.parse('2026-05-20T12:00:00Z')
let ground: Ground
let app: ReturnType<typeof createApp>
let forge: Connected
let pipelines: Connected

interface Connected {
  path: string
  secrets: { webhook: string }
}

beforeAll(async () => {
  ground = groundOn(await testStore(), () => now, Buffer.alloc(32, 1))
  app = createApp({ ground, operations, localKey: 'k', version: '0', health: { loading: () => null, store: () => ground.store.health() } })
  forge = (await ask('/api/connections', { source: 'github' })).body as unknown as Connected
  pipelines = (await ask('/api/connections', { source: 'cloudevents' })).body as unknown as Connected
})
afterAll(() => ground.store.close())

async function ask(path: string, body: object | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) {
  const answer = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body instanceof Buffer ? body : JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

let deliveries = 0
/** Sends one message as its sender does; each time as another delivery. */
async function send({ by, event, body }: Message): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body))
  const n = (deliveries += 1)
  const answer =
    by === 'github'
      ? await ask(forge.path, bytes, { ...github.headers(bytes, forge.secrets, n), 'x-github-event': event! })
      : by === 'lines'
        ? await ask('/api/evidence', bytes)
        : await ask(pipelines.path, bytes, { authorization: `Bearer ${pipelines.secrets.webhook}` })
  // The same CDEvent with the same token is the same delivery.
  expect(answer.status, JSON.stringify(answer.body)).toBeOneOf(by === 'cdevents' ? [200, 409] : [200])
  if (answer.status === 200) expect(answer.body).toMatchObject({ rejected: 0 })
}

const WINDOW = { from: Date.parse('2026-05-01T00:00:00Z'), to: Date.parse('2026-05-15T00:00:00Z'), at: Date.parse('2026-05-15T00:00:00Z') }
/** All readings and rows of a repository, in words that do not depend on its name or on when they were asked. */
async function readingsOf(name: string): Promise<unknown> {
  const told: Record<string, unknown> = {}
  for (const { id: measure } of ground.measures.list()) {
    const about = { measure, subject: `repository:default/${name}`, ...WINDOW }
    const readings = await ground.measures.readMany({ ...about, bucket: 'week' })
    const withRows = await ground.measures.rows(about).catch((error: Error) => error.message)
    told[measure] = { readings: [...readings, await ground.measures.read(about)].map((reading) => ({ ...reading, asOf: null })), withRows }
  }
  return JSON.parse(JSON.stringify(told).replaceAll(name, 'the-shop'))
}

let shops = 0
const story = storyOf('any').length
const arrivals = fc.record({
  order: fc.shuffledSubarray([...Array(story).keys()], { minLength: story }),
  again: fc.array(fc.nat(story - 1), { maxLength: 12 }),
  /** Hours between one delivery and the next. */
  delays: fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }),
  /** After which of them somebody looks. */
  looks: fc.array(fc.nat(story), { maxLength: 3 }),
})

test(
  'whatever the order, repetition and delay its deliveries come in, one story gives the same readings',
  { timeout: 3_600_000 },
  async () => {
    const inOrder = `shop-${(shops += 1)}`
    for (const message of storyOf(inOrder)) await send(message)
    const wanted = await readingsOf(inOrder)
    expect(wanted).toMatchObject({
      'delivery.deployment_frequency': { readings: expect.arrayContaining([expect.objectContaining({ n: 4 })]) },
      'delivery.change_failure_rate': { readings: expect.arrayContaining([expect.objectContaining({ value: expect.any(Number) })]) },
      'delivery.failed_deployment_recovery_time': {
        readings: expect.arrayContaining([expect.objectContaining({ value: expect.any(Number) })]),
      },
    })
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ order, again, delays, looks }) => {
        const name = `shop-${(shops += 1)}`
        const messages = storyOf(name)
        for (const [n, index] of [...order, ...again].entries()) {
          now += delays[n % delays.length]! * HOUR
          await send(messages[index]!)
          if (looks.includes(n)) await readingsOf(name)
        }
        expect(await readingsOf(name)).toEqual(wanted)
      }),
      { ...runs, endOnFailure: process.env.SHRINK === undefined },
    )
  },
)
