import { type Clock, DAY, type Instant, type Ref } from '../../core/index.ts'
import type { Identity } from '../../identity/index.ts'
import { EVIDENCE_KINDS, type EvidenceKind, type Ledger } from '../../ledger/index.ts'
import { instant, sql, type Store } from '../../store/index.ts'

/** What is kept for so long: a kind of evidence, or lines that could not be read. */
export type KeptKind = EvidenceKind | 'reject'
export const KEPT_KINDS: readonly KeptKind[] = [...EVIDENCE_KINDS, 'reject']

/** How long a kind is kept, and what was forgotten of it. */
export interface Retention {
  kind: KeptKind
  /** Null: for good. */
  days: number | null
  /** Who said so; null where nobody did. */
  by: Ref | null
  at: Instant | null
  /** Records forgotten so far, and when the last were. */
  forgotten: number
  forgottenAt: Instant | null
}

/** What would be forgotten. */
export interface WouldForget {
  before: Instant
  records: number
  /** How many there are now. */
  of: number
}

/** A refused line that nobody mended in this time will not be mended. */
const REJECT_DAYS = 90
/** Who forgets on schedule, in the audit trail. */
const FORGETTER = 'user:default/retention'
/** Rejects deleted in one transaction. */
const SLICE = 1_000

/** How long what came in is kept, and the forgetting of what is older. */
export class Retentions {
  readonly #store: Store
  readonly #ledger: Ledger
  readonly #identity: Identity
  readonly #clock: Clock

  constructor(on: { store: Store; ledger: Ledger; identity: Identity; clock: Clock }) {
    this.#store = on.store
    this.#ledger = on.ledger
    this.#identity = on.identity
    this.#clock = on.clock
  }

  async list(): Promise<Retention[]> {
    const said = await this.#store.query<{ kind: KeptKind; days: number; by: Ref; at: Instant }>(
      sql`select kind, days, by, at from retention`,
    )
    const gone = await this.#store.query<{ kind: KeptKind; records: number; at: Instant }>(
      sql`select kind, sum(records)::bigint as records, max(forgotten_at) as at from forgotten group by kind`,
    )
    return KEPT_KINDS.map((kind) => {
      const own = said.find((one) => one.kind === kind)
      const forgotten = gone.find((one) => one.kind === kind)
      return {
        kind,
        days: own?.days ?? (kind === 'reject' ? REJECT_DAYS : null),
        by: own?.by ?? null,
        at: own?.at ?? null,
        forgotten: forgotten?.records ?? 0,
        forgottenAt: forgotten?.at ?? null,
      }
    })
  }

  /** @param days null: as if nothing had been said, which is for good (rejects: 90 days) */
  async keep(kind: KeptKind, days: number | null, by: Ref): Promise<Retention> {
    if (days === null) await this.#store.query(sql`delete from retention where kind = ${kind}`)
    else
      await this.#store.query(sql`
        insert into retention (kind, days, by, at) values (${kind}, ${days}, ${by}, ${instant(this.#clock())})
        on conflict (kind) do update set days = excluded.days, by = excluded.by, at = excluded.at`)
    return (await this.list()).find((one) => one.kind === kind)!
  }

  /** What keeping a kind for so many days would forget now, and how much there is of it; changes nothing. */
  async wouldForget(kind: KeptKind, days: number): Promise<WouldForget> {
    const before = this.#clock() - days * DAY
    if (kind !== 'reject') {
      const [kept] = await this.#store.query<{ all: number | null }>(
        sql`select sum(records)::bigint as "all" from evidence_subject where kind = ${kind}`,
      )
      return { before, records: await this.#ledger.countBefore(kind, before), of: kept!.all ?? 0 }
    }
    const [rejects] = await this.#store.query<{ records: number; all: number }>(
      sql`select count(*) filter (where at < ${instant(before)}) as records, count(*) as "all" from reject`,
    )
    return { before, records: rejects!.records, of: rejects!.all }
  }

  /** Whether anything is older than it is kept. */
  async due(): Promise<boolean> {
    for (const { kind, days } of await this.list()) {
      if (days === null) continue
      const before = instant(this.#clock() - days * DAY)
      const old =
        kind === 'reject'
          ? sql`select from reject where at < ${before}`
          : sql`select from evidence_subject where kind = ${kind} and first_at < ${before}`
      const [found] = await this.#store.query<{ any: boolean }>(sql`select exists (${old}) as any`)
      if (found!.any) return true
    }
    return false
  }

  /** Forgets what is older than it is kept, and notes in the audit trail how much that was. */
  async forget(): Promise<void> {
    for (const { kind, days } of await this.list()) {
      if (days === null) continue
      const before = this.#clock() - days * DAY
      const records = kind === 'reject' ? await this.#rejects(before) : await this.#ledger.forget(kind, before)
      if (records > 0)
        await this.#identity.audit({
          person: FORGETTER,
          verb: 'retention.forgot',
          target: kind,
          detail: { records, days, before: new Date(before).toISOString() },
        })
    }
  }

  async #rejects(before: Instant): Promise<number> {
    let total = 0
    for (;;) {
      const gone = await this.#store.query(
        sql`delete from reject where id = any(array(select id from reject where at < ${instant(before)} order by id limit ${SLICE})) returning id`,
      )
      total += gone.length
      if (gone.length < SLICE) return total
    }
  }
}
