import { formatInstant, type Ref } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { claimedWords, knownCosts } from '../../houses/cost/index.ts'
import type { BillSink } from './take-bill.ts'

/** Takes rows and bills straight into the store of this process, on the background lane. */
export function tableSinkOf({ intake, store, ledger, catalog }: Ground, by: Ref): BillSink {
  return {
    begin: (wish) => intake.begin({ ...wish, by }),
    batch: (importId, parsed, done) => store.background(() => intake.batch(importId, parsed, { by, done })),
    finish: (importId) => intake.finish(importId),
    words: () => claimedWords(catalog),
    known: async (ask) => ({ ...(await knownCosts(store, ask)), now: formatInstant(await ledger.present()) }),
    settle: ({ source, costs, undo }) => {
      const records = costs.map((one) => ({ ...one, source }))
      return store.background(() => ledger.retract({ kind: 'cost', records }, { by, at: ledger.now(), undo }))
    },
  }
}
