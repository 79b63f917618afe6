import { formatInstant, type Instant, type Problem, type Ref, Refusal, SECOND } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import { nextTry } from '../decide/alerts.ts'
import { reachOf } from './destinations.ts'
import type { Notice } from './notice.ts'
import { send, type Sent } from './send/index.ts'

/** Messages sent at the same time. */
const AT_ONCE = 8
/** A message nobody finished sending in this time is sent again, under the same id. */
const HELD = 90 * SECOND
/** What a wait of unknown length is taken for. */
const UNSAID_WAIT_SECONDS = 60

type Context = Pick<Ground, 'store' | 'identity' | 'intake' | 'clock'>

interface Due {
  id: string
  target: Ref
  notice: Notice
  attempts: number
}

const isDue = (now: Instant) =>
  sql`state = 'waiting' and due_at <= ${instant(now)} and (held_until is null or held_until <= ${instant(now)})`

export async function anyDelivery({ store, clock }: Pick<Context, 'store' | 'clock'>): Promise<boolean> {
  const [row] = await store.query<{ any: boolean }>(sql`select exists (select 1 from alert_delivery where ${isDue(clock())}) as any`)
  return row!.any
}

/** Sends what is due. A process that ends in between leaves its messages to the next, which sends them under the same id. */
export async function deliverAlerts(context: Context, signal: AbortSignal): Promise<void> {
  const { store, clock } = context
  for (;;) {
    const now = clock()
    const due = await store.query<Due>(sql`
      update alert_delivery set held_until = ${instant(now + HELD)}, attempts = attempts + 1
      where id in (select id from alert_delivery where ${isDue(now)} order by due_at, id limit ${AT_ONCE} for update skip locked)
      returning id, target, notice, attempts`)
    if (due.length === 0 || signal.aborted) return
    await Promise.all(due.map(async (one) => note(one, await tried(one, context), context)))
  }
}

async function tried({ id, target, notice }: Due, context: Context): Promise<Sent> {
  try {
    const found = await reachOf(target, context)
    if (!found)
      return {
        state: 'gone',
        code: 'alerts.no_destination',
        message: `Nobody says any more where ${target} is reached.`,
        fix: 'Set its address, then try again.',
      }
    return await send(found.kind, { id, notice, ...found.reach }, context)
  } catch (error) {
    if (error instanceof Refusal) return { state: 'gone', code: error.problem.code, message: error.message }
    return { state: 'failed', code: 'alerts.fault', message: (error as Error).message }
  }
}

async function note({ id, attempts }: Due, sent: Sent, { store, clock }: Context): Promise<void> {
  const now = clock()
  if (sent.state === 'sent')
    return void (await store.query(
      sql`update alert_delivery set state = 'sent', sent_at = ${instant(now)}, held_until = null, error = null where id = ${id}`,
    ))
  const { state, waitSeconds, ...problem } = sent
  const next = state === 'gone' ? null : nextTry(attempts, now, waitSeconds === null ? UNSAID_WAIT_SECONDS : waitSeconds)
  await store.query(sql`
    update alert_delivery set state = ${next === null ? 'dead' : 'waiting'}, due_at = ${instant(next ?? now)}, held_until = null,
      error = ${JSON.stringify({ at: formatInstant(now), ...problem })}::json
    where id = ${id}`)
}

/** Tries a message again that was given up. */
export async function deliverAgain(id: string, { store, clock }: Pick<Context, 'store' | 'clock'>): Promise<void> {
  const rows = await store.query(
    sql`update alert_delivery set state = 'waiting', due_at = ${instant(clock())}, attempts = 0 where id = ${id} and state = 'dead' returning id`,
  )
  if (rows.length === 0)
    throw new Refusal('alerts.no_delivery', `There is no message ${id.slice(0, 40)} that was given up.`, {
      status: 404,
      fix: 'Read the page again: it may have been sent meanwhile.',
    })
}

/** How a message to somebody went. */
export interface Delivery {
  id: string
  target: Ref
  /** What it tells of. */
  alerts: number[]
  changes: number[]
  state: 'waiting' | 'sent' | 'dead'
  attempts: number
  dueAt: Instant
  sentAt: Instant | null
  error: (Pick<Problem, 'code' | 'message' | 'fix'> & { at: string }) | null
}

/** Messages about some alerts, or some changes of level, the latest first. */
export async function deliveriesOf(ids: readonly number[], store: Store, of: 'alerts' | 'changes' = 'alerts'): Promise<Delivery[]> {
  if (ids.length === 0) return []
  const rows = await store.query<Omit<Delivery, 'dueAt' | 'sentAt'> & { due_at: Instant; sent_at: Instant | null }>(sql`
    select id, target, alerts, changes, state, attempts, due_at, sent_at, error from alert_delivery
    where ${sql.ref(of)} && ${[...ids]}::bigint[] order by created_at desc, id`)
  return rows.map(({ due_at: dueAt, sent_at: sentAt, ...one }) => ({ ...one, dueAt, sentAt }))
}
