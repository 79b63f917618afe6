import { Refusal } from '../core/index.ts'
import type { Connection } from './engine.ts'
import type { Migration } from './migrations.ts'

/** The advisory lock that lets one process migrate a server at a time; any number, the same for all versions. */
const MIGRATION_LOCK = '6072034201'

export interface AppliedMigration {
  name: string
  hash: string
}

/**
 * Brings the schema up to date, each migration in a transaction of its own; an earlier failure leaves the earlier ones.
 * Refuses a store that a newer version wrote, and one whose migrations were edited after they ran.
 */
export async function migrate(connection: Connection, mode: 'embedded' | 'server', migrations: readonly Migration[]): Promise<void> {
  await connection.allow(null)
  if (mode === 'server') await connection.run('select pg_advisory_lock($1)', [MIGRATION_LOCK])
  try {
    await prepareMigrations(connection)
    const applied = await appliedMigrations(connection)
    checkVersion(applied, migrations)
    const known = new Set(applied.map(({ name }) => name))
    for (const migration of migrations)
      if (!known.has(migration.name)) await inTransaction(connection, () => applyMigration(connection, migration))
  } finally {
    if (mode === 'server') await connection.run('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
  }
}

/** The table that says which migrations a store has. */
export async function prepareMigrations(connection: Connection): Promise<void> {
  const { rows } = await connection.run(`select to_regclass('store_migration') is null as missing`)
  if ((rows[0] as { missing: boolean }).missing)
    await connection.script(
      'create table store_migration (name text primary key, hash text not null, applied_at timestamptz not null default now())',
    )
}

export async function appliedMigrations(connection: Connection): Promise<AppliedMigration[]> {
  return (await connection.run('select name, hash from store_migration order by name')).rows as AppliedMigration[] // proven boundary: the select list
}

/** Runs one migration; inside a transaction of the caller. */
export async function applyMigration(connection: Connection, migration: Migration): Promise<void> {
  await connection.script(migration.text)
  await connection.run('insert into store_migration (name, hash) values ($1, $2)', [migration.name, migration.hash])
}

/** Refuses what this version cannot work on. */
export function checkVersion(applied: readonly AppliedMigration[], migrations: readonly Migration[]): void {
  const ours = new Map(migrations.map(({ name, hash }) => [name, hash]))
  const newest = migrations.at(-1)?.name ?? 'none'
  for (const { name, hash } of applied) {
    if (!ours.has(name))
      throw new Refusal(
        'store.newer',
        `The store was written by a newer version of Throughline: it has migration ${name}, and this version ends at ${newest}.`,
        {
          status: 503,
          fix: 'Start the newer version again, or choose another data folder or database and restore a backup of the older version into it.',
        },
      )
    if (ours.get(name) !== hash)
      throw new Refusal(
        'store.migration_edited',
        `Migration ${name} was changed after this store was made with it, so the store may not fit the program.`,
        { status: 503, fix: 'Undo the change and write it as a new migration. During development: start with an empty data folder.' },
      )
  }
}

export async function inTransaction<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.run('begin')
  try {
    const result = await work()
    await connection.run('commit')
    return result
  } catch (error) {
    await connection.run('rollback').catch(() => undefined)
    throw error
  }
}
