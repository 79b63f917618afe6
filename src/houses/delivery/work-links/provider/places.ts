import { type Catalog, entityAt, recordParts } from '../../../../ground/catalog/index.ts'
import { type Instant, type Ref, refKind } from '../../../../ground/core/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'
import { partAt } from '../parts.ts'
import { type Found, limited, ofKind, weak } from './edges.ts'

interface Grounds {
  store: Store
  catalog: Catalog
}

/** What an outcome is measured on, and which outcomes are measured on a thing. */
export async function concerns({ store }: Grounds, ids: readonly string[], limit: number, asOf: Instant | null): Promise<Found> {
  const asked = JSON.stringify(
    ids.filter((id) => ['outcome', 'component', 'system', 'domain', 'repository', 'api', 'resource', 'platform'].includes(refKind(id))),
  )
  if (asked === '[]') return { edges: [] }
  const rows = await store.query<{ node: string; outcome: Ref; subject: Ref }>(sql`
    with concern as (select ref as outcome, lower(doc #>> '{spec,subject}') as subject from ${entityAt(asOf ?? undefined)} where kind = 'outcome' and doc #>> '{spec,subject}' not ilike 'namespace:%')
    select value as node, outcome, case when subject like '%/%' then subject else replace(subject, ':', ':' || split_part(split_part(outcome, ':', 2), '/', 1) || '/') end as subject
    from concern join json_array_elements_text(${asked}::text::json) on value = outcome
      or value = case when subject like '%/%' then subject else replace(subject, ':', ':' || split_part(split_part(outcome, ':', 2), '/', 1) || '/') end`)
  return limited(
    rows.map(({ node, outcome, subject }) => ({ node, edge: weak(outcome, 'concerns', subject) })),
    limit,
  )
}

/** The components a record belongs to: named as its subject, alone on its repository, or holding a file it touches. */
export async function homes({ store, catalog }: Grounds, ids: readonly string[], limit: number, asOf: Instant | null): Promise<Found> {
  const records = ofKind(ids, 'commit', 'change', 'deployment', 'incident').map((node) => ({ node, ...recordParts(node) }))
  if (records.length === 0) return { edges: [] }
  const rows = await store.query<{ node: string; subject: Ref; paths: string[] | null }>(sql`
    with n as (select * from json_to_recordset(${JSON.stringify(records)}::text::json) as n(node text, kind text, id text, subject text)),
    touched as (
      select n.node, e.subject, e.files from n join evidence_commit e on n.kind = 'commit' and e.sha = n.id and ${knownAt(asOf, 'e')}
      union all
      select n.node, e.subject, e.files from n join ${partAt(asOf, 'part')} on n.kind = 'change' and part.subject = n.subject and part.change_id = n.node
        join evidence_commit e on e.subject = part.subject and e.sha = part.sha and ${knownAt(asOf, 'e')}
      union all
      select n.node, n.subject, null from n where n.subject is not null
    )
    select touched.node, touched.subject, array_agg(distinct file ->> 0) filter (where file is not null) as paths
    from touched left join lateral jsonb_array_elements(touched.files) file on true group by 1, 2`)
  const repositories = [...new Set(rows.map((row) => row.subject).filter((subject) => refKind(subject) === 'repository'))]
  const residents = Map.groupBy(
    await catalog.residents(
      repositories,
      rows.flatMap((row) => row.paths ?? []),
      asOf ?? undefined,
    ),
    (resident) => resident.repository,
  )
  return limited(
    rows.flatMap(({ node, subject, paths }) => {
      if (refKind(subject) !== 'repository') return [{ node, edge: weak(node, 'partOf', subject) }]
      const here = (residents.get(subject) ?? []).filter(({ path }) => path === null || paths?.some((file) => file.startsWith(`${path}/`)))
      return (here.length > 0 ? here.map(({ ref }) => ref) : [subject]).map((to) => ({ node, edge: weak(node, 'partOf', to) }))
    }),
    limit,
  )
}

/** How far back work on a component with a path is looked for: over so many commits of its repository. */
const LATEST = 2_000

/** The latest work on components and repositories: changes, and commits that are part of none. */
export async function latestWork({ store, catalog }: Grounds, ids: readonly string[], limit: number, asOf: Instant | null): Promise<Found> {
  const shares = await catalog.shareOfEach(ofKind(ids, 'component', 'repository'), asOf ?? undefined)
  if (shares.size === 0) return { edges: [] }
  const asked = [...shares].map(([ref, share]) => ({
    ref,
    subjects: share.subjects,
    repository: share.path ? (share.repository ?? null) : null,
    path: share.path ?? null,
  }))
  const rows = await store.query<{ ref: Ref; node: string; total: number }>(sql`
    with asked as (select * from json_to_recordset(${JSON.stringify(asked)}::text::json) as asked(ref text, subjects text[], repository text, path text)),
    own as (
      select asked.ref, latest.* from asked cross join lateral unnest(asked.subjects) as its(subject) cross join lateral (
        select subject, source, id, sha, at from evidence_commit e where e.subject = its.subject and ${knownAt(asOf, 'e')} order by at desc, source, id limit ${limit * 4}) latest
    ), files as (
      select distinct latest.subject, latest.source, latest.id, latest.sha, latest.at, array_to_string((string_to_array(file ->> 0, '/'))[1:depth], '/') as folder
      from (select distinct repository from asked where repository is not null) repositories
        cross join lateral (select * from evidence_commit e where e.subject = repository and ${knownAt(asOf, 'e')} order by at desc, source, id limit ${LATEST}) latest
        cross join lateral jsonb_array_elements(latest.files) file
        cross join lateral generate_series(1, length(file ->> 0) - length(replace(file ->> 0, '/', ''))) depth
    ), commits as (
      select * from own
      union
      select asked.ref, files.subject, files.source, files.id, files.sha, files.at from asked join files on files.subject = asked.repository and files.folder = asked.path
    ), unit as (
      select commits.ref, coalesce(part.change_id, 'commit:' || commits.source || '/' || commits.id) as node, commits.at
      from commits left join ${partAt(asOf, 'part')} on part.subject = commits.subject and part.sha = commits.sha
      union all
      select asked.ref, 'change:' || latest.source || '/' || latest.id || '@' || latest.subject, latest.at
      from asked cross join lateral unnest(asked.subjects) as its(subject) cross join lateral (
        select source, id, subject, at from evidence_change e where e.subject = its.subject and ${knownAt(asOf, 'e')} order by at desc, source, id limit ${limit * 4}) latest
    ), ranked as (
      select ref, node, row_number() over (partition by ref order by max(at) desc, node) as place, (count(*) over (partition by ref))::int as total from unit group by ref, node
    )
    select ref, node, total from ranked where place <= ${limit} order by ref, place`)
  return {
    edges: rows.map(({ ref, node }) => weak(node, 'partOf', ref)),
    more: Object.fromEntries(rows.filter(({ total }) => total > limit).map(({ ref, total }) => [ref, total - limit])),
  }
}
