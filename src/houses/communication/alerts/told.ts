import type { Instant } from '../../../ground/core/index.ts'
import { instant, instantText, sql, type Store } from '../../../ground/store/index.ts'
import type { Alert, NotedChange } from './decide.ts'

/** A change of level that somebody was told of. */
export interface ToldChange extends NotedChange {
  id: number
}

/** What was told before these is older than any news. */
const MOST = 1_000

/** What was told of a namespace by then. */
export async function toldChanges(namespace: string, asOf: Instant, store: Store): Promise<ToldChange[]> {
  return store.query<ToldChange>(sql`
    select id, measure, subject, rose as up, changed_at as at from told_change
    where namespace = ${namespace} and told_at <= ${instant(asOf)} order by id desc limit ${MOST}::integer`)
}

/** Notes in the open transaction that these are told; in their order, the number of each. */
export async function noteTold(namespace: string, alerts: readonly Alert[], now: Instant, store: Store): Promise<number[]> {
  const rows = alerts.map(({ measure, subject, change }) => ({
    measure,
    subject,
    rose: change.after > change.before,
    at: instantText(Date.parse(change.at)),
  }))
  const kept = await store.query<{ id: number }>(sql`
    insert into told_change (namespace, measure, subject, rose, changed_at, told_at)
    select ${namespace}, r.measure, r.subject, r.rose, r.at, ${instant(now)}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(measure text, subject text, rose boolean, at timestamptz)
    returning id`)
  return kept.map(({ id }) => id)
}

/** When each namespace was looked at last, and whether anything was learned since. */
export async function lastLooks(store: Store): Promise<Map<string, { at: Instant; learnedSince: boolean }>> {
  const rows = await store.query<{ namespace: string; at: Instant; learnedSince: boolean }>(sql`
    select namespace, looked_at as at, learned < (select learned from ledger_clock) as "learnedSince" from change_look`)
  return new Map(rows.map(({ namespace, ...look }) => [namespace, look]))
}

/** Notes that a namespace was looked at, with all that was known then. */
export async function noteLook(namespace: string, now: Instant, learned: Instant, store: Store): Promise<void> {
  await store.query(sql`
    insert into change_look (namespace, looked_at, learned) values (${namespace}, ${instant(now)}, ${instant(learned)})
    on conflict (namespace) do update set looked_at = excluded.looked_at, learned = excluded.learned`)
}

/** Forgets what was told of a namespace that is gone. */
export async function eraseToldChanges({ store }: { store: Store }, namespace: string): Promise<void> {
  await store.query(sql`delete from told_change where namespace = ${namespace}`)
  await store.query(sql`delete from change_look where namespace = ${namespace}`)
}
