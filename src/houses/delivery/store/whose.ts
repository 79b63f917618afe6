import { recordParts } from '../../../ground/catalog/index.ts'
import type { Ref, Row } from '../../../ground/core/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import type { Scope } from '../evidence/index.ts'

/** A record by its id, and the subjects it may belong to. */
interface Named {
  id: string
  subjects: readonly Ref[]
}

/**
 * Says of every row and of what it is linked with whose record it is. A row stands for a component while its record was
 * sent for the repository, and every repository has a change 42. (@decision 0008)
 */
export async function sayWhose(store: Store, rows: readonly Row[], scopes: readonly Scope[]): Promise<Row[]> {
  const bySubject = new Map(scopes.map((scope) => [scope.subject, scope]))
  const named = (subject: Ref, id: string): Named => ({ id, subjects: subjectsFor(bySubject.get(subject), id) })
  const wanted = new Map<string, Named>()
  for (const { subject, id, links } of rows) {
    for (const name of [id, ...links.map(({ to }) => to)]) wanted.set(`${subject} ${name}`, named(subject, name))
  }
  const found = await ownersOf(store, wanted)
  return rows.map((row) => {
    const owner = found.get(`${row.subject} ${row.id}`)
    return {
      ...row,
      ...(owner && owner !== row.subject ? { recordOf: owner } : {}),
      links: row.links.map((link) => {
        const of = found.get(`${row.subject} ${link.to}`)
        return of ? { ...link, of } : link
      }),
    }
  })
}

/** Where a scope reads records of this kind from. */
function subjectsFor(scope: Scope | undefined, id: string): readonly Ref[] {
  if (!scope) return []
  if (id.startsWith('incident:')) return scope.troubled
  return id.startsWith('deployment:') ? scope.deployed : scope.code
}

/**
 * The subject that has each record, by the keys given. Mostly only one of the subjects has records of that kind and
 * source at all, which a small table knows; only where several do, the record itself is looked for.
 */
async function ownersOf(store: Store, wanted: ReadonlyMap<string, Named>): Promise<Map<string, Ref>> {
  const sources = await sourcesOf(store, new Set([...wanted.values()].flatMap(({ subjects }) => subjects)))
  const owners = new Map<string, Ref>()
  const unclear: { key: string; kind: string; subject: Ref; source: string; id: string }[] = []
  for (const [key, { id, subjects }] of wanted) {
    const { kind, source, id: name } = recordParts(id)
    const possible = subjects.filter((subject) => sources.has(`${kind} ${source} ${subject}`))
    if (possible.length === 1) owners.set(key, possible[0]!)
    else unclear.push(...possible.map((subject) => ({ key, kind, subject, source, id: name })))
  }
  for (const [kind, names] of Map.groupBy(unclear, (one) => one.kind)) {
    const rows = await store.query<{ key: string; subject: Ref }>(sql`
      select r.key, c.subject from json_to_recordset(${JSON.stringify(names)}::text::json) as r(key text, subject text, source text, id text)
      cross join lateral (
        select subject from ${sql.table(`evidence_${kind}`)} c
        where c.subject = r.subject and c.source = r.source and c.id = r.id and c.learned_to = 'infinity' offset 0
      ) c order by r.key, c.subject`)
    for (const { key, subject } of rows) if (!owners.has(key)) owners.set(key, subject)
  }
  return owners
}

/** Which subjects have records of a kind from a source, as `<kind> <source> <subject>`; only kinds of delivery. */
async function sourcesOf(store: Store, subjects: ReadonlySet<Ref>): Promise<Set<string>> {
  if (subjects.size === 0) return new Set()
  const rows = await store.query<{ kind: string; source: string; subject: Ref }>(sql`
    select kind, source, subject from evidence_subject
    where subject = any(${[...subjects]}::text[]) and kind = any('{commit,change,deployment,incident}'::text[])`)
  return new Set(rows.map(({ kind, source, subject }) => `${kind} ${source} ${subject}`))
}
