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

/** The subject that has each record, by the keys given; kept apart by kind, since each has its table. */
async function ownersOf(store: Store, wanted: ReadonlyMap<string, Named>): Promise<Map<string, Ref>> {
  const asked = [...wanted].flatMap(([key, { id, subjects }]) => {
    const { kind, source, id: name } = recordParts(id)
    return subjects.map((subject) => ({ key, kind, subject, source, id: name }))
  })
  const owners = new Map<string, Ref>()
  for (const [kind, names] of Map.groupBy(asked, (one) => one.kind)) {
    if (!KINDS.has(kind)) continue
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

const KINDS = new Set(['commit', 'change', 'deployment', 'incident'])
