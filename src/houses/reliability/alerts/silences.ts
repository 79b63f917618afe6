import { type Instant, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import type { Matcher } from '../decide/alerts.ts'

/** A while in which nobody is told of some alerts; they are looked at and shown all the same. */
export interface Silence extends Matcher {
  id: number
  reason: string
  by: Ref
  at: Instant
  until: Instant
  endedAt: Instant | null
  endedBy: Ref | null
}

type Context = Pick<Ground, 'store' | 'clock'>
type Row = Omit<Silence, 'endedAt' | 'endedBy'> & { ended_at: Instant | null; ended_by: Ref | null }
const COLUMNS = sql`id, namespace, service, slo, severity, reason, by, at, until, ended_at, ended_by`

export async function silence(wish: Matcher & { reason: string; until: Instant }, by: Ref, { store, clock }: Context): Promise<Silence> {
  const now = clock()
  const { namespace, service, slo, severity, reason, until } = wish
  if (until <= now)
    throw new Refusal('alerts.silence_over', 'The silence would end before it begins.', { path: 'until', fix: 'Choose a moment to come.' })
  const [row] = await store.query<Row>(sql`
    insert into alert_silence (namespace, service, slo, severity, reason, by, at, until)
    values (${namespace}, ${service}, ${slo}, ${severity}, ${reason}, ${by}, ${instant(now)}, ${instant(until)}) returning ${COLUMNS}`)
  return viewOf(row!)
}

/** Ends a silence before its time, or takes that back. */
export async function endSilence(id: number, ended: boolean, by: Ref, { store, clock }: Context): Promise<Silence> {
  const [row] = await store.query<Row>(sql`
    update alert_silence set ended_at = ${instant(ended ? clock() : null)}, ended_by = ${ended ? by : null} where id = ${id} returning ${COLUMNS}`)
  if (!row)
    throw new Refusal('alerts.no_silence', `There is no silence ${id}.`, {
      status: 404,
      fix: '"throughline alerts" lists those there are.',
    })
  return viewOf(row)
}

/** Silences of a namespace that hold or come, and those that ended within a week. */
export async function silences(namespace: string, now: Instant, { store }: Pick<Context, 'store'>): Promise<Silence[]> {
  const rows = await store.query<Row>(sql`
    select ${COLUMNS} from alert_silence
    where namespace = ${namespace} and least(until, coalesce(ended_at, until)) > ${instant(now - 7 * 86_400_000)} order by at desc, id desc`)
  return rows.map(viewOf)
}

/** Whether it holds at a moment. */
export function holds({ at, until, endedAt }: Pick<Silence, 'at' | 'until' | 'endedAt'>, now: Instant): boolean {
  return at <= now && now < until && endedAt === null
}

function viewOf({ ended_at: endedAt, ended_by: endedBy, ...row }: Row): Silence {
  return { ...row, endedAt, endedBy }
}
