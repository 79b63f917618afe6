import type { Connection } from '../engine.ts'
import { identifier } from '../statement.ts'
import type { Sequences, TableHeading } from './format.ts'

/** Written by `migrate`, not by people: the header of a backup carries it. */
const NOT_BACKED_UP = 'store_migration'

/** Our tables, each after those it refers to, with the columns that are stored and not computed. */
export async function tablesInOrder(connection: Connection): Promise<TableHeading[]> {
  const { rows } = await connection.run(
    `select c.relname as table,
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      (select coalesce(array_agg(distinct r.relname::text), '{}') from pg_constraint f join pg_class r on r.oid = f.confrelid where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid) as parents
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> $1
    order by c.relname`,
    [NOT_BACKED_UP],
  )
  return parentsFirst(rows as (TableHeading & { parents: string[] })[]) // proven boundary: the select list
}

function parentsFirst(tables: (TableHeading & { parents: string[] })[]): TableHeading[] {
  const ordered: TableHeading[] = []
  const placed = new Set<string>()
  let waiting = tables
  while (waiting.length > 0) {
    const ready = waiting.filter(({ parents }) => parents.every((parent) => placed.has(parent)))
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${waiting.map(({ table }) => table).join(', ')}`)
    for (const { table, columns } of ready) {
      ordered.push({ table, columns })
      placed.add(table)
    }
    waiting = waiting.filter(({ table }) => !placed.has(table))
  }
  return ordered
}

export async function sequences(connection: Connection): Promise<Sequences['sequences']> {
  const { rows } = await connection.run(
    `select sequencename::text as name, last_value::text as last from pg_sequences where schemaname = 'public' and last_value is not null order by 1`,
  )
  return rows as Sequences['sequences'] // proven boundary: the select list
}

/** `"public"."audit" ("id", …)`: what COPY reads into. */
export function copyTarget({ table, columns }: TableHeading): string {
  return `${tableName(table)} (${columns.map(identifier).join(', ')})`
}

export function tableName(table: string): string {
  return `public.${identifier(table)}`
}
