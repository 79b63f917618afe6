import { createCatalog } from '../../src/ground/catalog/index.ts'
import type { Instant } from '../../src/ground/core/index.ts'
import { createIdentity } from '../../src/ground/identity/index.ts'
import type { Ground } from '../../src/ground/index.ts'
import { createIntake } from '../../src/ground/intake/index.ts'
import { createLedger } from '../../src/ground/ledger/index.ts'
import { createMeasures } from '../../src/ground/measures/index.ts'
import { createMoments, type Store } from '../../src/ground/store/index.ts'
import { testStore } from './store.ts'

/** A ground whose clock a test sets. */
export interface TestGround extends Ground {
  /** Sets the present moment. */
  setNow(now: Instant): void
}

/** The moment tests begin at when they do not say. */
const NOW = Date.parse('2026-06-01T12:00:00Z')

/** A fresh ground on a real store, a new one or one that is handed in, with the houses a test asks for. Close it with `ground.store.close()`. */
export async function testGround({
  now = NOW,
  install = [],
  outgoing,
  store: given,
}: {
  store?: Store
  now?: Instant
  install?: readonly ((ground: Ground) => void)[]
  outgoing?: Parameters<typeof createIntake>[0]['outgoing']
} = {}): Promise<TestGround> {
  const store = given ?? (await testStore())
  let present = now
  const clock = () => present
  const moments = createMoments({ store, clock })
  const identity = createIdentity({ store, clock, secret: Buffer.alloc(32, 1), moments })
  const ledger = createLedger({ store, clock, moments, pseudonym: identity.pseudonym, people: identity.people })
  const catalog = createCatalog({ store, clock, moments, erased: identity.people.erased })
  const intake = createIntake({ store, ledger, identity, clock, ...(outgoing ? { outgoing } : {}) })
  const measures = createMeasures({ store, catalog, clock: moments.now, moments })
  const ground: Ground = { store, catalog, ledger, identity, intake, measures, clock: moments.now }
  for (const house of install) house(ground)
  return { ...ground, setNow: (moment) => (present = moment) }
}
