import type { Clock } from '../core/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Store } from '../store/index.ts'
import { Imports } from './imports.ts'
import type { Intake } from './intake.ts'
import { noSuchReject, Rejects } from './rejects.ts'
import { Retries } from './retry.ts'
import { Settings } from './settings.ts'
import { Batches } from './slice.ts'
import { Watches } from './watches.ts'

/** Intake on a store; records go to the ledger, refused lines are sealed with the identity's key. */
export function createIntake({
  store,
  ledger,
  identity,
  clock,
  limits,
}: {
  store: Store
  ledger: Ledger
  identity: Identity
  clock: Clock
  limits?: { rejects: number; bytes: number }
}): Intake {
  const settings = new Settings(store)
  const rejects = new Rejects(store, identity, clock, settings, limits)
  const imports = new Imports(store, clock)
  const batches = new Batches(store, ledger, rejects)
  const retries = new Retries(store, ledger, rejects)
  const watches = new Watches(store, clock)
  return {
    begin: (wish) => imports.begin(wish),
    batch: async (importId, parsed, how) => ({ importId, ...(await batches.take(parsed, { importId, ...how })) }),
    finish: (importId) => imports.finish(importId),
    imports: (limit) => imports.list(limit),
    rejects: (filter) => rejects.list(filter),
    rejectBody: async (id) => (await rejects.one(id)).raw,
    retry: (which, by) => retries.retry(which, by),
    async discard(id) {
      if ((await rejects.remove([id])) === 0) throw noSuchReject(id)
    },
    registerFormat: (format, parse) => retries.register(format, parse),
    watch: (wish) => watches.add(wish),
    watches: () => watches.list(),
    watchesDue: () => watches.due(),
    watched: (id, outcome) => watches.ran(id, outcome),
    unwatch: (id) => watches.remove(id),
    setting: (key) => settings.read(key),
    setSetting: (key, value) => settings.write(key, value),
  }
}
