import type { Caller } from '../../src/ground/core/index.ts'
import { formatInstant, type Instant, MINUTE } from '../../src/ground/core/index.ts'
import { parseEvidence } from '../../src/ground/ledger/index.ts'
import { installReliability } from '../../src/houses/reliability/index.ts'
import { lookAtBurns } from '../../src/houses/reliability/alerts/look.ts'
import { burnAlertOperations } from '../../src/houses/reliability/alerts/operations.ts'
import { type TestGround, testGround } from './ground.ts'

export const BY = 'user:default/test'
export const caller: Caller = { person: BY, scopes: ['admin'] }
const START = Date.parse('2026-06-01T12:00:00Z')

let open: TestGround
let clock: Instant = START

/** Opens a store on which budgets burn and are watched. */
export async function openBurning(more: Parameters<typeof testGround>[0] = {}): Promise<TestGround> {
  clock = START
  open = await testGround({ now: clock, install: [installReliability], ...more })
  return open
}

/** The moment it is. */
export const present = (): Instant => clock

export const document = (kind: string, name: string, spec: Record<string, unknown>, annotations: Record<string, string> = {}) =>
  open.catalog.write({ apiVersion: 'openslo/v1', kind, metadata: { name, annotations }, spec }, { by: BY })
/** A promise of a service about its indicator `answers`. */
export const slo = (name: string, service: string, more: Record<string, unknown> = {}, annotations: Record<string, string> = {}) =>
  document(
    'SLO',
    name,
    {
      service,
      indicatorRef: 'answers',
      timeWindow: [{ duration: '30d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.999 }],
      ...more,
    },
    annotations,
  )

/** Minutes of a service from now on, a hundred events each. */
export async function minutes(service: string, count: number, bad = 0): Promise<void> {
  const read = Array.from({ length: count }, (_, index) =>
    parseEvidence({
      kind: 'sli',
      source: 'probe',
      id: `${service}-${clock + index * MINUTE}`,
      subject: `component:default/${service}`,
      at: formatInstant(clock + (index + 1) * MINUTE),
      indicator: 'answers',
      windowStart: formatInstant(clock + index * MINUTE),
      seconds: 60,
      good: 100 - bad,
      total: 100,
    }),
  )
  await open.ledger.append(
    read.flatMap((one) => (one.ok ? [one.value] : [])),
    { by: BY },
  )
}

/** Lets time pass. */
export function go(ms: number): void {
  clock += ms
  open.setNow(clock)
}

/** Looks at everything that is watched. */
export const look = () => lookAtBurns(open)
/** What the page of alerts shows. */
export const inbox = async () => burnAlertOperations[0].run({ scope: 'default' }, { ...open, caller } as never)
