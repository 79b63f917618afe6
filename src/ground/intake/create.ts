import { type Clock, DAY, Refusal } from '../core/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Store } from '../store/index.ts'
import { hasBrought } from './connections/brought.ts'
import type { Renaming } from './connections/change.ts'
import { Connections } from './connections/connections.ts'
import { CONNECTION_FORMAT, Deliveries } from './connections/deliveries.ts'
import { Imports } from './imports.ts'
import type { Intake } from './intake.ts'
import { type Allowed, allowedAddresses, Outgoing } from './outgoing/index.ts'
import { LimitReached, PACE, type Pace, Puller, Pulls, reaching, waitOf } from './pulls/index.ts'
import { noSuchReject, Rejects } from './rejects.ts'
import { Retentions } from './retention/retention.ts'
import { Retries } from './retry.ts'
import { Settings } from './settings.ts'
import { Batches } from './slice.ts'
import { Watches } from './watches.ts'

/** How far back a connected system is read when nobody says. */
const YEAR = 365 * DAY
const TEST_MS = 30_000

/** Intake on a store; records go to the ledger, refused lines are sealed with the identity's key. */
export function createIntake({
  store,
  ledger,
  identity,
  clock,
  limits,
  outgoing: { allowed = allowedAddresses(undefined), userAgent = 'Throughline', ...pace } = {},
}: {
  store: Store
  ledger: Ledger
  identity: Identity
  clock: Clock
  limits?: { rejects: number; bytes: number }
  /** How other systems are asked: what may be reached although it is private, who asks, how patiently. */
  outgoing?: { allowed?: Allowed; userAgent?: string } & Partial<Pace>
}): Intake {
  const settings = new Settings(store)
  const rejects = new Rejects(store, identity, clock, settings, limits)
  const imports = new Imports(store, clock)
  const batches = new Batches(store, ledger, rejects)
  const retries = new Retries({ store, ledger, identity, rejects, imports })
  const watches = new Watches(store, clock)
  const connections = new Connections(store, identity, clock)
  const retentions = new Retentions({ store, ledger, identity, clock })
  const deliveries = new Deliveries({ store, ledger, clock, connections, imports, batches })
  const pulls = new Pulls(store, clock)
  const asking = { outgoing: new Outgoing({ allowed, userAgent }), pace: { ...PACE, ...pace } }
  const puller = new Puller({ store, clock, connections, imports, batches, pulls, ...asking })
  const pullOf = async (id: string) => {
    const connection = await connections.one(id)
    const { pull, title } = connections.source(connection.source)
    return { connection, pull, title }
  }
  retries.register(CONNECTION_FORMAT, (raw) => deliveries.again(raw), 'observed')
  return {
    begin: (wish) => imports.begin(wish),
    batch: async (importId, parsed, how) => ({ importId, ...(await batches.take(parsed, { importId, ...how })) }),
    finish: (importId) => imports.finish(importId),
    imports: (limit) => imports.list(limit),
    rejects: (filter) => rejects.list(filter),
    rejectBody: async (id) => rejects.unsealed((await rejects.one(id)).sealed),
    retry: (which, by) => retries.retry(which, by),
    correct: (id, text, by) => retries.correct(id, text, by),
    async discard(id) {
      if ((await rejects.remove([id])) === 0) throw noSuchReject(id)
    },
    registerFormat: (format, parse, basis) => retries.register(format, parse, basis),
    registerSource: (source) => connections.register(source),
    sources: () => connections.sources(),
    registerDeclared: (kind, find) => puller.registerDeclared(kind, find),
    async connect(wish, by) {
      const connection = await connections.create(wish, by)
      const streams = connections.source(connection.source).pull?.streams(connection.settings) ?? []
      if (streams.length > 0) await pulls.begin(connection.id, streams, clock() - YEAR)
      return connection
    },
    connections: () => connections.list(),
    connection: (id) => connections.one(id),
    connectionDays: (days) => connections.days(clock() - days * DAY),
    connectionRhythms: () => connections.rhythms(),
    async changeConnection(id, given) {
      const isKnown = ({ subjects }: Renaming) => hasBrought(store, ledger, id, subjects)
      const { before, connection, changed } = await connections.change(id, given, isKnown)
      const { pull } = connections.source(connection.source)
      if (!pull || changed.length === 0) return { connection, changed, begun: [], ended: [] }
      const anew = changed.some((setting) => pull.contents?.includes(setting))
      const keep = (stream: string) => puller.isDeclared(stream) || (pull.includes?.(stream, connection.settings) ?? false)
      const were = pull.streams(before.settings)
      const are = pull.streams(connection.settings)
      // Reading that was ended by hand stays so, unless there is something new to read.
      const wanted = (await pulls.list(id)).length > 0 ? are : are.filter((stream) => !were.includes(stream))
      return { connection, changed, ...(await pulls.change(id, { keep, anew, since: clock() - YEAR }, wanted)) }
    },
    pauseConnection: (id, paused) => connections.pause(id, paused),
    renewConnection: (id) => connections.renew(id),
    giveSecrets: (id, secrets) => connections.give(id, secrets),
    async disconnect(id) {
      await connections.remove(id)
      await pulls.stop(id)
    },
    async backfill(id, since = clock() - YEAR) {
      const { connection, pull, title } = await pullOf(id)
      const streams = pull?.streams(connection.settings) ?? []
      if (streams.length === 0)
        throw new Refusal(
          'pull.nothing',
          pull ? `The settings of ${connection.name} name nothing to read.` : `${title} pushes to us; it is not read.`,
          {
            status: 409,
            fix: pull
              ? 'Say what to read: "Edit settings" on its page, or throughline sources set <id> --set <name>=….'
              : 'What it pushes from now on is kept.',
          },
        )
      await pulls.begin(id, streams, since)
    },
    async steerPulls(id, action) {
      await connections.one(id)
      await pulls[action](id)
    },
    pulls: (id) => pulls.list(id),
    pullsDue: () => puller.isDue(),
    pull: (signal) => puller.work(signal),
    async testConnection(id) {
      const { connection, pull, title } = await pullOf(id)
      if (!pull) return [{ ok: true, what: `${title} pushes to us; its first delivery shows whether it does.` }]
      const remote = reaching(pull, connection, { title, ...asking, signal: AbortSignal.timeout(TEST_MS) })
      try {
        return await pull.test({ settings: connection.settings, secrets: connection.secrets, remote })
      } catch (error) {
        if (error instanceof LimitReached) return [{ ok: false, what: error.message, fix: 'Test it again later.' }]
        if (!(error instanceof Refusal)) throw error
        const { message, fix } = error.problem
        return [{ ok: false, what: message, ...(fix ? { fix } : {}) }]
      }
    },
    deliver: (id, key, delivery) => deliveries.take(id, key, delivery),
    permitDelivery: (id, key) => deliveries.permit(id, key),
    retention: () => retentions.list(),
    keepFor: (kind, days, by) => retentions.keep(kind, days, by),
    wouldForget: (kind, days) => retentions.wouldForget(kind, days),
    anyOld: async () => (await deliveries.anyOld()) || (await retentions.due()),
    async forgetOld() {
      await deliveries.forget()
      await retentions.forget()
    },
    erasePerson: (eye, how) => rejects.erasePerson(eye, how),
    watch: (wish) => watches.add(wish),
    watches: () => watches.list(),
    watchesDue: () => watches.due(),
    watched: (id, outcome) => watches.ran(id, outcome),
    unwatch: (id) => watches.remove(id),
    async post(request) {
      const answer = await asking.outgoing.send({ method: 'POST', ...request })
      const waitSeconds = waitOf(answer, clock())
      return { status: answer.status, text: answer.body.toString('utf8', 0, 1_000), ...(waitSeconds === undefined ? {} : { waitSeconds }) }
    },
    setting: (key) => settings.read(key),
    setSetting: (key, value) => settings.write(key, value),
    settings: (prefix) => settings.list(prefix),
    removeSetting: (key) => settings.remove(key),
  }
}
