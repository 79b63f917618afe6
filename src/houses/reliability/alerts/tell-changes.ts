import { randomUUID } from 'node:crypto'
import { formatInstant, type Instant, type Ref, refNamespace } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import { type Matcher, matches } from '../decide/alerts.ts'
import type { AlertsNotice, NoticeAlert, Seen } from './notice.ts'
import { periodOf, titleOf, type Watch } from './watches.ts'

interface Untold {
  id: number
  slo: Ref
  objective: string
  rule: string
  severity: string
  service: Ref
  since: Instant
  fired_at: Instant | null
  ended_at: Instant | null
  ended_by: 'calm' | 'withdrawn' | null
  seen: Seen
  tell: 'firing' | 'resolved'
}

/** More services than these at once are one message: a storm is one thing to look at, and Slack takes a message a second. */
const MOST_APART = 5

/**
 * Writes a message for each target and service of what is not yet told, or one for all, in the open transaction. What is silenced waits: it is
 * told when the silence ends, if it still fires then. What no destination hears of is told to nobody, and is done.
 * @param left share of a budget that is left
 */
export async function tellChanges(
  watchOf: (slo: Ref, objective: string) => Watch | undefined,
  left: (slo: Ref, objective: string) => number | null,
  now: Instant,
  { store }: { store: Store },
): Promise<void> {
  const untold = await store.query<Untold>(sql`
    select id, slo, objective, rule, severity, service, since, fired_at, ended_at, ended_by, seen, tell from burn_alert
    where tell is not null order by id for update skip locked`)
  if (untold.length === 0) return
  const silences = await silencesAt(now, store)
  const ripe = untold.filter(
    (alert) => alert.tell === 'resolved' || !silences.some((one) => matches(one, { ...alert, namespace: refNamespace(alert.slo) })),
  )
  if (ripe.length === 0) return
  const destinations = await store.query<{ target: Ref; standard: boolean }>(
    sql`select target, standard from alert_destination where paused_at is null order by target`,
  )
  const heard = await whoHeard(
    ripe.filter(({ tell }) => tell === 'resolved').map(({ id }) => id),
    store,
  )
  const told = ripe.flatMap((alert) => {
    const rule = watchOf(alert.slo, alert.objective)?.rules.find(({ key }) => key === alert.rule)
    const hears = ({ target, standard }: { target: Ref; standard: boolean }) => {
      // Whoever heard that it fires hears that it is over, also when the rule that named them is gone.
      if (alert.tell === 'resolved') return rule?.tellsEnd !== false && heard.has(`${alert.id} ${target}`)
      return rule?.targets ? rule.targets.includes(target) : standard && refNamespace(target) === refNamespace(alert.slo)
    }
    return destinations.filter(hears).map(({ target }) => ({ target, alert }))
  })
  const messages = [...Map.groupBy(told, ({ target }) => target)].flatMap(([target, some]) => {
    const services = [...Map.groupBy(some, ({ alert }) => alert.service).values()]
    return (services.length > MOST_APART ? [some.toSorted(worstFirst)] : services).map((group) => {
      const { service } = group[0]!.alert
      const alerts = group.map(({ alert }) => noticeOf(alert, watchOf(alert.slo, alert.objective), left(alert.slo, alert.objective)))
      const notice: AlertsNotice = { type: 'slo.alerts', at: formatInstant(now), service, alerts }
      return { id: randomUUID(), target, service, alerts: group.map(({ alert }) => alert.id), notice }
    })
  })
  if (messages.length > 0)
    await store.query(sql`
      insert into alert_delivery (id, target, service, alerts, notice, state, created_at, due_at)
      select r.id, r.target, r.service, array(select json_array_elements_text(r.alerts)::bigint), r.notice, 'waiting', ${instant(now)}, ${instant(now)}
      from json_to_recordset(${JSON.stringify(messages)}::json) as r(id text, target text, service text, alerts json, notice json)`)
  await store.query(sql`update burn_alert set tell = null where id = any(${ripe.map(({ id }) => id)}::bigint[])`)
}

/** What fires and wakes people first. */
function worstFirst({ alert: a }: { alert: Untold }, { alert: b }: { alert: Untold }): number {
  const rank = ({ tell, severity }: Untold) => (tell === 'resolved' ? 2 : severity === 'page' ? 0 : 1)
  return rank(a) - rank(b) || a.id - b.id
}

/** Who was told that these alerts fire: alert and target. */
async function whoHeard(alerts: readonly number[], store: Store): Promise<Set<string>> {
  if (alerts.length === 0) return new Set()
  const rows = await store.query<{ heard: string }>(sql`
    select distinct alert || ' ' || target as heard from alert_delivery cross join unnest(alerts) as alert
    where alerts && ${[...alerts]}::bigint[]`)
  return new Set(rows.map(({ heard }) => heard))
}

function noticeOf(alert: Untold, watch: Watch | undefined, left: number | null): NoticeAlert {
  const { id, slo, service, objective, rule, severity, since, fired_at: firedAt, ended_at: endedAt, ended_by: endedBy, seen, tell } = alert
  const targets = watch ? (watch.place === null ? watch.slo.objectives : [watch.slo.objectives[watch.place]!]) : []
  return {
    id,
    event: tell,
    slo,
    service,
    title: watch ? titleOf(watch) : slo,
    objective,
    target: Math.min(1, ...targets.map(({ target }) => target)),
    severity,
    rule,
    since: formatInstant(since),
    firedAt: firedAt === null ? null : formatInstant(firedAt),
    endedAt: endedAt === null ? null : formatInstant(endedAt),
    endedBy,
    seen,
    periodMs: watch ? periodOf(watch.slo.window) : 0,
    runbook: watch?.runbook ?? null,
    left,
  }
}

/** Silences that hold at a moment. */
export async function silencesAt(now: Instant, store: Store): Promise<(Matcher & { id: number })[]> {
  return store.query(sql`
    select id, namespace, service, slo, severity from alert_silence
    where at <= ${instant(now)} and until > ${instant(now)} and ended_at is null`)
}
