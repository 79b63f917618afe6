import { DAY, type Instant, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { Seen } from './notice.ts'

/** An alert as it is kept. */
export interface BurnAlert {
  id: number
  slo: Ref
  objective: string
  rule: string
  severity: string
  service: Ref
  state: 'pending' | 'firing' | 'resolved'
  since: Instant
  firedAt: Instant | null
  endedAt: Instant | null
  endedBy: 'calm' | 'withdrawn' | null
  seen: Seen
  /** Highest burn of the longest window. */
  most: number | null
  /** Since when nothing can be said: no samples came. */
  silentSince: Instant | null
  acknowledged: { at: Instant; by: Ref } | null
  /** Silenced, so that nobody was told yet. */
  untold: boolean
}

interface Row {
  id: number
  slo: Ref
  objective: string
  rule: string
  severity: string
  service: Ref
  state: BurnAlert['state']
  since: Instant
  fired_at: Instant | null
  ended_at: Instant | null
  ended_by: BurnAlert['endedBy']
  seen: Seen
  most: number | null
  silent_since: Instant | null
  acknowledged_at: Instant | null
  acknowledged_by: Ref | null
  tell: string | null
}

const COLUMNS = sql`id, slo, objective, rule, severity, service, state, since, fired_at, ended_at, ended_by, seen, most, silent_since,
  acknowledged_at, acknowledged_by, tell`

/** How far back alerts that are over are shown. */
export const HISTORY_DAYS = 30
const MOST_HISTORY = 200

const inNamespace = (namespace: string): Statement<boolean> => sql`split_part(split_part(slo, ':', 2), '/', 1) = ${namespace}`

/** Alerts that stand, those that fire and wake people first, the longest first. */
export async function standing(namespace: string, store: Store): Promise<BurnAlert[]> {
  const rows = await store.query<Row>(sql`
    select ${COLUMNS} from burn_alert where state in ('pending', 'firing') and ${inNamespace(namespace)}
    order by state, severity <> 'page', acknowledged_at is not null, fired_at, since, id`)
  return rows.map(viewOf)
}

/** Alerts that are over, the latest first. */
export async function history(namespace: string, now: Instant, store: Store): Promise<BurnAlert[]> {
  const rows = await store.query<Row>(sql`
    select ${COLUMNS} from burn_alert
    where state = 'resolved' and fired_at > ${instant(now - HISTORY_DAYS * DAY)} and ${inNamespace(namespace)}
    order by ended_at desc, id desc limit ${MOST_HISTORY}`)
  return rows.map(viewOf)
}

/** Alerts that fired in a span, as was known at a moment: what ended later had not ended yet. */
export async function firedIn(
  namespace: string,
  { from, to, asOf }: { from: Instant; to: Instant; asOf: Instant },
  { store }: Pick<Ground, 'store'>,
): Promise<BurnAlert[]> {
  const rows = await store.query<Row>(sql`
    select ${COLUMNS} from burn_alert
    where fired_at >= ${instant(from)} and fired_at < ${instant(to)} and fired_at <= ${instant(asOf)} and ${inNamespace(namespace)}
    order by fired_at, id`)
  return rows
    .map(viewOf)
    .map((alert) =>
      alert.endedAt !== null && (alert.endedAt > asOf || alert.endedAt >= to)
        ? { ...alert, state: 'firing', endedAt: null, endedBy: null }
        : alert,
    )
}

/** Alerts that fired at a moment, as was known at another, those that wake people first; but for those that were silenced. */
export async function firingAt(
  namespace: string,
  { at, asOf }: { at: Instant; asOf: Instant },
  { store }: Pick<Ground, 'store'>,
): Promise<BurnAlert[]> {
  const moment = instant(Math.min(at, asOf))
  const rows = await store.query<Row>(sql`
    select ${COLUMNS} from burn_alert a
    where fired_at <= ${moment} and (ended_at is null or ended_at > ${moment}) and ${inNamespace(namespace)} and not exists (
      select 1 from alert_silence s where s.namespace = ${namespace} and s.at <= ${moment} and s.until > ${moment} and (s.ended_at is null or s.ended_at > ${moment})
        and coalesce(s.service, a.service) = a.service and coalesce(s.slo, a.slo) = a.slo and coalesce(s.severity, a.severity) = a.severity)
    order by severity <> 'page', fired_at, id`)
  return rows.map((row) => ({ ...viewOf(row), state: 'firing', endedAt: null, endedBy: null }))
}

/** Notes that somebody looks after it, or takes that back. */
export async function acknowledge(
  id: number,
  acknowledged: boolean,
  by: Ref,
  { store, clock }: Pick<Ground, 'store' | 'clock'>,
): Promise<BurnAlert> {
  const [row] = await store.query<Row>(sql`
    update burn_alert set acknowledged_at = ${instant(acknowledged ? clock() : null)}, acknowledged_by = ${acknowledged ? by : null}
    where id = ${id} and state <> 'resolved' returning ${COLUMNS}`)
  if (!row)
    throw new Refusal('alerts.no_alert', `No alert ${id} stands.`, { status: 404, fix: 'It may be over: look at the alerts that stand.' })
  return viewOf(row)
}

function viewOf(row: Row): BurnAlert {
  const { fired_at, ended_at, ended_by, silent_since, acknowledged_at, acknowledged_by, tell, ...same } = row
  return {
    ...same,
    firedAt: fired_at,
    endedAt: ended_at,
    endedBy: ended_by,
    silentSince: silent_since,
    acknowledged: acknowledged_at === null ? null : { at: acknowledged_at, by: acknowledged_by! },
    untold: tell !== null,
  }
}
