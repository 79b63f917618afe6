import { type Statement, sql } from './statement.ts'
import type { Store, StoreHealth } from './store.ts'

/** Size and version as PostgreSQL tells them; the write-ahead log counts where it is ours to keep small. */
export async function readHealth(store: Pick<Store, 'mode' | 'query'>, waiting: StoreHealth['waiting']): Promise<StoreHealth> {
  const wal = store.mode === 'embedded' ? sql`(select coalesce(sum(size), 0) from pg_ls_waldir())` : sql`0`
  const statement: Statement<Pick<StoreHealth, 'postgres' | 'migration' | 'bytes'>> = sql`select
    split_part(current_setting('server_version'), ' ', 1) as postgres,
    (select max(name) from store_migration) as migration,
    pg_database_size(current_database()) + ${wal} as bytes`
  const [row] = await store.query(statement)
  return { mode: store.mode, ...row!, waiting }
}
