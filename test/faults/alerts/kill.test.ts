import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { formatInstant, MINUTE } from '../../../src/ground/core/index.ts'
import { parseEvidence } from '../../../src/ground/ledger/index.ts'
import { openStore, sql } from '../../../src/ground/store/index.ts'
import { installReliability } from '../../../src/houses/reliability/index.ts'
import { testGround } from '../../support/ground.ts'
import { dataFolder, onServer, testDatabase } from '../../support/store.ts'

const START = Date.parse('2026-06-01T12:00:00Z')
const SERVICES = 8
/** Each service is half broken for ten minutes, one after the other. */
const outageOf = (service: number) => 10 + 2 * service
const LAST = outageOf(SERVICES) + 30
/** Minutes at which the process is killed, some while later. */
const KILLS = [14, 33] as const
const BY = 'user:default/test'

test(`killed ${KILLS.length} times while it looks and tells, no alert is lost and none is there twice`, { timeout: 120_000 }, async () => {
  const { folder, remove } = await dataFolder()
  const database = onServer ? await testDatabase() : null
  const store = await openStore(database ? { databaseUrl: database.databaseUrl } : { folder })
  const ground = await testGround({ store, now: START, install: [installReliability] })
  const told = new Map<string, { id: number; event: string }[]>()
  let requests = 0
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      requests += 1
      const { id, alerts } = JSON.parse(body) as { id: string; alerts: { id: number; event: string }[] }
      told.set(id, alerts)
      // Slow, so that a kill meets a message under way.
      setTimeout(() => response.end('{}'), 15)
    })
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`
  await fill(ground)
  const reach = ground.identity.seal(JSON.stringify({ address, secret: 'whsec_AAAA' }))
  await store.query(sql`
      insert into alert_destination (target, kind, shown, sealed, standard, created_at, created_by)
      values ('alertnotificationtarget:default/on-call', 'webhook', ${address}, ${reach}, true, now(), ${BY})`)
  await store.close()

  const file = join(folder, '..', `minute-${process.pid}`)
  writeFileSync(file, '0')
  const minute = () => Number(readFileSync(file, 'utf8'))
  const start = () =>
    spawn(
      process.execPath,
      [join(import.meta.dirname, '../../support/looks-at-burns.ts'), database?.databaseUrl ?? folder, file, String(LAST)],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
  for (const [index, at] of KILLS.entries()) {
    const child = start()
    while (minute() < at && child.exitCode === null) await after(2)
    await after(index * 7)
    child.kill('SIGKILL')
    await ended(child)
    expect(minute()).toBeLessThan(LAST)
  }
  expect(await ended(start())).toBe(0)
  receiver.close()

  const again = await openStore(database ? { databaseUrl: database.databaseUrl } : { folder })
  const alerts = await again.query<{ id: number; slo: string; state: string }>(sql`select id, slo, state from burn_alert order by slo`)
  const [left] = await again.query<{ n: number }>(sql`select count(*) as n from alert_delivery where state <> 'sent'`)
  await again.close()
  expect(alerts.map(({ slo, state }) => `${slo} ${state}`)).toEqual(
    Array.from({ length: SERVICES }, (_, service) => `slo:default/s${String(service).padStart(2, '0')} resolved`),
  )
  expect(left).toEqual({ n: 0 })
  // What came again came under the same id: counted once, each alert began and ended once.
  const events = [...told.values()].flat().map(({ id, event }) => `${id} ${event}`)
  expect(events.sort()).toEqual(alerts.flatMap(({ id }) => [`${id} firing`, `${id} resolved`]).sort())
  expect(requests).toBeGreaterThanOrEqual(told.size)
  await remove()
  await database?.drop?.()
})

async function fill(ground: Awaited<ReturnType<typeof testGround>>): Promise<void> {
  const condition = { kind: 'burnrate', op: 'gt', threshold: 5, lookbackWindow: '15m', alertAfter: '2m' }
  const policy = {
    kind: 'AlertPolicy',
    metadata: { name: 'fast' },
    spec: {
      conditions: [{ kind: 'AlertCondition', metadata: { name: 'fast' }, spec: { severity: 'page', condition } }],
      notificationTargets: [{ targetRef: 'on-call' }],
    },
  }
  for (let service = 0; service < SERVICES; service += 1) {
    const name = `s${String(service).padStart(2, '0')}`
    const spec = {
      service: name,
      indicatorRef: 'answers',
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.99 }],
      alertPolicies: [policy],
    }
    await ground.catalog.write({ apiVersion: 'openslo/v1', kind: 'SLO', metadata: { name }, spec }, { by: BY })
    const read = Array.from({ length: LAST }, (_, minute) =>
      parseEvidence({
        kind: 'sli',
        source: 'probe',
        id: String(minute),
        subject: `component:default/${name}`,
        at: formatInstant(START + (minute + 1) * MINUTE),
        indicator: 'answers',
        windowStart: formatInstant(START + minute * MINUTE),
        seconds: 60,
        good: minute >= outageOf(service) && minute < outageOf(service) + 10 ? 50 : 100,
        total: 100,
      }),
    )
    await ground.ledger.append(
      read.flatMap((one) => (one.ok ? [one.value] : [])),
      { by: BY },
    )
  }
  await ground.ledger.fresh('sli')
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((end) => (child.exitCode !== null || child.signalCode !== null ? end(child.exitCode) : child.once('exit', end)))
}
