import { sql, type Store } from '../store/index.ts'

/** An author that is a program, or was taken for one. */
export interface Program {
  name: string
  kind: 'bot' | 'agent' | 'person'
  commits: number
  /** Whether the rules recognised it or somebody said so. */
  by: 'rule' | 'hand'
}

const MOST = 500

/** Programs among the authors and helpers of commits, by name: recognised by the rules or said by hand. People are not listed. */
export async function programsKnown(store: Store): Promise<Program[]> {
  return store.query<Program>(sql`
    with seen as (
      select author as name, 'bot' as kind, count(*)::int as commits from evidence_commit where bot and learned_to = 'infinity' and not retracted group by author
      union all
      select agent, 'agent', count(*)::int from evidence_commit, jsonb_array_elements_text(extra -> 'agents') agent
      where jsonb_typeof(extra -> 'agents') = 'array' and learned_to = 'infinity' and not retracted group by agent
    ), said as (
      select distinct on (alias) alias, says from person_statement where says in ('person', 'bot', 'agent') and learned_to = 'infinity' order by alias, id desc
    )
    select name, coalesce(said.says, kind) as kind, commits, case when said.says is null then 'rule' else 'hand' end as by
    from seen left join said on said.alias = seen.name
    union all
    select alias, says, 0, 'hand' from said where says <> 'person' and not exists (select 1 from seen where seen.name = said.alias)
    order by commits desc, name limit ${MOST}`)
}
