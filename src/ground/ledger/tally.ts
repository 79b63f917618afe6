import { type Instant, type Ref } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import type { EvidenceKind } from './kinds/index.ts'

/** How many records there are by subject, and by day; kept beside the records so that nobody has to count them. */
export class Tally {
  readonly #subjects = new Map<string, { subject: Ref; kind: EvidenceKind; source: string; records: number; first: string; last: string }>()
  readonly #days = new Map<string, { kind: EvidenceKind; source: string; day: string; records: number }>()

  /**
   * Counts a record in (or out, with -1).
   * @param at when it happened, RFC 3339 in UTC
   */
  count(kind: EvidenceKind, subject: Ref, source: string, at: string, records: 1 | -1 = 1): void {
    const key = `${kind}\n${source}\n${subject}`
    const counted = this.#subjects.get(key)
    if (!counted) this.#subjects.set(key, { subject, kind, source, records, first: at, last: at })
    else {
      counted.records += records
      if (at < counted.first) counted.first = at
      if (at > counted.last) counted.last = at
    }
    const day = at.slice(0, 10)
    const dayKey = `${kind}\n${source}\n${day}`
    const days = this.#days.get(dayKey)
    if (days) days.records += records
    else this.#days.set(dayKey, { kind, source, day, records })
  }

  /**
   * Adds what was counted to the store, in the open transaction, and notes from when until when there is anything about a
   * subject, where that changes. One statement: whoever learns waits for every answer. It sees `evidence_subject` as it
   * was before, so what it makes of the rows it touches is looked at apart from those it leaves.
   */
  async keep(store: Store, moment: Instant): Promise<void> {
    if (this.#subjects.size === 0) return
    await store.query(sql`
      with counted as (
        insert into evidence_subject as s (subject, kind, source, records, first_at, last_at, learned_at)
        select r.subject, r.kind, r.source, r.records, r.first, r.last, ${instant(moment)}
        from json_to_recordset(${JSON.stringify([...this.#subjects.values()])}::json) as r(subject text, kind text, source text, records bigint, first timestamptz, last timestamptz)
        on conflict (subject, kind, source) do update set records = s.records + excluded.records,
          first_at = least(s.first_at, excluded.first_at), last_at = greatest(s.last_at, excluded.last_at), learned_at = excluded.learned_at
        returning subject, kind, source, records
      ), days as (
        insert into evidence_day as d (kind, source, day, records)
        select r.kind, r.source, r.day, r.records
        from json_to_recordset(${JSON.stringify([...this.#days.values()])}::json) as r(kind text, source text, day date, records bigint)
        on conflict (kind, source, day) do update set records = d.records + excluded.records
      ), touched as (
        select c.subject, c.told or exists (select 1 from evidence_subject s where s.subject = c.subject and s.records > 0
            and not exists (select 1 from counted t where t.subject = s.subject and t.kind = s.kind and t.source = s.source)) as told,
          exists (select 1 from evidence_told k where k.subject = c.subject and k.learned_to = 'infinity') as noted
        from (select subject, bool_or(records > 0) as told from counted group by subject) c
      ), ended as (
        update evidence_told k set learned_to = ${instant(moment)} from touched t where t.noted and not t.told and k.subject = t.subject and k.learned_to = 'infinity'
      )
      insert into evidence_told (subject, learned_from) select subject, ${instant(moment)} from touched where told and not noted`)
  }
}
