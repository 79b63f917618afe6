import { EmbeddedEngine } from '../../src/ground/store/embedded/engine.ts'
import { type Connection, type Engine, type Lane, type Lease, type Snapshot, withLease } from '../../src/ground/store/engine.ts'
import { closed } from '../../src/ground/store/errors.ts'
import { DEFAULT_DEADLINE_MS } from '../../src/ground/store/open.ts'
import { ServerEngine } from '../../src/ground/store/server/engine.ts'
import { identifier } from '../../src/ground/store/statement.ts'

/** A database, with what it was when it was fresh. */
interface Owned {
  engine: Engine
  /** Rows that migrations wrote, by table. */
  seed: ReadonlyMap<string, string>
  shape: string
}

const idle: Owned[] = []

/**
 * A migrated, empty database that is lent: closed by its test it is emptied and lent again. To start another in memory takes
 * half a second of processor time and half a gigabyte, to copy one on a server about as long; to empty one, a twentieth of a
 * second. One whose tables, functions or settings a test changed is ended.
 * @param from the data folder of one as a tar file, or the address of one on a server
 */
export async function lendEngine(from: () => Promise<Uint8Array<ArrayBuffer> | string>): Promise<Engine> {
  return new LentEngine(idle.pop() ?? (await owned(await from())))
}

class LentEngine implements Engine {
  readonly mode: Engine['mode']
  readonly deadlineMs = DEFAULT_DEADLINE_MS
  readonly #owned: Owned
  #closed = false
  #leases = 0
  #givenBack = Promise.withResolvers<void>()

  constructor(database: Owned) {
    this.mode = database.engine.mode
    this.#owned = database
  }

  async lease(lane: Lane): Promise<Lease> {
    if (this.#closed) throw closed()
    this.#leases += 1
    const leave = () => {
      this.#leases -= 1
      if (this.#closed && this.#leases === 0) this.#givenBack.resolve()
    }
    const lease = await this.#owned.engine.lease(lane).catch((error: unknown) => {
      leave()
      throw error
    })
    const release = lease.release.bind(lease)
    lease.release = (broken) => {
      release(broken)
      leave()
    }
    return lease
  }

  async snapshot(): Promise<Snapshot> {
    if (this.#closed) throw closed()
    return this.#owned.engine.snapshot()
  }

  waiting(): Record<Lane, number> {
    return this.#owned.engine.waiting()
  }

  /** Waits for work in hand, as every engine does. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    if (this.#leases > 0) await this.#givenBack.promise
    const { engine } = this.#owned
    const isFresh = await withLease(engine, 'background', (lease) => empty(lease, this.#owned)).catch(() => false)
    if (isFresh) idle.push(this.#owned)
    else await engine.close().catch(() => undefined)
  }
}

async function owned(from: Uint8Array<ArrayBuffer> | string): Promise<Owned> {
  const engine =
    typeof from === 'string'
      ? await ServerEngine.connect(from, DEFAULT_DEADLINE_MS)
      : await EmbeddedEngine.start({ folder: null, durable: false, image: from }, DEFAULT_DEADLINE_MS)
  return withLease(engine, 'interactive', async (lease) => {
    const seed = new Map<string, string>()
    for (const table of await filledTables(lease)) {
      const { rows } = await lease.run(`select json_agg(whole_row)::text as rows from ${identifier(table)} whole_row`)
      const told = (rows[0] as { rows: string | null }).rows
      if (told !== null) seed.set(table, told)
    }
    return { engine, seed, shape: await shapeOf(lease) }
  })
}

/** Empties a database; false when it would not be as it was. */
async function empty(connection: Connection, { engine, seed, shape }: Owned): Promise<boolean> {
  await connection.run('discard temp')
  if ((await shapeOf(connection)) !== shape) return false
  const filled = await filledTables(connection)
  if (filled.length > 0) await connection.run(`truncate ${filled.map(identifier).join(', ')} cascade`)
  for (const [table, rows] of seed)
    await connection.run(`insert into ${identifier(table)} select * from json_populate_recordset(null::${identifier(table)}, $1::json)`, [
      rows,
    ])
  await connection.script(FORGET)
  if (engine.mode === 'embedded') await connection.run('checkpoint') // its log lies in memory, too
  return true
}

/** Numbers begin anew, and the planner knows as little of the tables as before. */
const FORGET = `
  select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences where last_value is not null;
  delete from pg_statistic where starelid in (select oid from pg_class where relnamespace = 'public'::regnamespace);
  update pg_class set relpages = 0, reltuples = -1, relallvisible = 0
    where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples <> -1;
  select pg_stat_reset(), pg_advisory_unlock_all();`

/** Also those whose rows were all deleted: nobody clears them away here, and whoever comes next would read past them. */
async function filledTables(connection: Connection): Promise<string[]> {
  const { rows } = await connection.run(
    `select relname::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'store_migration' and pg_relation_size(oid) > 0`,
  )
  return (rows as { name: string }[]).map(({ name }) => name)
}

/** Changes with every table, column, rule, function and setting. */
async function shapeOf(connection: Connection): Promise<string> {
  const { rows } = await connection.run(`select md5(concat(
    (select string_agg(concat(c.relnamespace, c.relname, c.relkind, c.reloptions::text), ',' order by c.oid) from pg_class c where c.relpersistence <> 't' and c.oid >= 16384),
    (select string_agg(concat(a.attrelid, a.attname, a.atttypid, a.attnotnull, a.atthasdef), ',' order by a.attrelid, a.attnum) from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relpersistence <> 't' and c.relkind = 'r' and c.oid >= 16384),
    (select string_agg(concat(oid, conname, convalidated), ',' order by oid) from pg_constraint where oid >= 16384),
    (select string_agg(concat(oid, proname, md5(prosrc)), ',' order by oid) from pg_proc where oid >= 16384),
    (select string_agg(concat(oid, tgname, tgenabled), ',' order by oid) from pg_trigger),
    (select string_agg(nspname, ',' order by oid) from pg_namespace where nspname not like 'pg\\_%'),
    (select string_agg(concat(name, setting), ',' order by name) from pg_settings where source not in ('default', 'override') and name not like 'transaction%')
  )) as shape`)
  return (rows[0] as { shape: string }).shape
}
