import type { Ref } from '../../../ground/core/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'

/** The subjects of a namespace that records tell of. */
export async function subjectsIn(store: Store, namespace: string): Promise<Ref[]> {
  const rows = await store.query<{ subject: Ref }>(sql`
    select distinct subject from evidence_subject where records > 0 and split_part(split_part(subject, ':', 2), '/', 1) = ${namespace} order by subject`)
  return rows.map(({ subject }) => subject)
}
