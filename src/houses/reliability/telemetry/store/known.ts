import type { Ref } from '../../../../ground/core/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'

/** Operations that were counted before. */
export function knownOperations(store: Store): Promise<{ service: Ref; kind: string; operation: string }[]> {
  return store.query(sql`select service, kind, operation from telemetry_operation order by first_at`)
}

/** Services that sent anything before. */
export async function knownServices(store: Store): Promise<Set<Ref>> {
  const rows = await store.query<{ service: Ref }>(sql`select distinct service from telemetry_signal`)
  return new Set(rows.map(({ service }) => service))
}

/** Patterns that were found before. */
export function knownPatterns(store: Store): Promise<{ service: Ref; id: string; template: string }[]> {
  return store.query(sql`select service, id, template from telemetry_pattern order by first_at`)
}
