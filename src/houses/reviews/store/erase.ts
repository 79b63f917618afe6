import { sql, type Store } from '../../../ground/store/index.ts'

/** Erases rankings that were made alone in reviews of a namespace. */
export async function eraseBallots({ store }: { store: Store }, namespace: string): Promise<void> {
  await store.query(sql`delete from review_ballot where split_part(split_part(review, ':', 2), '/', 1) = ${namespace}`)
}
