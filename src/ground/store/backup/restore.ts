import { Refusal } from '../../core/index.ts'
import { type Connection, type Engine, withLease } from '../engine.ts'
import { applyMigration, checkVersion, inTransaction, prepareMigrations } from '../migrate.ts'
import { type Migration, readMigrations } from '../migrations.ts'
import { openEngine } from '../open.ts'
import { identifier } from '../statement.ts'
import type { StoreOptions } from '../store.ts'
import type { BackupHeader, Sequences, TableHeading } from './format.ts'
import { readBackup } from './read.ts'
import { copyTarget, tableName, tablesInOrder } from './tables.ts'

/** What was restored. */
export interface RestoreResult {
  file: string
  /** When the backup was made, RFC 3339. */
  createdAt: string
  tables: Record<string, number>
  /** All tables together. */
  rows: number
}

/**
 * Fills an empty store from a backup, all or nothing; of an older version it is brought up to date. The whole file is
 * checked before anything is touched.
 * @param options which store; `force` replaces what is in it. Stop other processes that use a server's database first.
 */
export async function restore(file: string, options: StoreOptions & { force?: boolean }): Promise<RestoreResult> {
  const migrations = await readMigrations()
  const header = await verify(file, migrations)
  const engine = await openEngine(options)
  try {
    return await withLease(engine, 'interactive', async (lease) => {
      await lease.allow(null)
      if (!options.force) await refuseUnlessEmpty(lease, engine, migrations)
      const tables = await inTransaction(lease, () => replace(lease, file, header, migrations))
      await lease.run(`analyze ${(await tablesInOrder(lease)).map(({ table }) => tableName(table)).join(', ')}`)
      return { file, createdAt: header.createdAt, tables, rows: Object.values(tables).reduce((sum, count) => sum + count, 0) }
    })
  } finally {
    await engine.close()
  }
}

/** Reads all of it once, for its checksum. */
async function verify(file: string, migrations: readonly Migration[]): Promise<BackupHeader> {
  let header: BackupHeader | null = null
  for await (const part of readBackup(file)) if (part.part === 'header') header = part.header
  if (!header) throw new Error('a backup without header passed its own check')
  checkVersion(header.migrations, migrations)
  return header
}

async function refuseUnlessEmpty(connection: Connection, engine: Engine, migrations: readonly Migration[]): Promise<void> {
  const tables = await tablesInOrder(connection)
  if (tables.length === 0) return // nobody has opened it yet
  const fresh = await freshRows(connection, migrations)
  for (const { table } of tables) {
    const { rows } = await connection.run(`select exists (select from ${tableName(table)} offset $1) as used`, [
      String(fresh.get(table) ?? 0),
    ])
    if (!(rows[0] as { used: boolean }).used) continue
    const where = engine.mode === 'server' ? 'The database' : 'The data folder'
    throw new Refusal('store.not_empty', `${where} is not empty: the table ${table} has rows.`, {
      status: 409,
      fix: 'Restore into an empty one, or replace what is there with --force.',
    })
  }
}

/** How many rows the migrations themselves put into each table, tried out in a schema of its own that is never kept. */
async function freshRows(connection: Connection, migrations: readonly Migration[]): Promise<Map<string, number>> {
  await connection.script('begin; create schema throughline_fresh; set local search_path = throughline_fresh')
  try {
    for (const { text } of migrations) await connection.script(text)
    const counts = new Map<string, number>()
    const { rows: tables } = await connection.run(
      `select relname::text as table from pg_class where relnamespace = 'throughline_fresh'::regnamespace and relkind = 'r'`,
    )
    for (const { table } of tables as { table: string }[]) {
      const { rows } = await connection.run(`select count(*) as n from ${identifier(table)}`)
      counts.set(table, (rows[0] as { n: number }).n)
    }
    return counts
  } finally {
    await connection.script('rollback')
  }
}

async function replace(
  connection: Connection,
  file: string,
  { migrations: had }: BackupHeader,
  migrations: readonly Migration[],
): Promise<Record<string, number>> {
  await connection.script(EMPTY_SCHEMA)
  await prepareMigrations(connection)
  const then = new Set(had.map(({ name }) => name))
  for (const migration of migrations) if (then.has(migration.name)) await applyMigration(connection, migration)
  await connection.script(EMPTY_TABLES)
  const counts = await load(connection, file)
  for (const migration of migrations) if (!then.has(migration.name)) await applyMigration(connection, migration)
  return counts
}

/** Removes what migrations wrote. Only where there is something: emptying an empty table costs a new file of it all the same. */
const EMPTY_TABLES = `
  do $$ declare t text; used boolean; begin
    for t in select tablename from pg_tables where schemaname = 'public' and tablename <> 'store_migration' loop
      execute format('select exists (select from public.%I)', t) into used;
      if used then execute format('truncate public.%I cascade', t); end if;
    end loop;
  end $$`

/** Removes what our migrations make, and what belongs to no extension. */
const EMPTY_SCHEMA = `
  do $$ declare thing record; begin
    for thing in select c.oid::regclass as name, c.relkind as kind from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') loop
      if to_regclass(thing.name::text) is null then continue; end if;
      execute format('drop %s %s cascade', case thing.kind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end, thing.name);
    end loop;
    for thing in select p.oid::regprocedure as name, p.prokind as kind from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
        and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
      execute format('drop %s %s cascade', case thing.kind when 'p' then 'procedure' else 'function' end, thing.name);
    end loop;
    for thing in select t.oid::regtype as name from pg_type t
      where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd')
        and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e') loop
      execute format('drop type %s cascade', thing.name);
    end loop;
  end $$`

async function load(connection: Connection, file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  let table: TableHeading | null = null
  for await (const part of readBackup(file)) {
    if (part.part === 'table') {
      table = part.heading
      counts[table.table] = 0
    } else if (part.part === 'rows') {
      counts[table!.table]! += part.count
      await connection.copyIn(copyTarget(table!), [part.text], 'text')
    } else if (part.part === 'sequences') {
      await resume(connection, part.sequences)
    }
  }
  return counts
}

async function resume(connection: Connection, sequences: Sequences['sequences']): Promise<void> {
  for (const { name, last } of sequences) await connection.run('select setval($1::regclass, $2::bigint)', [tableName(name), last])
}
