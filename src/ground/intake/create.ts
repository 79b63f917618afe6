import { type Clock, DAY } from '../core/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Store } from '../store/index.ts'
import { Connections } from './connections/connections.ts'
import { CONNECTION_FORMAT, Deliveries } from './connections/deliveries.ts'
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
  const connections = new Connections(store, identity, clock)
  const deliveries = new Deliveries({ store, clock, connections, imports, batches })
  retries.register(CONNECTION_FORMAT, (raw) => deliveries.again(raw))
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
    registerSource: (source) => connections.register(source),
    sources: () => connections.sources(),
    connect: (wish, by) => connections.create(wish, by),
    connections: () => connections.list(),
    connection: (id) => connections.one(id),
    connectionDays: (days) => connections.days(clock() - days * DAY),
    pauseConnection: (id, paused) => connections.pause(id, paused),
    disconnect: (id) => connections.remove(id),
    deliver: (id, key, delivery) => deliveries.take(id, key, delivery),
    forgetOld: () => deliveries.forget(),
    watch: (wish) => watches.add(wish),
    watches: () => watches.list(),
    watchesDue: () => watches.due(),
    watched: (id, outcome) => watches.ran(id, outcome),
    unwatch: (id) => watches.remove(id),
    setting: (key) => settings.read(key),
    setSetting: (key, value) => settings.write(key, value),
    settings: (prefix) => settings.list(prefix),
    removeSetting: (key) => settings.remove(key),
  }
}
