import { sql, type Store } from '../../src/ground/store/index.ts'

/** What migrations put into a store, by table, as it was when a store was first emptied. */
const seeds = new WeakMap<Store, Map<string, unknown[]>>()

/**
 * A store as its migrations left it, for the next test of a file: opening another takes a second of processor time. What a
 * house remembers by store stays, so it is for the ground alone. The first call has to come before anything is written.
 */
export async function emptied(store: Store): Promise<Store> {
  const filled = await tablesWithRows(store)
  const seed = seeds.get(store)
  if (!seed) {
    const rows = new Map<string, unknown[]>()
    for (const table of filled)
      rows.set(
        table,
        (await store.query<{ row: unknown }>(sql`select to_jsonb(whole_row) as row from ${sql.table(table)} whole_row`)).map(
          ({ row }) => row,
        ),
      )
    seeds.set(store, rows)
    return store
  }
  if (filled.length === 0) return store
  for (const table of filled) await store.query(sql`truncate ${sql.table(table)} restart identity cascade`)
  for (const [table, rows] of seed)
    await store.query(
      sql`insert into ${sql.table(table)} select * from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`,
    )
  return store
}

async function tablesWithRows(store: Store): Promise<string[]> {
  const tables = await store.query<{ name: string }>(
    sql`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'store_migration'`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const [row] = await store.query<{ some: boolean }>(sql`select exists (select from ${sql.table(name)}) as some`)
    if (row!.some) found.push(name)
  }
  return found
}
