import type { Instant, Ref } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'

/**
 * The subjects of a namespace that records tell of, or were known to tell of at a moment. An account that only bills tell of is
 * no part of the whole: what it costs is what its parts cost.
 */
export async function subjectsIn(store: Store, namespace: string, asOf?: Instant): Promise<Ref[]> {
  const known =
    asOf === undefined
      ? sql`evidence_subject told where records > 0`
      : sql`evidence_told told where learned_from <= ${instant(asOf)} and learned_to > ${instant(asOf)}`
  const rows = await store.query<{ subject: Ref }>(
    sql`select distinct subject from ${known} and split_part(split_part(subject, ':', 2), '/', 1) = ${namespace}
      and exists (select 1 from evidence_subject s where s.subject = told.subject and s.kind <> 'cost') order by subject`,
  )
  return rows.map(({ subject }) => subject)
}
