import type { Instant, Ref } from '../../../ground/core/index.ts'
import { instant, KeptBriefly, sql, type Statement, type Store } from '../../../ground/store/index.ts'

const known = new KeptBriefly<Ref[]>()

/**
 * The subjects of a namespace that records tell of, or were known to tell of at a moment. An account that only bills tell of is
 * no part of the whole: what it costs is what its parts cost.
 */
export async function subjectsIn(store: Store, namespace: string, asOf?: Instant): Promise<Ref[]> {
  if (asOf === undefined) return toldOf(store, namespace, sql`evidence_subject told where records > 0`)
  const then = sql`evidence_told told where learned_from <= ${instant(asOf)} and learned_to > ${instant(asOf)}`
  return known.find(store, `${namespace} ${asOf}`, () => toldOf(store, namespace, then))
}

async function toldOf(store: Store, namespace: string, told: Statement): Promise<Ref[]> {
  const rows = await store.query<{ subject: Ref }>(
    sql`select distinct subject from ${told} and split_part(split_part(subject, ':', 2), '/', 1) = ${namespace}
      and exists (select 1 from evidence_subject s where s.subject = told.subject and s.kind <> 'cost') order by subject`,
  )
  return rows.map(({ subject }) => subject)
}
