import type { Eye } from '../ledger/index.ts'
import { sql, type Statement, type Store } from '../store/index.ts'

/** Tables whose rows hang together and are looked after by whoever owns them; and those that hold no names at all. */
const LOOKED_AFTER = new Set([
  'entity',
  'entity_version',
  'evidence_commit',
  'evidence_change',
  'evidence_deployment',
  'evidence_incident',
  'evidence_work_item',
  'evidence_measurement',
  'evidence_cost',
  'evidence_product_event',
  'evidence_event',
  'reject',
  'person_statement',
  'person_of',
  'person_erased',
  'store_migration',
])
/** What a sealed address shows of itself. Where that is the person, so is the address, and the row goes with it. */
const SHOWN = 'shown'
/** Columns that name things: rewritten, other rows or other systems would no longer find them. A ref of a person in them is replaced whole. */
const OF_THINGS = new Set(
  'connection stream cursor settings holder subject source id sha kind hash key name records unit deployment commit from_id to_id owner change_id environment input definition folder file path repository format indicator type origin status method commits failed_by shown'.split(
    ' ',
  ),
)
/** Pages of a table looked through in one transaction: 2 MB. */
const PAGES = 256

interface Table {
  table: string
  columns: { name: string; type: 'text' | 'text[]' | 'json' | 'jsonb' }[]
  key: string[]
  pages: number
}

/** Where something was found, and in how many rows. */
export interface Found {
  place: string
  rows: number
}

/**
 * Takes a person out of every other table: tokens, the audit trail, links, what was derived, whatever is added one day.
 * A stretch of a table a transaction.
 */
export async function eraseElsewhere(
  store: Store,
  eye: Eye,
  suspect: (text: Statement) => Statement,
  { dryRun }: { dryRun: boolean },
): Promise<Found[]> {
  const found: Found[] = []
  for (const table of await tables(store)) {
    if (LOOKED_AFTER.has(table.table)) continue
    let rows = 0
    for (let page = 0; page < table.pages; page += PAGES)
      rows += await store.transaction(() => throughPages(store, table, page, { eye, suspect, dryRun }))
    if (rows > 0) found.push({ place: table.table, rows })
  }
  return found
}

/** Looks through the whole store for what is left of some names: place by place, where it stands as the name of a thing. */
export async function tracesOf(store: Store, eye: Eye, suspect: (text: Statement) => Statement): Promise<Found[]> {
  const traces = new Map<string, number>()
  for (const { table, columns, pages } of await tables(store)) {
    for (let page = 0; page < pages; page += PAGES) {
      for (const { name } of columns) {
        const rows = await store.query<{ value: unknown }>(sql`
          select ${sql.ref(name)} as value from ${sql.table(table)} where ${within(page)} and ${suspect(sql`${sql.ref(name)}::text`)}`)
        const named = rows.filter(({ value }) => eye.without(value) !== value).length
        if (named > 0) traces.set(`${table}.${name}`, (traces.get(`${table}.${name}`) ?? 0) + named)
      }
    }
  }
  return [...traces].map(([place, rows]) => ({ place, rows }))
}

/** Types of columns that can be read: a name in any other is found by nobody (test/conformance/erase). */
const READ = sql`'text'::regtype, 'text[]'::regtype, 'json'::regtype, 'jsonb'::regtype`

async function tables(store: Store): Promise<Table[]> {
  return store.query<Table>(sql`
    select c.relname::text as table, (pg_relation_size(c.oid) / current_setting('block_size')::int)::int as pages,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.atttypid in (${READ})) as columns,
      (select coalesce(json_agg(a.attname), '[]') from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = c.oid and i.indisunique) as key
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.atttypid in (${READ}))
    order by c.relname`)
}

function within(page: number): Statement {
  return sql`ctid >= ${`(${page},0)`}::tid and ctid < ${`(${page + PAGES},0)`}::tid`
}

async function throughPages(
  store: Store,
  { table, columns, key }: Table,
  page: number,
  { eye, suspect, dryRun }: { eye: Eye; suspect: (text: Statement) => Statement; dryRun: boolean },
): Promise<number> {
  const rows = await store.query<{ place: string; row: Record<string, unknown> }>(sql`
    select t.ctid::text as place, json_build_object(${sql.join(columns.flatMap(({ name }) => [sql`${name}::text`, sql`t.${sql.ref(name)}`]))}) as row
    from ${sql.table(table)} t where t.${within(page)} and ${suspect(sql`t::text`)} ${dryRun ? sql`` : sql`for update`}`)
  let rewritten = 0
  for (const { place, row } of rows) {
    const changed = columns.filter(({ name }) => leftOf(name, row[name], eye) !== row[name])
    const isTheirs = eye.without(row[SHOWN]) === 'erased'
    if (changed.length === 0 && !isTheirs) continue
    rewritten += 1
    if (dryRun) continue
    if (isTheirs) {
      await store.query(sql`delete from ${sql.table(table)} where ctid = ${place}::tid`)
      continue
    }
    const values = changed.map(({ name, type }) => ({ name, value: valueOf(leftOf(name, row[name], eye), type) }))
    if (changed.some(({ name }) => key.includes(name))) await moveRow(store, table, place, values)
    else {
      const sets = sql.join(values.map(({ name, value }) => sql`${sql.ref(name)} = ${value}`))
      await store.query(sql`update ${sql.table(table)} set ${sets} where ctid = ${place}::tid`)
    }
  }
  return rewritten
}

/** Gives a row another key; where a row with that key is there already, the one is enough. */
async function moveRow(store: Store, table: string, place: string, values: readonly { name: string; value: Statement }[]): Promise<void> {
  const columns = await store.query<{ name: string }>(sql`
    select attname::text as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a' order by attnum`)
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  const taken = sql.join(columns.map(({ name }) => values.find((one) => one.name === name)?.value ?? sql.ref(name)))
  await store.query(sql`
    with gone as (delete from ${sql.table(table)} where ctid = ${place}::tid returning *)
    insert into ${sql.table(table)} (${names}) select ${taken} from gone on conflict do nothing`)
}

function leftOf(column: string, value: unknown, eye: Eye): unknown {
  if (!OF_THINGS.has(column)) return eye.without(value)
  return typeof value === 'string' && /^(?:user|person):/.test(value) && eye.isErased(value) ? eye.without(value) : value
}

function valueOf(value: unknown, type: Table['columns'][number]['type']): Statement {
  if (type === 'text') return sql`${value as string}::text`
  if (type === 'text[]') return sql`${value as string[]}::text[]`
  return sql`${JSON.stringify(value)}::text::${sql.raw(type)}`
}
