import { timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { type Clock, DAY, formatInstant, type Instant, ok, type Problem, Refusal } from '../../core/index.ts'
import { depthProblem, type Ledger } from '../../ledger/index.ts'
import { instant, sql, type Store } from '../../store/index.ts'
import type { Imports } from '../imports.ts'
import type { Parsed } from '../intake.ts'
import { readPulled } from '../pulls/pulled.ts'
import type { Batches, Taken } from '../slice.ts'
import type { Delivered, OpenConnection } from './connection.ts'
import type { Connections } from './connections.ts'
import { lastEventOf } from './last-event.ts'
import type { Delivery, Payload, Push } from './source.ts'

/** How long a delivery is recognised when it comes again. */
const SEEN_DAYS = 30
/** Format under which lines of connections are kept when they cannot be read. */
export const CONNECTION_FORMAT = 'connection'
const REPEATED = 'This delivery was taken before.'

/** Takes what connected systems push: checks whom it comes from, reads it, keeps it, all before it is acknowledged. */
export class Deliveries {
  readonly #store: Store
  readonly #ledger: Ledger
  readonly #clock: Clock
  readonly #connections: Connections
  readonly #imports: Imports
  readonly #batches: Batches

  constructor(on: { store: Store; ledger: Ledger; clock: Clock; connections: Connections; imports: Imports; batches: Batches }) {
    this.#store = on.store
    this.#ledger = on.ledger
    this.#clock = on.clock
    this.#connections = on.connections
    this.#imports = on.imports
    this.#batches = on.batches
  }

  /**
   * Takes one delivery; durable when it returns.
   * Refuses with `hook.unknown` and `hook.no_such_path` (404), `hook.paused` (409), `hook.too_large` (413), what the source
   * says of a signature (401), `hook.not_json` and `evidence.too_deep` (400), `hook.replayed` (409; acknowledged where the
   * source says so).
   */
  async take(id: string, key: string, delivery: Delivery): Promise<Delivered> {
    const connection = await this.#openAt(id, key)
    try {
      return await this.#take(connection, delivery)
    } catch (error) {
      if (error instanceof Refusal) await this.#connections.refused(id, error.problem)
      throw error
    }
  }

  /** Whether something may be sent to an address: refuses with `hook.unknown` (404). */
  async permit(id: string, key: string): Promise<void> {
    await this.#openAt(id, key)
  }

  /** Reads lines that were refused once more, with the settings the connection has now. */
  async again(raw: string): Promise<Parsed[]> {
    const { connection: id, pulled, ...payload } = Kept.parse(JSON.parse(raw))
    const connection = await this.#connections.one(id)
    if (pulled) return readPulled(this.#connections.source(connection.source), connection, payload)
    const { lines } = this.#pushOf(connection).read(payload, connection.settings)
    return lines
  }

  async #openAt(id: string, key: string): Promise<OpenConnection> {
    const connection = await this.#connections.open(id)
    if (!connection || !same(connection.key, key)) throw unknownAddress()
    return connection
  }

  async #take(connection: OpenConnection, delivery: Delivery): Promise<Delivered> {
    if (connection.pausedAt !== null)
      throw new Refusal('hook.paused', 'This connection is paused.', {
        status: 409,
        fix: 'Resume it on the Sources page, then send again.',
      })
    const push = this.#pushOf(connection)
    fitting(push, delivery)
    const now = this.#clock()
    const verified = push.verify(delivery, connection.secrets, now)
    if (!verified.ok) throw refusalOf(verified.problems[0]!, 401)
    const body = bodyOf(push, delivery)
    const event = push.eventOf(delivery, body)
    const payload: Payload = { event, body, receivedAt: now }
    const { lines, ignored } = push.read(payload, connection.settings)
    const kept = lines.map((line) =>
      'record' in line ? line : { reject: { ...line.reject, raw: rawOf(connection, payload, line.reject) } },
    )
    const { importId } = await this.#imports.begin({
      label: `${connection.name} (${connection.source})`,
      format: CONNECTION_FORMAT,
      fingerprint: `${connection.id} ${formatInstant(now).slice(0, 10)}`,
      by: connection.createdBy,
    })
    return this.#store.transaction(async () => {
      if (!(await this.#isFirst(connection.id, verified.value.replayKey, now))) {
        if (!push.acknowledgesRepeats) throw replayed()
        return this.#repeated(connection.id, now)
      }
      const taken = await this.#batches.take(kept, { importId, by: connection.createdBy, basis: 'observed' })
      for (const kind of push.moves ?? []) {
        const names = kept.flatMap((line) => ('record' in line && line.record.kind === kind ? [line.record] : []))
        if (names.length > 0) await this.#ledger.leaveWithLast(kind, names, { by: connection.createdBy })
      }
      await this.#note(connection.id, kept, taken, { at: now, event, ignored })
      const { accepted, revised, duplicates, rejected, problems } = taken
      return { accepted, revised, duplicates, rejected, problems, ...(ignored ? { ignored } : {}) }
    })
  }

  #pushOf(connection: OpenConnection): Push {
    const { push, title } = this.#connections.source(connection.source)
    if (!push) throw new Refusal('hook.not_pushed', `${title} does not push to us; it is read.`, { status: 405 })
    return push
  }

  async #isFirst(id: string, key: string, now: Instant): Promise<boolean> {
    const rows = await this.#store.query(sql`
      insert into connection_seen (connection, key, at) values (${id}, ${key}, ${instant(now)}) on conflict do nothing returning key`)
    return rows.length > 0
  }

  /** Says so, counts it as a sign of life, and leaves what the last delivery was read as. */
  async #repeated(id: string, at: Instant): Promise<Delivered> {
    await this.#count(id, { accepted: 0, revised: 0, duplicates: 0, rejected: 0 }, { at, ignored: 1, lag: 0, records: 0 })
    return { accepted: 0, revised: 0, duplicates: 0, rejected: 0, problems: [], ignored: REPEATED }
  }

  async #note(
    id: string,
    lines: readonly Parsed[],
    taken: Taken,
    how: { at: Instant; event: string; ignored: string | undefined },
  ): Promise<void> {
    const records = lines.flatMap((line) => ('record' in line ? [line.record] : []))
    const lag = records.reduce((sum, record) => sum + Math.max(0, how.at - Date.parse(record.at)) / 1000, 0)
    await this.#connections.noteLast(id, lastEventOf(lines, taken, how))
    await this.#count(id, taken, { at: how.at, ignored: how.ignored ? 1 : 0, lag, records: records.length })
  }

  async #count(
    id: string,
    { accepted, revised, duplicates, rejected }: Pick<Taken, 'accepted' | 'revised' | 'duplicates' | 'rejected'>,
    { at: moment, ignored, lag, records }: { at: Instant; ignored: 0 | 1; lag: number; records: number },
  ): Promise<void> {
    const at = instant(moment)
    await this.#store.query(sql`
      insert into connection_day as d (connection, day, deliveries, accepted, revised, duplicates, rejected, ignored, last_at, lag_seconds, lag_records)
      values (${id}, ${at}::date, 1, ${accepted}, ${revised}, ${duplicates}, ${rejected}, ${ignored}, ${at}, ${lag}, ${records})
      on conflict (connection, day) do update set deliveries = d.deliveries + 1, accepted = d.accepted + excluded.accepted, revised = d.revised + excluded.revised,
        duplicates = d.duplicates + excluded.duplicates, rejected = d.rejected + excluded.rejected, ignored = d.ignored + excluded.ignored,
        last_at = greatest(d.last_at, excluded.last_at), lag_seconds = d.lag_seconds + excluded.lag_seconds, lag_records = d.lag_records + excluded.lag_records`)
  }

  /** Whether any delivery is too old to be sent again. */
  async anyOld(): Promise<boolean> {
    const [found] = await this.#store.query<{ any: boolean }>(
      sql`select exists (select from connection_seen where at < ${instant(this.#clock() - SEEN_DAYS * DAY)}) as any`,
    )
    return found!.any
  }

  /** Forgets deliveries that are too old to be sent again by anybody. */
  async forget(): Promise<void> {
    await this.#store.query(sql`delete from connection_seen where at < ${instant(this.#clock() - SEEN_DAYS * DAY)}`)
  }
}

/** Turns away what this sender never sends, before anything is worked on. */
function fitting({ paths = [], largest = Infinity }: Push, { path = '', body }: Delivery): void {
  if (path !== '' && !paths.includes(path))
    throw new Refusal('hook.no_such_path', `Nothing is taken at "${path.slice(0, 80)}" below this address.`, {
      status: 404,
      fix: paths.length ? `Send to the address itself, or to ${paths.join(', ')} below it.` : 'Send to the address itself.',
    })
  if (body.length > largest)
    throw new Refusal('hook.too_large', `A delivery of this kind has at most ${Math.floor(largest / 1024)} KB.`, {
      status: 413,
      fix: 'Send fewer events at once.',
    })
}

/** A payload as it is kept when it is refused, and perhaps corrected by hand. */
const Kept = z.object({
  connection: z.string(),
  pulled: z.literal(true).optional(),
  event: z.string(),
  body: z.unknown(),
  receivedAt: z.number().optional(),
})

/** What is kept of a line that was refused: the part that is wrong, or all of the payload. */
function rawOf({ id: connection }: OpenConnection, payload: Payload, { raw }: { raw: string }): string {
  return JSON.stringify({ connection, ...payload, ...(raw === '' ? {} : (JSON.parse(raw) as object)) })
}

function same(known: string, given: string): boolean {
  const a = Buffer.from(known)
  const b = Buffer.from(given)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** The payload as its source understands headers and body, else the JSON in the body; nothing that is nested without end. */
function bodyOf(push: Push, delivery: Delivery): unknown {
  const read = push.bodyOf?.(delivery) ?? ok(parsed(delivery.body))
  const problem = read.ok ? depthProblem(read.value) : read.problems[0]!
  if (problem) throw refusalOf(problem, 400)
  return read.ok ? read.value : null
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    throw new Refusal('hook.not_json', `The body is not JSON in UTF-8: ${(error as Error).message}`, {
      fix: 'Choose application/json as content type on the other side.',
    })
  }
}

function refusalOf({ code, message, severity: _severity, ...more }: Problem, status: number): Refusal {
  return new Refusal(code, message, { ...more, status })
}

function replayed(): Refusal {
  return new Refusal('hook.replayed', REPEATED, { status: 409, fix: 'Nothing is to be done: its records are here.' })
}

/** One answer for a wrong id and a wrong key, so that neither can be found by trying. */
function unknownAddress(): Refusal {
  return new Refusal('hook.unknown', 'Nothing is connected at this address.', {
    status: 404,
    fix: 'Copy the address from the Sources page again.',
  })
}
