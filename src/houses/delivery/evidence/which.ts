import type { Instant, Ref } from '../../../ground/core/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { Scope } from './scope.ts'

/** Which records are wanted: conditions on an evidence table called `e`, each with an index of its own. */
export type Which = readonly Statement[]

/** All records of a kind. */
export const ALL: Which = [sql`true`]

/** The condition that a record belongs to a time from a moment on. */
export function since(at: Instant): Statement {
  return sql`e.at >= ${instant(at)}`
}

/**
 * Conditions for records by their ids, one a source, so that the index of their names serves. Sources have slashes in them,
 * too (CloudEvents are told by addresses): which there are says where a name ends and an id begins.
 */
export async function byRecord(store: Store, scope: Scope, kind: 'change' | 'deployment', ids: readonly string[]): Promise<Statement[]> {
  const own = ids.filter((id) => id.startsWith(`${kind}:`)).map((id) => id.slice(kind.length + 1))
  if (own.length === 0) return []
  const sources = await sourcesOf(store, kind === 'change' ? scope.code : scope.deployed, kind)
  return sources.flatMap((source) => {
    const named = own.filter((name) => name.startsWith(`${source}/`)).map((name) => name.slice(source.length + 1))
    return named.length ? [sql`e.source = ${source} and e.id = any(${named}::text[])`] : []
  })
}

/** Who tells of records of a kind about some subjects. */
export async function sourcesOf(store: Store, subjects: readonly Ref[], kind: string): Promise<string[]> {
  const rows = await store.query<{ source: string }>(
    sql`select distinct source from evidence_subject where subject = any(${[...subjects]}::text[]) and kind = ${kind}`,
  )
  return rows.map(({ source }) => source)
}
