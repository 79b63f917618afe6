import type { Catalog } from './catalog/index.ts'
import type { Clock } from './core/index.ts'
import type { Identity } from './identity/index.ts'
import type { Intake } from './intake/index.ts'
import type { Ledger } from './ledger/index.ts'
import type { Measures } from './measures/index.ts'
import type { Store } from './store/index.ts'

/** What every house stands on. main.ts makes one; houses get it in `install` and as the context of their operations. */
export interface Ground {
  store: Store
  catalog: Catalog
  ledger: Ledger
  identity: Identity
  intake: Intake
  measures: Measures
  clock: Clock
}
