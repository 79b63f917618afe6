import type { Instant, Ref } from '../../core/index.ts'
import { instant, sql, type Statement as Sql, type Store } from '../../store/index.ts'
import type { EntityOrigin } from '../entity.ts'
import { docOf, type EntityDoc } from '../document.ts'
import { entityAt } from '../known.ts'
import { textList } from '../rows.ts'
import type { Observation, Statement, StatementsOf } from './statement.ts'

interface Row {
  ref: Ref
  folder: string | null
  origin: EntityOrigin
  doc: EntityDoc | null
  observed: Observation[] | null
  file: string | null
  line: number | null
  stands: boolean
  since: Instant
  by: Ref
  seen: Instant | null
}

/**
 * Everything anybody states of some entities, the standing document first. What a folder states beside its own standing
 * document (what it sees) is one statement with it.
 */
export async function statementsOf(store: Store, { refs }: StatementsOf, asOf?: Instant): Promise<Statement[]> {
  const among = (ref: Sql) => sql`${ref} in (select value from ${textList(refs)})`
  const known = asOf === undefined ? sql`learned_to = 'infinity'` : sql`learned_from <= ${instant(asOf)} and learned_to > ${instant(asOf)}`
  const readBy = asOf === undefined ? sql`true` : sql`folder_read.at <= ${instant(asOf)}`
  const rows = await store.query<Row>(sql`
    with stated as (select ref, folder, origin, doc, observed, file, line, since, by from statement where ${known} and ${among(sql`ref`)}),
    standing as (select ref, folder, origin, doc, file, line, updated_at, updated_by from ${entityAt(asOf)} where ${among(sql`entity.ref`)}),
    told as (
      select standing.ref, case when standing.origin = 'form' then null else standing.folder end as folder, standing.origin, standing.doc,
        case when stated.doc is null then stated.observed end as observed, standing.file, standing.line, true as stands, updated_at as since, updated_by as by
      from standing left join stated on stated.ref = standing.ref and stated.folder = standing.folder and standing.origin <> 'form'
      union all
      select stated.ref, stated.folder, stated.origin, stated.doc, stated.observed, stated.file, stated.line, false, stated.since, stated.by
      from stated left join standing on standing.ref = stated.ref and standing.folder = stated.folder and standing.origin <> 'form'
      where standing.ref is null or stated.doc is not null
    ), seen as (select folder, max(at) as at from folder_read where folder in (select folder from told) and ${readBy} group by folder)
    select told.*, seen.at as seen from told left join seen on seen.folder = told.folder
    order by ref, stands desc, case origin when 'form' then 0 when 'file' then 1 else 2 end, told.folder`)
  return rows.map(({ doc, file, line, observed, seen, ...row }) => ({
    ...row,
    doc: doc === null ? null : docOf(doc),
    observed: observed ?? [],
    ...(file === null ? {} : { file }),
    ...(line === null ? {} : { line }),
    seenAt: seen,
  }))
}
