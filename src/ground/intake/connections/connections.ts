import { randomBytes } from 'node:crypto'
import { type Clock, formatInstant, type Instant, type Problem, type Ref, Refusal } from '../../core/index.ts'
import type { Identity } from '../../identity/index.ts'
import { instant, sql, type Statement, type Store } from '../../store/index.ts'
import { changedSettings, differing, type Renaming, renamings, wouldRename } from './change.ts'
import type { Connection, ConnectionDay, LastEvent, OpenConnection } from './connection.ts'
import { firstSecrets, KEY, laterSecrets, madeHere } from './secrets.ts'
import { RHYTHM_DAYS } from './silence.ts'
import type { Secrets, SourceDefinition } from './source.ts'

interface Row {
  id: string
  source: string
  name: string
  settings: Record<string, unknown>
  sealed: Uint8Array
  created_at: Instant
  created_by: Ref
  paused_at: Instant | null
  last_event: LastEvent | null
}

const COLUMNS = sql`id, source, name, settings, sealed, created_at, created_by, paused_at, last_event`

/** Connected systems: made, listed, paused, removed. */
export class Connections {
  readonly #store: Store
  readonly #identity: Identity
  readonly #clock: Clock
  readonly #sources = new Map<string, SourceDefinition>()

  constructor(store: Store, identity: Identity, clock: Clock) {
    this.#store = store
    this.#identity = identity
    this.#clock = clock
  }

  register(source: SourceDefinition): void {
    if (this.#sources.has(source.kind)) throw new Error(`The source ${source.kind} is registered twice`)
    this.#sources.set(source.kind, source)
  }

  sources(): SourceDefinition[] {
    return [...this.#sources.values()].sort((a, b) => (a.title < b.title ? -1 : 1))
  }

  source(kind: string): SourceDefinition {
    const found = this.#sources.get(kind)
    if (!found)
      throw new Refusal('source.unknown', `Nothing here connects to "${kind}".`, {
        status: 404,
        path: 'source',
        fix: `Choose one of ${this.sources()
          .map((one) => one.kind)
          .join(', ')}; anything else can post records to /api/evidence.`,
      })
    return found
  }

  /** Secrets that nobody gave are made here; their texts are told once. */
  async create(
    wish: { source: string; name?: string; settings: Record<string, unknown>; secrets: Record<string, string> },
    by: Ref,
  ): Promise<OpenConnection> {
    const source = this.source(wish.source)
    const settings = settingsOf(source, wish.settings)
    const secrets = firstSecrets(source, wish.secrets)
    const [row] = await this.#store.query<Row>(sql`
      insert into connection (id, source, name, settings, sealed, created_at, created_by)
      values (${randomBytes(6).toString('hex')}, ${source.kind}, ${wish.name?.trim() || source.title}, ${JSON.stringify(settings)}::json,
        ${this.#identity.seal(JSON.stringify(secrets))}, ${instant(this.#clock())}, ${by})
      returning ${COLUMNS}`)
    return this.#open(row!)
  }

  async list(): Promise<Connection[]> {
    return (await this.#store.query<Row>(sql`select ${COLUMNS} from connection order by created_at, id`)).map(viewOf)
  }

  async open(id: string): Promise<OpenConnection | null> {
    const [row] = await this.#store.query<Row>(sql`select ${COLUMNS} from connection where id = ${id}`)
    return row ? this.#open(row) : null
  }

  async one(id: string): Promise<OpenConnection> {
    const found = await this.open(id)
    if (!found) throw noSuchConnection(id)
    return found
  }

  async pause(id: string, paused: boolean): Promise<Connection> {
    return this.#changed(
      id,
      sql`update connection set paused_at = ${instant(paused ? this.#clock() : null)} where id = ${id} returning ${COLUMNS}`,
    )
  }

  /**
   * Keeps other settings, those that were not given as they are, and another name.
   * @param isKnown whether anything is known by the names a setting gave
   * @returns the connection as it was and as it is
   */
  async change(
    id: string,
    given: { name?: string | undefined; settings: Readonly<Record<string, unknown>> },
    isKnown: (renaming: Renaming) => Promise<boolean>,
  ): Promise<{ before: Connection; connection: Connection; changed: string[] }> {
    const { secrets: _, key: _key, ...before } = await this.one(id)
    const source = this.source(before.source)
    const settings = settingsOf(source, changedSettings(before.settings, given.settings))
    for (const renaming of renamings(source, before.settings, settings)) if (await isKnown(renaming)) throw wouldRename(source, renaming)
    const name = given.name?.trim() || before.name
    const connection = await this.#changed(
      id,
      sql`update connection set settings = ${JSON.stringify(settings)}::json, name = ${name} where id = ${id} returning ${COLUMNS}`,
    )
    return { before, connection, changed: differing(before.settings, settings) }
  }

  /** Keeps secrets the other side made, also instead of earlier ones; names the source does not know are refused. */
  async give(id: string, given: Readonly<Record<string, string>>): Promise<Connection> {
    const { source: kind, secrets, key } = await this.one(id)
    return viewOf(await this.#keepSecrets(id, { ...secrets, ...laterSecrets(this.source(kind), given), [KEY]: key }))
  }

  /** Makes its address and the secrets of this side anew; from then on nothing is taken by the old ones. */
  async renew(id: string): Promise<OpenConnection> {
    const { source, secrets } = await this.one(id)
    return this.#open(await this.#keepSecrets(id, { ...secrets, ...madeHere(this.source(source)) }))
  }

  /** Forgets the connection; what it brought stays. */
  async remove(id: string): Promise<void> {
    await this.#changed(id, sql`delete from connection where id = ${id} returning ${COLUMNS}`)
    await this.#store.query(sql`delete from connection_day where connection = ${id}`)
    await this.#store.query(sql`delete from connection_seen where connection = ${id}`)
  }

  /** The days since a moment, oldest first, by connection. */
  async days(since: Instant): Promise<Map<string, ConnectionDay[]>> {
    const rows = await this.#store.query<Omit<ConnectionDay, 'lagSeconds' | 'lastAt' | 'lastRefusal'> & DayRow>(sql`
      select connection, to_char(day, 'YYYY-MM-DD') as day, deliveries, accepted, revised, duplicates, rejected, ignored, refused,
        last_at, last_refusal, lag_seconds, lag_records
      from connection_day where day >= ${instant(since)}::date order by connection, day`)
    return Map.groupBy(
      rows.map(({ last_at: lastAt, last_refusal: lastRefusal, lag_seconds: lag, lag_records: n, ...day }) => ({
        ...day,
        lastAt,
        lastRefusal,
        lagSeconds: n === 0 ? null : lag / n,
      })),
      ({ connection }) => connection,
    )
  }

  /** The last moment of each of the latest days on which something came, however long ago, by connection and oldest first. */
  async rhythms(): Promise<Map<string, Instant[]>> {
    const rows = await this.#store.query<{ connection: string; at: Instant }>(sql`
      select c.id as connection, d.last_at as at from connection c cross join lateral (
        select last_at from connection_day where connection = c.id and last_at is not null order by day desc limit ${RHYTHM_DAYS}::bigint) d
      order by c.id, d.last_at`)
    return new Map([...Map.groupBy(rows, ({ connection }) => connection)].map(([id, own]) => [id, own.map(({ at }) => at)]))
  }

  /** Keeps what was told last, without people who were erased. */
  async noteLast(id: string, last: LastEvent): Promise<void> {
    const kept = JSON.stringify(this.#identity.people.erased.without(last))
    await this.#store.query(sql`update connection set last_event = ${kept}::json where id = ${id}`)
  }

  /** Notes that somebody was turned away, in the words they were told. */
  async refused(id: string, problem: Problem): Promise<void> {
    const at = this.#clock()
    await this.#store.query(sql`
      insert into connection_day as d (connection, day, refused, last_refusal)
      values (${id}, ${instant(at)}::date, 1, ${JSON.stringify({ at: formatInstant(at), code: problem.code, message: problem.message })}::json)
      on conflict (connection, day) do update set refused = d.refused + 1, last_refusal = excluded.last_refusal`)
  }

  #keepSecrets(id: string, secrets: Secrets): Promise<Row> {
    const sealed = this.#identity.seal(JSON.stringify(secrets))
    return this.#row(id, sql`update connection set sealed = ${sealed} where id = ${id} returning ${COLUMNS}`)
  }

  async #changed(id: string, statement: Statement<Row>): Promise<Connection> {
    return viewOf(await this.#row(id, statement))
  }

  async #row(id: string, statement: Statement<Row>): Promise<Row> {
    const [row] = await this.#store.query(statement)
    if (!row) throw noSuchConnection(id)
    return row
  }

  #open(row: Row): OpenConnection {
    const { [KEY]: key = '', ...secrets } = JSON.parse(this.#identity.unseal(Buffer.from(row.sealed))) as Record<string, string>
    return { ...viewOf(row), key, secrets }
  }
}

interface DayRow {
  connection: string
  last_at: Instant | null
  last_refusal: ConnectionDay['lastRefusal']
  lag_seconds: number
  lag_records: number
}

function settingsOf(source: SourceDefinition, given: Record<string, unknown>): Record<string, unknown> {
  const read = source.settings.safeParse(given)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Refusal('source.bad_setting', `${source.title}: ${issue!.path.join('.') || 'settings'} ${issue!.message}`, {
    path: ['settings', ...issue!.path].join('.'),
    fix: `Its settings are ${Object.keys(source.settings.shape).join(', ')}.`,
  })
}

function noSuchConnection(id: string): Refusal {
  return new Refusal('source.no_such_connection', `There is no connection ${id}.`, {
    status: 404,
    fix: '`throughline sources` lists those there are.',
  })
}

function viewOf({
  id,
  source,
  name,
  settings,
  created_at: createdAt,
  created_by: createdBy,
  paused_at: pausedAt,
  last_event: lastEvent,
}: Row): Connection {
  return { id, source, name, settings, createdAt, createdBy, pausedAt, lastEvent }
}
