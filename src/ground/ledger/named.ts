import type { Instant, Ref } from '../core/index.ts'
import { sql, type Statement, type Store } from '../store/index.ts'
import { type RecordKind, tableOf } from './columns.ts'
import { SAME } from './same.ts'

/** A record that goes by a name somebody typed. */
export interface NamedRecord {
  kind: RecordKind
  source: string
  id: string
  subject: Ref
  title: string
  at: Instant
}

interface How {
  namespace: string | undefined
  limit: number
}

/** Kinds people speak of by number or key. */
const NUMBERED = ['change', 'work_item', 'incident'] as const

/** The beginning of a commit's sha; fewer digits would name half the repository. */
const SHA = /^[0-9a-f]{7,40}$/

/**
 * Records that stand now and go by a number (`42`, `#42`), a key (`SHOP-7`), the beginning of a commit's sha, or words of
 * an incident's title; the latest first.
 */
export async function recordsNamed(store: Store, text: string, how: How): Promise<NamedRecord[]> {
  const name = text.trim().replace(/^[#!]/, '')
  const sha = name.toLowerCase()
  const found = await Promise.all([
    // A key or number has a digit; words without one are no reason to look through every name.
    ...(/\d/.test(name) ? NUMBERED.map((kind) => numbered(store, kind, name, how)) : []),
    ...(SHA.test(sha) ? [commits(store, sha, how)] : []),
    ...(/\p{L}/u.test(name) ? [incidentsCalled(store, name, how)] : []),
  ])
  const named = new Map(found.flat().map((record) => [JSON.stringify([record.kind, record.subject, record.source, record.id]), record]))
  return [...named.values()].sort((a, b) => b.at - a.at).slice(0, how.limit)
}

/** By the whole name, or by what stands behind the place: `acme/shop#42`. Only the names are looked through, by their index. */
function numbered(store: Store, kind: (typeof NUMBERED)[number], name: string, { namespace, limit }: How): Promise<NamedRecord[]> {
  const table = sql.table(tableOf(kind))
  const whole = name.toUpperCase()
  return store.query<NamedRecord>(sql`
    select ${shown(kind, sql`c.title`)} from (
      select c.subject, c.source, c.id from ${table} c
      where c.learned_to = 'infinity' and (upper(c.id) = ${whole} or upper(right(c.id, ${name.length + 1}::int)) in (${`#${whole}`}, ${`!${whole}`}))
        and ${within(namespace)}) r
    cross join lateral (select c.* from ${table} c where ${SAME} and ${STANDING} offset 0) c
    order by c.at desc limit ${limit}`)
}

function commits(store: Store, sha: string, { namespace, limit }: How): Promise<NamedRecord[]> {
  return store.query<NamedRecord>(sql`
    select ${shown('commit', sql`split_part(coalesce(c.message, ''), chr(10), 1)`)} from evidence_commit c
    where c.sha >= ${sha} and c.sha < ${`${sha}g`} and ${STANDING} and ${within(namespace)} order by c.at desc limit ${limit}`)
}

function incidentsCalled(store: Store, name: string, { namespace, limit }: How): Promise<NamedRecord[]> {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const holdsAll = words.slice(0, 20).map((word) => sql`strpos(lower(c.title), ${word}) > 0`)
  return store.query<NamedRecord>(sql`
    select ${shown('incident', sql`c.title`)} from evidence_incident c
    where ${sql.join(holdsAll, sql` and `)} and ${STANDING} and ${within(namespace)} order by c.at desc limit ${limit}`)
}

const STANDING = sql`c.learned_to = 'infinity' and not c.retracted`

function shown(kind: RecordKind, title: Statement): Statement {
  return sql`${kind}::text as kind, c.source, c.id, c.subject, left(coalesce(${title}, ''), 200) as title, c.at`
}

function within(namespace: string | undefined): Statement {
  return namespace === undefined ? sql`true` : sql`split_part(split_part(c.subject, ':', 2), '/', 1) = ${namespace}`
}
