import { type Engine, withLease } from './engine.ts'
import { identifier } from './statement.ts'
import type { MaintenanceResult } from './store.ts'

interface TableCare {
  schema: string
  name: string
  /** Enough rows died to remove them. */
  dead: boolean
  /** Enough rows changed to count again. */
  changed: boolean
}

/**
 * What autovacuum does on a server, by its default thresholds (PostgreSQL docs, "Automatic Vacuuming"): the embedded
 * database has no autovacuum. Temporary tables leave dead rows in the system catalogues, so these are looked after, too.
 */
const TABLES_IN_NEED = `
  select * from (
    select n.nspname as schema, c.relname as name,
      s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0)
        or s.n_ins_since_vacuum > 1000 + 0.2 * greatest(c.reltuples, 0)
        or age(c.relfrozenxid) > 150000000 as dead,
      s.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0)
        or (c.reltuples < 0 and pg_relation_size(c.oid) > 0 and n.nspname <> 'pg_catalog') as changed
    from pg_stat_all_tables s join pg_class c on c.oid = s.relid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and c.relpersistence = 'p' and n.nspname <> 'information_schema'
  ) as care where dead or changed order by schema, name`

/** Removes dead rows and refreshes the planner's statistics where it is worth it: a table at a time, on the background lane. */
export async function maintain(engine: Engine): Promise<MaintenanceResult> {
  const result: MaintenanceResult = { vacuumed: [], analyzed: [] }
  if (engine.mode === 'server') return result // autovacuum does it
  await withLease(engine, 'background', (lease) => lease.run('select pg_stat_force_next_flush()'))
  const { rows } = await withLease(engine, 'background', (lease) => lease.run(TABLES_IN_NEED))
  for (const { schema, name, dead, changed } of rows as TableCare[]) {
    // proven boundary: the select list
    const table = `${identifier(schema)}.${identifier(name)}`
    await withLease(engine, 'background', async (lease) => {
      await lease.allow(null)
      await lease.run(dead ? `vacuum${changed ? ' (analyze)' : ''} ${table}` : `analyze ${table}`)
    })
    if (dead) result.vacuumed.push(name)
    if (changed) result.analyzed.push(name)
  }
  return result
}
