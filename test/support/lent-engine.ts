import { EmbeddedEngine } from '../../src/ground/store/embedded/engine.ts'
import { type Connection, type Engine, type Lane, type Lease, type Snapshot, withLease } from '../../src/ground/store/engine.ts'
import { closed } from '../../src/ground/store/errors.ts'
import { DEFAULT_DEADLINE_MS } from '../../src/ground/store/open.ts'
import { identifier } from '../../src/ground/store/statement.ts'

/** A database in memory, with what it was when it was fresh. */
interface Owned {
  engine: EmbeddedEngine
  /** Rows that migrations wrote, by table. */
  seed: ReadonlyMap<string, string>
  shape: string
}

const idle: Owned[] = []

/**
 * A migrated, empty database in memory that is lent: closed by its test it is emptied and lent again, because to start another
 * takes half a second of processor time and half a gigabyte. One whose tables, functions or settings a test changed is ended.
 */
export async function lendEngine(image: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Engine> {
  return new LentEngine(idle.pop() ?? (await start(await image())))
}

class LentEngine implements Engine {
  readonly mode = 'embedded'
  readonly deadlineMs = DEFAULT_DEADLINE_MS
  readonly #owned: Owned
  #closed = false

  constructor(owned: Owned) {
    this.#owned = owned
  }

  async lease(lane: Lane): Promise<Lease> {
    const lease = await this.#owned.engine.lease(lane)
    if (!this.#closed) return lease
    lease.release()
    throw closed()
  }

  async snapshot(): Promise<Snapshot> {
    if (this.#closed) throw closed()
    return this.#owned.engine.snapshot()
  }

  waiting(): Record<Lane, number> {
    return this.#owned.engine.waiting()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    const { engine } = this.#owned
    const isFresh = await withLease(engine, 'background', async (lease) => {
      this.#closed = true
      return empty(lease, this.#owned)
    }).catch(() => false)
    if (isFresh) idle.push(this.#owned)
    else await engine.close().catch(() => undefined)
  }
}

async function start(image: Uint8Array<ArrayBuffer>): Promise<Owned> {
  const engine = await EmbeddedEngine.start({ folder: null, durable: false, image }, DEFAULT_DEADLINE_MS)
  return withLease(engine, 'interactive', async (lease) => {
    const seed = new Map<string, string>()
    for (const table of await filledTables(lease)) {
      const { rows } = await lease.run(`select json_agg(whole_row)::text as rows from ${identifier(table)} whole_row`)
      seed.set(table, (rows[0] as { rows: string }).rows)
    }
    return { engine, seed, shape: await shapeOf(lease) }
  })
}

/** Empties a database; false when it would not be as it was. */
async function empty(connection: Connection, { seed, shape }: Owned): Promise<boolean> {
  await connection.run('discard temp')
  if ((await shapeOf(connection)) !== shape) return false
  const filled = await filledTables(connection)
  if (filled.length > 0) await connection.run(`truncate ${filled.map(identifier).join(', ')} cascade`)
  for (const [table, rows] of seed)
    await connection.run(`insert into ${identifier(table)} select * from json_populate_recordset(null::${identifier(table)}, $1::json)`, [
      rows,
    ])
  await connection.script(FORGET)
  await connection.run('checkpoint')
  return true
}

/** Numbers begin anew, and the planner knows as little of the tables as before. */
const FORGET = `
  select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences where last_value is not null;
  delete from pg_statistic where starelid in (select oid from pg_class where relnamespace = 'public'::regnamespace);
  update pg_class set relpages = 0, reltuples = -1, relallvisible = 0
    where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples <> -1;
  select pg_stat_reset(), pg_advisory_unlock_all();`

async function filledTables(connection: Connection): Promise<string[]> {
  const { rows } = await connection.run(
    `select relname::text as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'store_migration'`,
  )
  const names = (rows as { name: string }[]).map(({ name }) => name)
  const { rows: found } = await connection.run(
    names.map((name) => `select '${name}' as name where exists (select from ${identifier(name)})`).join(' union all '),
  )
  return (found as { name: string }[]).map(({ name }) => name)
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
