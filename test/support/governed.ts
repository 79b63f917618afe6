import type { EntityDraft } from '../../src/ground/catalog/index.ts'
import { type Caller, formatInstant, type Instant } from '../../src/ground/core/index.ts'
import { parseEvidence } from '../../src/ground/ledger/index.ts'
import { installDelivery } from '../../src/houses/delivery/index.ts'
import { governanceOperations, installGovernance } from '../../src/houses/governance/index.ts'
import { installReliability } from '../../src/houses/reliability/index.ts'
import { installVision } from '../../src/houses/vision/index.ts'
import type { GateAnswer } from '../../src/houses/governance/tell/answer.ts'
import { type TestGround, testGround } from './ground.ts'

export const BY = 'user:default/u1'
const NOW = Date.parse('2026-06-03T12:00:00Z')
const CALLER: Caller = { person: BY, scopes: ['admin'] }
let open: TestGround
let clock = NOW

/** Calls an operation of the gate as its door would. */
export async function call<T = GateAnswer>(id: (typeof governanceOperations)[number]['id'], input: Record<string, unknown>): Promise<T> {
  const found = governanceOperations.find((one) => one.id === id)!
  const run = found.run as (ask: unknown, context: unknown) => Promise<T>
  return found.output.parse(await run(found.input.parse(input), { ...open, caller: CALLER })) as T
}

/** Lets time pass. */
export function later(length: number): void {
  clock += length
  open.setNow(clock)
}

/** Sends records, about checkout unless they say otherwise. */
export async function tell(...records: Record<string, unknown>[]): Promise<void> {
  const read = records.map((record) => parseEvidence({ source: 'ci', subject: 'component:default/checkout', ...record }))
  await open.ledger.append(
    read.map((one) => {
      if (!one.ok) throw new Error(JSON.stringify(one.problems))
      return one.value
    }),
    { by: BY },
  )
}

export const declare = (kind: string, name: string, spec: Record<string, unknown>): Promise<unknown> =>
  open.catalog.write({ apiVersion: 'throughline.dev/v1', kind, metadata: { name }, spec } satisfies EntityDraft, { by: BY })

export const deployment = (id: string, at: number, more: Record<string, unknown> = {}) => ({
  kind: 'deployment',
  id,
  at: formatInstant(at),
  finishedAt: formatInstant(at),
  commit: id.padEnd(40, '0'),
  outcome: 'success',
  ...more,
})
export const incident = (id: string, openedAt: number, more: Record<string, unknown> = {}) => ({
  kind: 'incident',
  source: 'pager',
  id,
  at: formatInstant(openedAt),
  openedAt: formatInstant(openedAt),
  title: 'Cards are refused',
  ...more,
})

/** The moment it is. */
export const present = (): Instant => clock

/** Opens a store with three components: checkout in the shop, search in discovery, pay in money. */
export async function openGoverned(): Promise<TestGround> {
  clock = NOW
  open = await testGround({ now: NOW, install: [installDelivery, installReliability, installVision, installGovernance] })
  const component = (name: string, system: string) =>
    open.catalog.write(
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name },
        spec: { type: 'service', lifecycle: 'production', owner: 'shop', system },
      },
      { by: BY },
    )
  await component('checkout', 'shop')
  await component('search', 'discovery')
  await component('pay', 'money')
  return open
}
