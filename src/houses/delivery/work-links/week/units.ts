import { recordNode } from '../../../../ground/catalog/index.ts'
import type { Instant, Ref, Window } from '../../../../ground/core/index.ts'
import { knownAt } from '../../../../ground/ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../../../../ground/store/index.ts'
import type { WorkUnit } from './classify.ts'
import { partAt } from '../parts.ts'
import { outcomesOf } from './outcomes.ts'

interface Row {
  kind: 'change' | 'commit'
  subject: Ref
  source: string
  id: string
  at: Instant
  title: string
  lines: number | null
  labels: string[] | null
  paths: string[] | null
  reverts: boolean
  bot: boolean | null
  merge: boolean
  branch: string | null
  /** What makes it one change, whichever sources tell of it. */
  same: string
  basis: number
}

/** Work that was merged or committed in a window, each piece once, with the outcomes it leads up to. */
export async function unitsOf(store: Store, subjects: readonly Ref[], window: Window, asOf: Instant | null): Promise<WorkUnit[]> {
  const rows = merged(await store.query<Row>(unitRows(subjects, window, asOf)))
  const nodes = rows.map((row) => recordNode(row.kind, row.source, row.id, row.subject))
  const outcomes = await outcomesOf(store, nodes, asOf)
  return rows.map((row, index): WorkUnit => {
    const reached = outcomes.get(nodes[index]!)
    return {
      id: `${row.kind}:${row.source}/${row.id}`,
      node: nodes[index]!,
      subject: row.subject,
      title: row.title,
      at: row.at,
      lines: row.lines,
      labels: row.labels ?? [],
      paths: row.paths ?? [],
      reverts: row.reverts,
      fixesIncident: reached?.fixesIncident ?? false,
      bot: row.bot ?? false,
      merge: row.merge,
      branch: row.branch,
      outcomes: reached?.outcomes ?? [],
    }
  })
}

/**
 * Two sources that tell of one change are one piece: what was seen or stated is told before what was inferred.
 * @returns latest first, in one order whatever the order of the rows
 */
function merged(rows: readonly Row[]): Row[] {
  const ordered = rows.map((row) => ({ row, name: `${row.kind}:${row.source}/${row.id}@${row.subject}` })).sort(latestFirst)
  return [...Map.groupBy(ordered, ({ row }) => `${row.subject} ${row.same}`).values()].map((same) => {
    const [first, ...others] = same.map(({ row }) => row).sort((a, b) => b.basis - a.basis || a.at - b.at || (a.source < b.source ? -1 : 1))
    return {
      ...first!,
      lines: first!.lines ?? others.find((other) => other.lines !== null)?.lines ?? null,
      bot: first!.bot ?? others.find((other) => other.bot !== null)?.bot ?? null,
    }
  })
}

function latestFirst(a: { row: Row; name: string }, b: { row: Row; name: string }): number {
  return b.row.at - a.row.at || (a.name < b.name ? -1 : 1)
}

function unitRows(subjects: readonly Ref[], { from, to }: Window, asOf: Instant | null): Statement<Row> {
  const inWindow = (column: string) => sql`${sql.ref(column)} >= ${instant(from)} and ${sql.ref(column)} < ${instant(to)}`
  return sql`
    with held as (
      select part.subject, part.change_id, e.sha, e.additions, e.deletions, e.files, e.bot
      from ${partAt(asOf, 'part')} join evidence_commit e on e.subject = part.subject and e.sha = part.sha and ${knownAt(asOf, 'e')} and jsonb_array_length(e.parents) < 2
      where part.subject = any(${[...subjects]})
        and part.change_id in (select 'change:' || source || '/' || id || '@' || subject from evidence_change where subject = any(${[...subjects]}) and ${inWindow('merged_at')} and ${knownAt(asOf)})
    ), total as (
      select subject, change_id, sum(additions + deletions)::int as lines, bool_and(coalesce(bot, false)) as bot from held group by subject, change_id
    ), touched as (
      select subject, change_id, array_agg(distinct file ->> 0) as paths from held, jsonb_array_elements(files) file group by subject, change_id
    )
    select 'change' as kind, c.subject, c.source, c.id, c.merged_at as at, coalesce(c.title, 'Change ' || c.id) as title,
      coalesce(c.additions + c.deletions, total.lines) as lines, array(select jsonb_array_elements_text(c.labels)) as labels, touched.paths,
      c.reverts is not null as reverts, coalesce(c.bot, total.bot) as bot, false as merge, c.branch,
      coalesce('number ' || c.number, 'commit ' || c.merge_commit, c.source || ' ' || c.id) as same, c.basis
    from evidence_change c left join total on total.subject = c.subject and total.change_id = 'change:' || c.source || '/' || c.id || '@' || c.subject
      left join touched on touched.subject = total.subject and touched.change_id = total.change_id
    where c.subject = any(${[...subjects]}) and ${inWindow('c.merged_at')} and ${knownAt(asOf, 'c')}
    union all
    select 'commit', c.subject, c.source, c.id, c.committed_at, split_part(coalesce(c.message, c.sha), E'\n', 1), c.additions + c.deletions, null,
      array(select file ->> 0 from jsonb_array_elements(c.files) file), c.reverts is not null, c.bot, jsonb_array_length(c.parents) > 1, null, 'sha ' || c.sha, c.basis
    from evidence_commit c
    where c.subject = any(${[...subjects]}) and ${inWindow('c.committed_at')} and ${knownAt(asOf, 'c')}
      and not exists (select 1 from ${partAt(asOf, 'part')} where part.subject = c.subject and part.sha = c.sha)`
}
