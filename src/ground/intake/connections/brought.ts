import type { Ref } from '../../core/index.ts'
import type { Ledger } from '../../ledger/index.ts'
import { sql, type Store } from '../../store/index.ts'

/** Whether a connection ever brought a record; with subjects, whether one about any of them is known from it still. */
export async function hasBrought(store: Store, ledger: Ledger, connection: string, subjects: readonly Ref[] | null): Promise<boolean> {
  if (subjects === null) {
    const [row] = await store.query<{ any: boolean }>(
      sql`select exists(select from connection_day where connection = ${connection} and accepted + revised + duplicates > 0) as any`,
    )
    return row!.any
  }
  const imports = await store.query<{ id: number }>(sql`select id from import where starts_with(fingerprint, ${`${connection} `})`)
  const importIds = imports.map(({ id }) => id)
  for (const subject of subjects) if (await ledger.isToldOf(subject, importIds)) return true
  return false
}
