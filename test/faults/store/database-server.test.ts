import { setTimeout as after } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openStore, sql } from '../../../src/ground/store/index.ts'
import { type Postgres, startPostgres } from '../../support/postgres-server.ts'
import { Sender } from '../../support/sender.ts'
import { testFolder } from '../../support/store.ts'
import { freePort, type Server, startServer } from '../../support/throughline.ts'

/** Against a PostgreSQL server of its own that really writes. */
/** KILLS=20 tries more. */
const KILLS = Number(process.env.KILLS ?? 8)
const SENDERS = 8
/** How long the database is away: OUTAGE_SECONDS=60 tries a whole minute. */
const OUTAGE = Number(process.env.OUTAGE_SECONDS ?? 8) * 1000
const RECOVERED_WITHIN = 30_000

let postgres: Postgres
let senders: Sender[]
let data: Awaited<ReturnType<typeof testFolder>>
beforeAll(async () => {
  postgres = await startPostgres({ durable: true })
})
afterAll(() => postgres.stop())
beforeEach(async () => {
  data = await testFolder()
  return data.remove
})

const start = async (port?: number): Promise<Server> =>
  startServer({ data: data.folder, env: { DATABASE_URL: postgres.url, THROUGHLINE_SECRET: 'faults' }, ...(port ? { port } : {}) })

/** Everything acknowledged is there, and nothing twice. */
async function expectKept(): Promise<void> {
  const store = await openStore({ databaseUrl: postgres.url })
  const rows = await store.query<{ id: string; times: number }>(
    sql`select id, count(*) as times from evidence_event where learned_to = 'infinity' group by id`,
  )
  await store.close()
  const times = new Map(rows.map(({ id, times: n }) => [id, n]))
  const acknowledged = senders.flatMap((sender) => sender.acknowledged)
  expect(acknowledged.filter((id) => times.get(id) !== 1)).toEqual([])
  expect([...times.values()].every((n) => n === 1)).toBe(true)
}

test(`killed ${KILLS} times while ${SENDERS} senders post, everything acknowledged is there, once`, { timeout: 300_000 }, async () => {
  senders = Array.from({ length: SENDERS }, (_, n) => new Sender(`killed-${n}`, 100))
  const port = await freePort()
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await start(port)
    const enough = Promise.withResolvers<void>()
    let answers = 0
    const sending = senders.map((sender) => sender.send(server, { onAcknowledged: () => (answers += 1) > 2 * SENDERS && enough.resolve() }))
    await enough.promise
    await after((kill * 37) % 150)
    expect((await server.kill()).code).toBeNull()
    await Promise.all(sending)
  }
  await expectKept()
})

/** Waits until every sender had such an answer, a minute at most. */
async function untilEach(such: (answer: Sender['answers'][number]) => boolean): Promise<void> {
  const begun = Date.now()
  while (Date.now() - begun < 60_000 && !senders.every(({ answers }) => answers.some(such))) await after(100)
}

/** Sends while something is done to the database, and until every sender was answered well after it. */
async function sendDuring(
  server: Server,
  away: () => Promise<void>,
  back: () => Promise<void>,
): Promise<{ left: number; returned: number }> {
  let stopped = false
  const sending = Promise.all(senders.map((sender) => sender.send(server, { stopped: () => stopped })))
  await untilEach((answer) => answer.status === 200)
  await after(500)
  const left = Date.now()
  await away()
  await after(OUTAGE)
  const ready = await fetch(`${server.url}/readyz`, { signal: AbortSignal.timeout(60_000) })
  expect(ready.status).toBe(503)
  await back()
  const returned = Date.now()
  await untilEach(({ status, at }) => status === 200 && at > returned)
  stopped = true
  await sending
  return { left, returned }
}

function expectRecovery({ left, returned }: { left: number; returned: number }): void {
  for (const { answers } of senders) {
    expect(answers.some(({ status, at }) => status === 200 && at < left)).toBe(true)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThan(0)
    for (const answer of refused) {
      expect(answer).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/), code: expect.stringMatching(/^store\./) })
    }
    const first = answers.find(({ status, at }) => status === 200 && at > returned)
    expect(first!.at - returned).toBeLessThan(RECOVERED_WITHIN)
  }
}

test(
  'a database that stops: senders are told to come back, nothing acknowledged is lost, and it goes on by itself',
  { timeout: 240_000 },
  async () => {
    senders = Array.from({ length: SENDERS }, (_, n) => new Sender(`stopped-${n}`, 100))
    const server = await start()
    expectRecovery(await sendDuring(server, postgres.crash, postgres.restart))
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    await server.stop()
    await expectKept()
  },
)

test('a database that hangs: nobody waits for ever, and it goes on by itself', { timeout: 60_000 }, async () => {
  const deadlineMs = 1_000
  const store = await openStore({ databaseUrl: postgres.url, deadlineMs })
  const ask = () => store.query(sql`select 1 as one`)
  await ask()
  postgres.freeze()
  const started = Date.now()
  await expect(ask()).rejects.toMatchObject({ problem: { code: 'store.unreachable' }, status: 503 })
  expect(Date.now() - started).toBeGreaterThan(deadlineMs)
  postgres.thaw()
  expect(await ask()).toEqual([{ one: 1 }])
  await store.close()
})
