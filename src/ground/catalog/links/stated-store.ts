import { formatInstant, type Instant, type Ref } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import { inBatches } from '../batches.ts'
import { textList } from '../rows.ts'
import type { ResolvedLink } from './stated.ts'

/** Makes the kept links of documents those they state now. */
export async function replaceStatedLinks(
  store: Store,
  documents: readonly { ref: Ref; links: readonly ResolvedLink[] }[],
  { by, at }: { by: Ref; at: Instant },
): Promise<void> {
  if (documents.length === 0) return
  await store.query(sql`delete from link where owner in (select value from ${textList(documents.map(({ ref }) => ref))})`)
  const rows = documents.flatMap(({ ref, links }) => links.map(({ from, type, to }) => ({ from, type, to, owner: ref })))
  for (const batch of inBatches(rows, (row) => row)) {
    await store.query(sql`
      insert into link (from_id, type, to_id, owner, origin, confidence, status, at, by)
      select "from", type, "to", owner, 'declared', 1, 'accepted', ${formatInstant(at)}::timestamptz, ${by}
      from json_to_recordset(${JSON.stringify(batch)}::text::json) as given("from" text, type text, "to" text, owner text)
      on conflict do nothing`)
  }
}
