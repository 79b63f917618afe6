import type { Clock, Instant, Ref } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import type { AuditEntry } from './identity.ts'

interface AuditRow {
  id: number
  at: Instant
  person: Ref
  verb: string
  target: string
  detail: Record<string, unknown>
}

/** Who changed what, when; only ever added to. */
export function createAudit(store: Store, clock: Clock) {
  return {
    async add(entry: { person: Ref; verb: string; target: string; detail?: Record<string, unknown> }): Promise<void> {
      await store.query(sql`
        insert into audit (at, person, verb, target, detail)
        values (${instant(clock())}, ${entry.person}, ${entry.verb}, ${entry.target}, ${JSON.stringify(entry.detail ?? {})}::jsonb)`)
    },
    /** Newest first. */
    async list({ target, limit, before }: { target?: string; limit: number; before?: number }): Promise<AuditEntry[]> {
      return store.query<AuditRow>(sql`
        select id, at, person, verb, target, detail from audit
        where ${target === undefined ? sql`true` : sql`target = ${target}`} and ${before === undefined ? sql`true` : sql`id < ${before}::bigint`}
        order by id desc limit ${limit}::bigint`)
    },
  }
}
