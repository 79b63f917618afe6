import { recordParts, splitNode } from '../../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../../ground/core/index.ts'
import { joinedPeople } from '../../../../ground/identity/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'
import { partAt } from '../parts.ts'

/** Who made a piece of work: people as one each, whatever names they go by; and whether programs took part. */
export interface Authors {
  people: readonly string[]
  agents: boolean
  bots: boolean
}

/** A piece of work by its records in some subjects: what tells of its change, and its commits. */
export interface Made {
  key: string
  code: readonly Ref[]
  changes: readonly { source: string; id: string }[]
  shas: readonly string[]
}

/**
 * Who made pieces of work, by key: authors and helpers of their commits, and of the change itself. Joins of branches do
 * not count. A program is what its record or somebody said is one; coding agents are told by how they sign.
 */
export async function authorsOf(store: Store, made: readonly Made[], asOf: Instant | null): Promise<Map<string, Authors>> {
  if (made.length === 0) return new Map()
  const changes = made.flatMap(({ key, code, changes: its }) =>
    code.flatMap((subject) => its.map((change) => ({ key, subject, ...change }))),
  )
  const commits = made.flatMap(({ key, code, shas }) => code.flatMap((subject) => shas.map((sha) => ({ key, subject, sha }))))
  const who = joinedPeople(sql`signed.alias`, asOf)
  const rows = await store.query<{ key: string; people: string[]; agents: boolean; bots: boolean }>(sql`
    with held as (
      select named.key, e.author, e.bot, e.co_authors, e.extra -> 'agents' as agents from json_to_recordset(${JSON.stringify(commits)}::text::json) as named(key text, subject text, sha text)
        join evidence_commit e on e.subject = named.subject and e.sha = named.sha and ${knownAt(asOf, 'e')} and jsonb_array_length(e.parents) < 2
    ), signed as (
      select named.key, e.author as alias, coalesce(e.bot, false) as bot, false as agent from json_to_recordset(${JSON.stringify(changes)}::text::json) as named(key text, subject text, source text, id text)
        join evidence_change e on e.subject = named.subject and e.source = named.source and e.id = named.id and ${knownAt(asOf, 'e')}
      where e.author is not null
      union all
      select key, author, coalesce(bot, false), agents ? author from held
      union all
      select key, helper, false, false from held, jsonb_array_elements_text(held.co_authors) helper
      union all
      select key, agent, false, true from held, jsonb_array_elements_text(case when jsonb_typeof(held.agents) = 'array' then held.agents else '[]' end) agent
    ), told as (
      select signed.key, ${who.person} as person, coalesce(${who.kind}, case when agent then 'agent' when bot then 'bot' else 'person' end) as kind
      from signed ${who.from} where signed.alias is not null
    )
    select key, coalesce(array_agg(distinct person) filter (where kind = 'person'), '{}') as people, bool_or(kind = 'agent') as agents, bool_or(kind = 'bot') as bots
    from told group by key`)
  return new Map(rows.map(({ key, ...authors }) => [key, authors]))
}

/** The same for changes and commits by their nodes. */
export async function authorsOfWork(
  store: Store,
  units: readonly { node: string; subject: Ref }[],
  asOf: Instant | null,
): Promise<Map<string, Authors>> {
  const changes = units.filter(({ node }) => node.startsWith('change:')).map(({ node }) => node)
  const parts = await store.query<{ node: string; sha: string }>(sql`
    select part.change_id as node, part.sha from ${partAt(asOf, 'part')} where part.change_id in (select value from json_array_elements_text(${JSON.stringify(changes)}::text::json))`)
  const held = Map.groupBy(parts, ({ node }) => node)
  const made = units.map(({ node, subject }): Made => {
    const { kind, source, id } = recordParts(splitNode(node).id)
    return {
      key: node,
      code: [subject],
      changes: kind === 'change' ? [{ source, id }] : [],
      shas: kind === 'change' ? (held.get(node) ?? []).map(({ sha }) => sha) : [id],
    }
  })
  return authorsOf(store, made, asOf)
}
