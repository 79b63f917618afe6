import { type Clock, formatInstant, type Instant, MINUTE, type Problem } from '../../core/index.ts'
import { instant, sql, type Statement, type Store } from '../../store/index.ts'
import type { Taken } from '../slice.ts'
import type { Page, PullState } from './pull.ts'
import { COLUMNS, type Row, viewOf } from './rows.ts'

/** A round reads again what the one before may have met half written, or by another clock. */
const OVERLAP = 5 * MINUTE
/** A process that has not said for so long that it reads a list is taken for dead. */
const HELD_SECONDS = 90

/** A list this process reads now. */
export interface Claim {
  connection: string
  stream: string
  cursor: Record<string, unknown> | null
  /** Nothing older is needed this time. */
  since: Instant
  roundAt: Instant
  isFirstRound: boolean
  attempts: number
}

/** Thrown when a list was paused, begun anew or taken over meanwhile: what was read of it is dropped. */
export class ClaimLost extends Error {}

/** The lists that are read from connected systems: which, how far, and what is due. */
export class Pulls {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** Reads these lists from the beginning, and forgets any others of the connection. */
  async begin(connection: string, streams: readonly string[], since: Instant): Promise<void> {
    await this.#store.transaction(async () => {
      await this.stop(connection)
      await this.#add(connection, streams, since)
    })
  }

  /** Reads none of its lists any more; what they brought stays. */
  async stop(connection: string): Promise<void> {
    await this.#store.query(sql`delete from pull where connection = ${connection}`)
  }

  /**
   * Reads these lists instead: those that were not read begin a year back, those that are left out end, the others go on where
   * they are, or begin again where `anew` says that they hold something else now. Whoever holds one loses it and comes again.
   */
  async change(
    connection: string,
    { keep, anew, since }: { keep: (stream: string) => boolean; anew: boolean; since: Instant },
    streams: readonly string[],
  ): Promise<{ begun: string[]; ended: string[] }> {
    return this.#store.transaction(async () => {
      const known = (await this.list(connection)).map(({ stream }) => stream)
      const ended = known.filter((stream) => !streams.includes(stream) && !keep(stream))
      const begun = streams.filter((stream) => anew || !known.includes(stream))
      const gone = anew ? known : ended
      await this.#store.query(sql`delete from pull where connection = ${connection} and stream = any(${gone}::text[])`)
      await this.#store.query(sql`update pull set holder = null, held_until = null where connection = ${connection}`)
      await this.#add(connection, begun, since)
      return { begun, ended }
    })
  }

  /** Begins some lists and ends others, and leaves the rest as it is. */
  async declare(connection: string, begun: readonly { stream: string; since: Instant }[], ended: readonly string[]): Promise<void> {
    await this.#store.transaction(async () => {
      await this.#store.query(sql`delete from pull where connection = ${connection} and stream = any(${[...ended]}::text[])`)
      for (const [since, some] of Map.groupBy(begun, (one) => one.since))
        await this.#add(
          connection,
          some.map(({ stream }) => stream),
          since,
        )
    })
  }

  async pause(connection: string): Promise<void> {
    await this.#store.query(sql`
      update pull set state = 'paused', holder = null, held_until = null where connection = ${connection} and state in ('open', 'done')`)
  }

  /** Goes on with what was paused or has failed. */
  async resume(connection: string): Promise<void> {
    await this.#store.query(sql`
      update pull set state = case when finished_at is null then 'open' else 'done' end, due_at = ${instant(this.#clock())}, why = null, attempts = 0, error = null
      where connection = ${connection} and state in ('paused', 'failed')`)
  }

  /** All lists, or those of one connection; what needs people first. */
  async list(connection?: string): Promise<PullState[]> {
    const rows = await this.#store.query<Row>(sql`
      select ${COLUMNS} from pull p where ${connection === undefined ? sql`true` : sql`p.connection = ${connection}`}
      order by p.connection, array_position(array['failed', 'open', 'paused', 'done'], p.state), p.stream`)
    return rows.map(viewOf)
  }

  /** Connections with a list whose time has come and that nobody reads; those that are paused rest. */
  async due(): Promise<string[]> {
    const rows = await this.#store.query<{ connection: string }>(sql`
      select p.connection from pull p join connection c on c.id = p.connection where ${this.#isDue()} group by p.connection order by min(p.due_at)`)
    return rows.map(({ connection }) => connection)
  }

  /** Takes a list nobody reads: only its holder may say how far it came. */
  async claim(connection: string, holder: string): Promise<Claim | null> {
    const now = instant(this.#clock())
    const [row] = await this.#store.query<Omit<Claim, 'since' | 'roundAt'> & { since: Instant; round_at: Instant }>(sql`
      update pull set holder = ${holder}, held_until = now() + make_interval(secs => ${HELD_SECONDS}::double precision),
        round_at = coalesce(round_at, ${now}), started_at = coalesce(started_at, ${now})
      where connection = ${connection} and stream = (
        select p.stream from pull p join connection c on c.id = p.connection where p.connection = ${connection} and ${this.#isDue()}
        order by p.due_at, p.stream limit 1 for update of p skip locked)
      returning connection, stream, cursor, round_since as since, round_at, attempts, finished_at is null as "isFirstRound"`)
    if (!row) return null
    const { round_at: roundAt, ...claim } = row
    return { ...claim, roundAt }
  }

  /** Says that its holder is alive. */
  async hold({ connection, stream }: Claim, holder: string): Promise<void> {
    await this.#held(sql`
      update pull set held_until = now() + make_interval(secs => ${HELD_SECONDS}::double precision)
      where connection = ${connection} and stream = ${stream} and holder = ${holder} and state in ('open', 'done') returning stream`)
  }

  async release({ connection, stream }: Claim, holder: string): Promise<void> {
    await this.#store.query(sql`
      update pull set holder = null, held_until = null where connection = ${connection} and stream = ${stream} and holder = ${holder}`)
  }

  /** Nobody else can be at work on an embedded store: what is held there, a process left behind that died. */
  async releaseAll(): Promise<void> {
    await this.#store.query(sql`update pull set holder = null, held_until = null where holder is not null`)
  }

  /**
   * Notes a page, in the transaction that keeps what it brought. After the last page of a round the next one is due after
   * `everySeconds`; at once after a first one that took long, for what happened behind its back.
   */
  async advance(
    claim: Claim,
    holder: string,
    { next, streams, total, reached }: Page,
    taken: Taken,
    everySeconds: number | null,
  ): Promise<void> {
    const now = this.#clock()
    const records = taken.accepted + taken.revised + taken.duplicates
    const mine = sql`connection = ${claim.connection} and stream = ${claim.stream} and holder = ${holder} and state in ('open', 'done')`
    const noted = sql`pages = pages + 1, records = records + ${records}::bigint, attempts = 0, error = null,
      total = coalesce(${total ?? null}::bigint, total), reached_at = least(reached_at, ${instant(reached ?? null)})`
    if (next !== null)
      await this.#held(sql`
        update pull set ${noted}, cursor = ${JSON.stringify(next)}::json, due_at = ${instant(now)}, why = null where ${mine} returning stream`)
    else {
      const wasLong = claim.isFirstRound && now - claim.roundAt > OVERLAP
      const again = wasLong ? now : everySeconds === null ? null : now + everySeconds * 1000
      await this.#held(sql`
        update pull set ${noted}, cursor = null, round_since = ${instant(claim.roundAt - OVERLAP)}, round_at = null,
          finished_at = coalesce(finished_at, ${instant(now)}), state = 'done', due_at = ${instant(again)}, why = null
        where ${mine} returning stream`)
    }
    if (streams?.length) {
      const [{ since }] = (await this.#store.query<{ since: Instant }>(
        sql`select since from pull where connection = ${claim.connection} and stream = ${claim.stream}`,
      )) as [{ since: Instant }]
      await this.#add(claim.connection, streams, since)
    }
  }

  /** Puts the list off; where `whole` is set, all of the connection's, because they share the limit. */
  async putOff(claim: Claim, holder: string, how: { until: Instant; problem: Problem | null; why: string; whole: boolean }): Promise<void> {
    await this.#store.query(sql`
      update pull set attempts = attempts + 1, due_at = ${instant(how.until)}, why = ${how.why}, error = coalesce(${this.#errorText(how.problem)}::json, error)
      where connection = ${claim.connection} and stream = ${claim.stream} and holder = ${holder}`)
    if (how.whole)
      await this.#store.query(sql`
        update pull set due_at = ${instant(how.until)}, why = ${how.why} where connection = ${claim.connection} and due_at < ${instant(how.until)}`)
  }

  /** Stops reading until people have done something; where `whole` is set, all of the connection's lists. */
  async fail({ connection, stream }: Claim, holder: string, problem: Problem, whole: boolean): Promise<void> {
    const which = whole ? sql`state in ('open', 'done')` : sql`stream = ${stream} and holder = ${holder}`
    await this.#store.query(sql`
      update pull set state = 'failed', error = ${this.#errorText(problem)}::json, why = null, holder = null, held_until = null
      where connection = ${connection} and ${which}`)
  }

  /** Counts what was read among the days of the connection, without a delay: it happened long ago. */
  async count(connection: string, { accepted, revised, duplicates, rejected }: Taken): Promise<void> {
    const at = instant(this.#clock())
    await this.#store.query(sql`
      insert into connection_day as d (connection, day, accepted, revised, duplicates, rejected, last_at)
      values (${connection}, ${at}::date, ${accepted}, ${revised}, ${duplicates}, ${rejected}, ${accepted + revised > 0 ? at : sql`null`})
      on conflict (connection, day) do update set accepted = d.accepted + excluded.accepted, revised = d.revised + excluded.revised,
        duplicates = d.duplicates + excluded.duplicates, rejected = d.rejected + excluded.rejected, last_at = greatest(d.last_at, excluded.last_at)`)
  }

  async #add(connection: string, streams: readonly string[], since: Instant): Promise<void> {
    await this.#store.query(sql`
      insert into pull (connection, stream, state, since, round_since, due_at)
      select ${connection}, stream, 'open', ${instant(since)}, ${instant(since)}, ${instant(this.#clock())} from unnest(${[...streams]}::text[]) as stream
      on conflict (connection, stream) do nothing`)
  }

  #isDue(): Statement {
    return sql`p.state in ('open', 'done') and p.due_at <= ${instant(this.#clock())} and c.paused_at is null
      and (p.held_until is null or p.held_until <= now())`
  }

  async #held(statement: Statement): Promise<void> {
    const rows = await this.#store.query(statement)
    if (rows.length === 0) throw new ClaimLost()
  }

  #errorText(problem: Problem | null): string | null {
    if (!problem) return null
    const { code, message, fix } = problem
    return JSON.stringify({ at: formatInstant(this.#clock()), code, message, fix })
  }
}
