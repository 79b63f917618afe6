import { randomUUID } from 'node:crypto'
import type { Audience } from '../../../ground/catalog/index.ts'
import { type Instant, type Ref, refNamespace } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import { matches } from '../decide/alerts.ts'
import { deliveriesOf } from './deliver.ts'
import type { ChangesOf } from './destinations.ts'
import type { ChangesNotice } from './notice.ts'
import { silencesAt } from './tell-changes.ts'
import { deliveryView } from './view.ts'

/** A target that hears of changes of level in its namespace. */
export interface ChangeListener {
  target: Ref
  namespace: string
  changes: ChangesOf
}

/** Everybody who is told of changes of level. */
export async function changeListeners(store: Store): Promise<ChangeListener[]> {
  const rows = await store.query<Omit<ChangeListener, 'namespace'>>(
    sql`select target, changes from alert_destination where changes is not null and paused_at is null order by target`,
  )
  return rows.map((row) => ({ ...row, namespace: refNamespace(row.target) }))
}

/** Whether somebody who listens to some hears of what matters to these audiences. */
export function isHeard({ changes }: Pick<ChangeListener, 'changes'>, audiences: readonly Audience[]): boolean {
  return changes === 'all' || audiences.includes(changes)
}

/** Writes a message for each target in the open transaction; the next delivery sends it. */
export async function announceChanges(
  messages: readonly { target: Ref; notice: ChangesNotice }[],
  now: Instant,
  { store }: { store: Store },
): Promise<void> {
  const rows = messages.map(({ target, notice }) => ({ id: randomUUID(), target, changes: notice.changes.map(({ id }) => id), notice }))
  if (rows.length === 0) return
  await store.query(sql`
    insert into alert_delivery (id, target, alerts, changes, notice, state, created_at, due_at)
    select r.id, r.target, '{}', array(select json_array_elements_text(r.changes)::bigint), r.notice, 'waiting', ${instant(now)}, ${instant(now)}
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id text, target text, changes json, notice json)`)
}

/**
 * Whether nobody is to be told of a change for now: a silence of its namespace, or of the component it is of, that names no
 * promise and no severity.
 */
export async function silencedChanges(
  namespace: string,
  now: Instant,
  { store }: { store: Store },
): Promise<(change: { subject: Ref }) => boolean> {
  const silences = await silencesAt(now, store)
  return ({ subject }) => silences.some((one) => matches(one, { namespace, service: subject, slo: '', severity: '' }))
}

/** How the messages about some changes went, by the change. */
export async function toldOf(changes: readonly number[], store: Store): Promise<(change: number) => ReturnType<typeof deliveryView>[]> {
  const deliveries = await deliveriesOf(changes, store, 'changes')
  return (change) => deliveries.filter(({ changes: about }) => about.includes(change)).map(deliveryView)
}
