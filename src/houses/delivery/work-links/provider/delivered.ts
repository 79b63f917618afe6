import { recordNode, recordParts, type TraceEdge } from '../../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { sql, type Statement } from '../../../../ground/store/index.ts'
import { bringUpToDate, inputsOf, type Scope, scopesOf } from '../../evidence/index.ts'
import { PRODUCTION, rowsInMemory } from '../../store/index.ts'
import { partAt } from '../parts.ts'
import { type Found, limited, ofKind } from './edges.ts'

type Grounds = Pick<Ground, 'store' | 'catalog' | 'ledger'>

interface Asked {
  node: string
  kind: string
  /** `deployment:source/id`. */
  record: string
  /** Commits it is, or holds. */
  shas: string[]
}

/** A deployment that history says brought a commit first; `scope` is the place of the scope among all. */
interface Brought {
  node: string
  deployment: string
  sha: string
  scope: number
}

/**
 * Which production deployment first brought a commit by the history of the repository, where its sender did not list
 * commits: read from what delivery derives for the whole of a subject, or derived from what was known at a moment.
 */
export async function deliveredByHistory(grounds: Grounds, ids: readonly string[], limit: number, asOf: Instant | null): Promise<Found> {
  const { store } = grounds
  const asked = await askedOf(grounds, ids, asOf)
  const subjects = [...new Set(asked.flatMap((one) => one.subjects))]
  if (subjects.length === 0) return { edges: [] }
  const scopes = await scopesOver(grounds, subjects, asOf)
  if (scopes.length === 0) return { edges: [] }
  const brought = asOf === null ? await keptFor(grounds, scopes, asked) : await derivedFor(grounds, scopes, asked, asOf)
  const inputs = scopes.flatMap((scope, place) => inputsOf(scope).map((input) => ({ scope: place, input })))
  const rows = await store.query<EdgeRow>(sql`
    with input as (select * from json_to_recordset(${JSON.stringify(inputs)}::text::json) as input(scope integer, input text)),
    brought as (select * from json_to_recordset(${JSON.stringify(brought)}::text::json) as brought(node text, deployment text, sha text, scope integer))
    select distinct b.node, d.source as dsource, d.id as did, d.subject as dsubject, c.source as csource, c.id as cid, c.subject as csubject, part.change_id as change
    from brought b join input di on di.scope = b.scope
      cross join lateral (select split_part(substr(b.deployment, 12), '/', 1) as source) told
      join evidence_deployment d on d.subject = di.input and d.source = told.source and d.id = substr(b.deployment, 13 + length(told.source)) and ${knownAt(asOf, 'd')}
      join input ci on ci.scope = b.scope
      join evidence_commit c on c.subject = ci.input and c.sha = b.sha and ${knownAt(asOf, 'c')}
      left join ${partAt(asOf, 'part')} on part.subject = c.subject and part.sha = c.sha`)
  return limited(
    rows.map((row) => ({ node: row.node, edge: edgeOf(row) })),
    limit,
  )
}

interface EdgeRow {
  node: string
  dsource: string
  did: string
  dsubject: Ref
  csource: string
  cid: string
  csubject: Ref
  change: string | null
}

/** The deployments, commits and changes among nodes, with the subjects they belong to. */
async function askedOf({ store }: Grounds, ids: readonly string[], asOf: Instant | null): Promise<(Asked & { subjects: Ref[] })[]> {
  const deployments = ofKind(ids, 'deployment').map((node) => {
    const { source, id, subject } = recordParts(node)
    return { node, kind: 'deployment', record: `deployment:${source}/${id}`, shas: [], subjects: subject === null ? [] : [subject] }
  })
  const records = ofKind(ids, 'commit', 'change').map((node) => ({ node, ...recordParts(node) }))
  if (records.length === 0) return deployments
  const held = await store.query<{ node: string; kind: string; shas: string[]; subjects: Ref[] }>(sql`
    with n as (select * from json_to_recordset(${JSON.stringify(records)}::text::json) as n(node text, kind text, id text, subject text))
    select node, kind, array_agg(distinct sha) as shas, array_agg(distinct subject) as subjects from (
      select n.node, n.kind, n.id as sha, e.subject from n join evidence_commit e on n.kind = 'commit' and e.sha = n.id and ${knownAt(asOf, 'e')}
      union all
      select n.node, n.kind, part.sha, part.subject from n join ${partAt(asOf, 'part')} on n.kind = 'change' and part.subject = n.subject and part.change_id = n.node
    ) held group by node, kind`)
  return [...deployments, ...held.map((one) => ({ ...one, record: '' }))]
}

/** The whole of each subject, where anything was ever deployed to production; so a trace derives one scope a repository at most. */
async function scopesOver({ store, catalog }: Grounds, subjects: readonly Ref[], asOf: Instant | null): Promise<Scope[]> {
  const shares = await catalog.shareOfEach(subjects.toSorted(), asOf ?? undefined)
  const scopes = await scopesOf(store, [...shares.values()], PRODUCTION, asOf)
  const deployed = await store.query<{ subject: Ref }>(sql`
    select distinct subject from evidence_deployment where subject = any(${scopes.flatMap((scope) => scope.deployed)}::text[]) and lower(environment) = ${PRODUCTION} and ${knownAt(asOf)}`)
  const told = new Set(deployed.map(({ subject }) => subject))
  return [...new Map(scopes.map((scope) => [scope.subject, scope])).values()].filter((scope) =>
    scope.deployed.some((subject) => told.has(subject)),
  )
}

async function keptFor({ store, ledger }: Grounds, scopes: readonly Scope[], asked: readonly Asked[]): Promise<Brought[]> {
  await bringUpToDate({ store, ledger }, scopes)
  const where = scopes.map(({ subject, environment }, scope) => ({ scope, subject, environment }))
  const found = (which: Statement) => sql`
    select a.node, dc.deployment, dc.sha, s.scope
    from scope s cross join asked a ${which}`
  return store.query<Brought>(sql`
    with scope as (select *, delivery_scope_key(subject, environment) as key from json_to_recordset(${JSON.stringify(where)}::text::json) as scope(scope integer, subject text, environment text)),
    asked as (select * from json_to_recordset(${JSON.stringify(asked)}::text::json) as asked(node text, kind text, record text, shas text[]))
    ${found(sql`
      join delivery_deployment d on a.kind = 'deployment' and d.scope = s.key and d.records @> array[a.record]
      join delivery_commit dc on dc.scope = s.key and dc.deployment = d.id and dc.method = 'ancestry'`)}
    union
    ${found(sql`
      cross join lateral unnest(a.shas) as held(sha)
      join delivery_commit dc on dc.scope = s.key and dc.sha = held.sha and dc.method = 'ancestry'`)}`)
}

/** The same from rows derived in memory. */
async function derivedFor({ store }: Grounds, scopes: readonly Scope[], asked: readonly Asked[], asOf: Instant): Promise<Brought[]> {
  const derived = await rowsInMemory(store, scopes, { at: Infinity, asOf })
  return scopes.flatMap((scope, place) => {
    const { commits, deployments } = derived.get(scope)!
    const byHistory = commits.flatMap(({ sha, deployment, method }) =>
      deployment !== null && method === 'ancestry' ? [{ sha, deployment }] : [],
    )
    const bySha = new Map(byHistory.map((commit) => [commit.sha, commit]))
    return asked.flatMap(({ node, kind, record, shas }) => {
      const ids = new Set(kind === 'deployment' ? deployments.filter(({ records }) => records.includes(record)).map(({ id }) => id) : [])
      const found =
        kind === 'deployment' ? byHistory.filter(({ deployment }) => ids.has(deployment)) : shas.flatMap((sha) => bySha.get(sha) ?? [])
      return found.map((commit) => ({ node, ...commit, scope: place }))
    })
  })
}

function edgeOf(row: EdgeRow): TraceEdge {
  return {
    from: recordNode('deployment', row.dsource, row.did, row.dsubject),
    type: 'contains',
    to: row.change ?? recordNode('commit', row.csource, row.cid, row.csubject),
    origin: 'inferred',
    confidence: 1,
    weak: false,
  }
}
