import { randomUUID } from 'node:crypto'
import { type Clock, formatInstant, Refusal } from '../../core/index.ts'
import { DatabaseError, type Store } from '../../store/index.ts'
import type { OpenConnection } from '../connections/connection.ts'
import type { Connections } from '../connections/connections.ts'
import { CONNECTION_FORMAT } from '../connections/deliveries.ts'
import { lastEventOf } from '../connections/last-event.ts'
import type { Imports } from '../imports.ts'
import type { Parsed } from '../intake.ts'
import { liesInData } from '../lies-in-data.ts'
import type { Outgoing } from '../outgoing/index.ts'
import type { Batches, Taken } from '../slice.ts'
import { Declared } from './declared.ts'
import { LimitReached } from './limits.ts'
import { backoffSeconds, type Pace } from './pace.ts'
import { readPulled } from './pulled.ts'
import type { DeclaredFinder, Page, Pull } from './pull.ts'
import { type Claim, ClaimLost, type Pulls } from './pulls.ts'
import { mayPass, type Remote, remoteOf } from './remote.ts'

/** Connections that are read at the same time. */
const AT_ONCE = 4
/** How often a holder says that it is alive. */
const HOLD_MS = 20_000
/** What is waited where the other side limits us without saying for how long ("Rate limits for the REST API", GitHub). */
const UNSAID_LIMIT_SECONDS = 60

interface On {
  store: Store
  clock: Clock
  connections: Connections
  imports: Imports
  batches: Batches
  pulls: Pulls
  outgoing: Outgoing
  pace: Pace
}

/** Reads the lists that are due: page by page, each kept together with where the next one begins. */
export class Puller {
  readonly #on: On
  readonly #holder = randomUUID()
  readonly #declared: Declared
  #begun = false

  constructor(on: On) {
    this.#on = on
    this.#declared = new Declared(on)
  }

  /** Lists that connections of a kind read beside their own. */
  registerDeclared(kind: string, find: DeclaredFinder): void {
    this.#declared.register(kind, find)
  }

  /** Whether a list is one of those; settings neither begin nor end it. */
  isDeclared(stream: string): boolean {
    return this.#declared.is(stream)
  }

  async isDue(): Promise<boolean> {
    await this.#begin()
    await this.#declared.look()
    return (await this.#on.pulls.due()).length > 0
  }

  /** Reads until nothing is due any more or the signal says to stop; at any moment it may be killed and goes on later. */
  async work(signal: AbortSignal): Promise<void> {
    const { pulls } = this.#on
    await this.#begin()
    for (let due = await pulls.due(); due.length > 0 && !signal.aborted; due = await pulls.due())
      await Promise.all(due.slice(0, AT_ONCE).map((id) => this.#connection(id, signal)))
  }

  async #begin(): Promise<void> {
    if (!this.#begun && this.#on.store.mode === 'embedded') await this.#on.pulls.releaseAll()
    this.#begun = true
  }

  /** One list after the other, for a while: others want their turn. */
  async #connection(id: string, signal: AbortSignal): Promise<void> {
    const { pulls, pace } = this.#on
    const until = performance.now() + pace.turnSeconds * 1000
    do {
      const claim = await pulls.claim(id, this.#holder)
      if (!claim) return
      try {
        await this.#list(claim, signal, until)
      } catch (error) {
        if (!(error instanceof ClaimLost) && !signal.aborted) await this.#troubled(claim, error)
      } finally {
        await pulls.release(claim, this.#holder)
      }
    } while (performance.now() < until && !signal.aborted)
  }

  async #list(claim: Claim, signal: AbortSignal, until: number): Promise<void> {
    const { connections, pulls, outgoing, pace } = this.#on
    const connection = await connections.one(claim.connection)
    const { pull, title } = connections.source(connection.source)
    if (!pull) throw new Refusal('pull.not_pulled', `${title} pushes to us; it is not read.`)
    const declared = this.isDeclared(claim.stream) ? await this.#declared.listOf(connection.source, connection, claim.stream) : undefined
    if (declared === null) return pulls.declare(claim.connection, [], [claim.stream])
    let held = performance.now()
    const before = async () => {
      if (performance.now() - held < HOLD_MS) return
      held = performance.now()
      await pulls.hold(claim, this.#holder)
    }
    const remote = reaching(pull, connection, { title, outgoing, pace, signal, before })
    let { cursor } = claim
    do {
      const { settings, secrets } = connection
      const { stream, since, roundAt: until } = claim
      const page = await pull.page({
        stream,
        cursor,
        since,
        until,
        settings,
        secrets,
        remote,
        ...(declared ? { declared: declared.ask } : {}),
      })
      await this.#keep(claim, connection, pull, page)
      cursor = page.next
    } while (cursor !== null && performance.now() < until && !signal.aborted)
  }

  async #keep(claim: Claim, connection: OpenConnection, pull: Pull, page: Page): Promise<void> {
    const { store, clock, connections, imports, batches, pulls } = this.#on
    const source = connections.source(connection.source)
    const lines = page.payloads.flatMap((payload) => readPulled(source, connection, payload))
    const every = pull.everySeconds(connection.settings, this.isDeclared(claim.stream))
    const { importId } = await imports.begin({
      label: `${connection.name} (${connection.source})`,
      format: CONNECTION_FORMAT,
      fingerprint: `${connection.id} ${formatInstant(clock()).slice(0, 10)}`,
      by: connection.createdBy,
    })
    const take = (some: readonly Parsed[]) => batches.take(some, { importId, by: connection.createdBy, basis: 'observed', rereads: true })
    const keep = (also: readonly Parsed[], known = NOTHING) =>
      store.transaction(async () => {
        const taken = also.length > 0 ? await take(also) : known
        await pulls.advance(claim, this.#holder, page, taken, every)
        await pulls.count(connection.id, taken)
        // Where nothing is pushed, what was read last is what people wait for.
        if (!source.push && lines.length > 0)
          await connections.noteLast(connection.id, lastEventOf(lines, taken, { at: clock(), event: claim.stream }))
      })
    try {
      await keep(lines)
    } catch (error) {
      if (!(error instanceof DatabaseError) || !liesInData(error)) throw error
      // A record the store refuses becomes a reject, found by halves, which takes transactions of its own. Killed in between,
      // the page is read again, and what is known by then stays as it is.
      await keep([], await take(lines))
    }
  }

  async #troubled(claim: Claim, error: unknown): Promise<void> {
    const { pulls, clock, pace } = this.#on
    const later = (seconds: number) => clock() + seconds * 1000
    if (error instanceof LimitReached) {
      const unsaid = Math.max(UNSAID_LIMIT_SECONDS, backoffSeconds(claim.attempts + 1, UNSAID_LIMIT_SECONDS, pace))
      const until = later(error.seconds ?? unsaid)
      await pulls.putOff(claim, this.#holder, { until, problem: null, why: error.message, whole: true })
    } else if (mayPass(error) || isStoreTrouble(error)) {
      const until = later(backoffSeconds(claim.attempts + 1, pace.firstPageRetrySeconds, pace))
      const problem = error instanceof Refusal ? error.problem : { code: 'pull.store', severity: 'error' as const, message: error.message }
      await pulls.putOff(claim, this.#holder, { until, problem, why: error.message, whole: false })
    } else if (error instanceof Refusal) await pulls.fail(claim, this.#holder, error.problem, CONCERNS_ALL.has(error.problem.code))
    else {
      const message = `This list cannot be read: ${(error as Error).message}`
      const problem = { code: 'pull.fault', severity: 'error' as const, message, fix: 'This is a fault of ours: report it, then resume.' }
      await pulls.fail(claim, this.#holder, problem, false)
      throw error
    }
  }
}

const NOTHING: Taken = { accepted: 0, revised: 0, duplicates: 0, rejected: 0, byKind: {}, problems: [] }

/** What is wrong with one list is wrong with all that use the same token and address. */
const CONCERNS_ALL = new Set(['pull.unauthorized', 'outgoing.private_address', 'outgoing.bad_address', 'identity.unreadable'])

/** A store that is full, busy or away for a while (PostgreSQL, appendix A: classes 08, 40, 53, 57, 58). */
function isStoreTrouble(error: unknown): error is Refusal | DatabaseError {
  if (error instanceof Refusal) return error.problem.code.startsWith('store.')
  return error instanceof DatabaseError && /^(?:08|40|5[378])/.test(error.code)
}

/** The other side of a connection. */
export function reaching(
  pull: Pull,
  { settings, secrets }: OpenConnection,
  on: { title: string; outgoing: Outgoing; pace: Pace; signal: AbortSignal; before?: () => Promise<void> },
): Remote {
  return remoteOf({ base: '', headers: {}, ...pull.reach?.(settings, secrets), ...on })
}
