import { formatInstant, type Instant, type Ref, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, instantText, sql, type Store } from '../../../ground/store/index.ts'
import { type AlertChange, changesOf, type KeptAlert } from '../decide/alerts.ts'
import { type Found, findingsOf } from './burns.ts'
import { statusesOf } from '../store/statuses.ts'
import { seenOf } from './notice.ts'
import { tellChanges } from './tell-changes.ts'
import { type Watch, watchesOf } from './watches.ts'

/**
 * One look at everything that is watched. What it changes and what is to be told of it are written in one transaction, so a
 * process may end at any moment: the next look finds the alerts as they stand, and tells nothing twice.
 */
export async function lookAtBurns(ground: Ground): Promise<{ watched: number; changes: number }> {
  const watches = await watchesOf(ground)
  const now = ground.clock()
  const kept = await standingAlerts(ground.store)
  const standing = new Set(kept.map(({ slo, objective }) => `${slo}\n${objective}`))
  const found = await findingsOf(watches, ({ slo, objective }) => standing.has(`${slo.ref}\n${objective}`), now, ground)
  const changes = changesOf(
    found.map(({ watch, rule, finding }) => ({ watched: watchedOf(watch, rule), finding })),
    kept,
    now,
  )
  const told = changes.length > 0 || (await anyUntold(ground.store))
  if (told) {
    const left = await budgetsLeft(watches, promisesOf(changes, kept), now, ground)
    await ground.store.transaction(async () => {
      await keep(changes, now, ground.store)
      await tellChanges(indexOf(watches), left, now, ground)
    })
  }
  return { watched: watches.length, changes: changes.filter(({ change }) => change !== 'seen').length }
}

/** The promises whose alerts began to fire. */
function promisesOf(changes: readonly AlertChange[], kept: readonly KeptAlert[]): Ref[] {
  const fired = new Set(changes.flatMap((one) => (one.change === 'fired' ? [one.id] : [])))
  const opened = changes.flatMap((one) => (one.change === 'opened' ? [one.watched.slo] : []))
  return [...opened, ...kept.filter(({ id }) => fired.has(id)).map(({ slo }) => slo)]
}

/** How much is left of the budgets of some promises, to be told with their alerts. */
async function budgetsLeft(
  watches: readonly Watch[],
  refs: readonly Ref[],
  now: Instant,
  ground: Ground,
): Promise<(slo: Ref, objective: string) => number | null> {
  const slos = [...new Set(watches.map(({ slo }) => slo))].filter(({ ref }) => refs.includes(ref))
  const statuses = slos.length > 0 ? await statusesOf(slos, { at: now, asOf: null }, ground) : []
  const left = new Map(statuses.map(({ slo, objective, budget }) => [`${slo}\n${objective}`, budget.remaining]))
  return (slo, objective) => left.get(`${slo}\n${objective}`) ?? null
}

function watchedOf({ slo, objective }: Watch, rule: Found['rule']) {
  return { slo: slo.ref, objective, service: slo.service, rule }
}

/** Watches by what an alert names. */
function indexOf(watches: readonly Watch[]): (slo: Ref, objective: string) => Watch | undefined {
  let index: Map<string, Watch> | undefined
  return (slo, objective) => {
    index ??= new Map(watches.map((watch) => [`${watch.slo.ref}\n${watch.objective}`, watch]))
    return index.get(`${slo}\n${objective}`)
  }
}

async function standingAlerts(store: Store): Promise<KeptAlert[]> {
  const rows = await store.query<Omit<KeptAlert, 'firedAt'> & { fired_at: Instant | null }>(
    sql`select id, slo, objective, rule, state, since, fired_at from burn_alert where state in ('pending', 'firing')`,
  )
  return rows.map(({ fired_at: firedAt, ...alert }) => ({ ...alert, firedAt }))
}

async function anyUntold(store: Store): Promise<boolean> {
  const [row] = await store.query<{ any: boolean }>(sql`select exists (select 1 from burn_alert where tell is not null) as any`)
  return row!.any
}

/** Writes what changed. Each statement changes only what is still as it was seen, so two that look at once do no harm. */
async function keep(changes: readonly AlertChange[], now: Instant, store: Store): Promise<void> {
  const of = <K extends AlertChange['change']>(kind: K) =>
    changes.filter((one): one is Extract<AlertChange, { change: K }> => one.change === kind)
  const at = instant(now)
  const opened = of('opened').map(({ watched: { slo, objective, service, rule }, standing, finding }) => ({
    slo,
    objective,
    service,
    rule: rule.key,
    severity: rule.severity,
    state: standing.state,
    since: instantText(standing.since),
    fired_at: standing.firedAt === null ? null : instantText(standing.firedAt),
    seen: seenOf(finding),
    most: finding.burns[0]!.rate,
  }))
  if (opened.length > 0)
    await store.query(sql`
      insert into burn_alert (slo, objective, rule, severity, service, state, since, fired_at, seen, most, tell)
      select r.slo, r.objective, r.rule, r.severity, r.service, r.state, r.since, r.fired_at, r.seen, r.most, case r.state when 'firing' then 'firing' end
      from json_to_recordset(${JSON.stringify(opened)}::json) as r(slo text, objective text, rule text, severity text, service text,
        state text, since timestamptz, fired_at timestamptz, seen json, most double precision)
      on conflict (slo, objective, rule) where state in ('pending', 'firing') do nothing`)
  const seen = [...of('fired'), ...of('seen')].map(({ id, finding }) => ({
    id,
    seen: seenOf(finding),
    most: finding.burns[0]!.rate,
    silent: finding.state === 'unknown',
  }))
  if (seen.length > 0)
    await store.query(sql`
      update burn_alert a set seen = case when r.silent then a.seen else r.seen end, most = greatest(a.most, r.most),
        silent_since = case when r.silent then coalesce(a.silent_since, ${at}) end
      from json_to_recordset(${JSON.stringify(seen)}::json) as r(id bigint, seen json, most double precision, silent boolean)
      where a.id = r.id and a.state <> 'resolved'`)
  const fired = of('fired').map(({ id }) => id)
  if (fired.length > 0)
    await store.query(
      sql`update burn_alert set state = 'firing', fired_at = ${at}, tell = 'firing' where id = any(${fired}::bigint[]) and state = 'pending'`,
    )
  const ended = of('ended')
  const quiet = ended.filter(({ wasFiring }) => !wasFiring).map(({ id }) => id)
  if (quiet.length > 0) await store.query(sql`delete from burn_alert where id = any(${quiet}::bigint[]) and state = 'pending'`)
  const over = ended.filter(({ wasFiring }) => wasFiring).map(({ id, by, finding }) => ({ id, by, seen: finding ? seenOf(finding) : null }))
  if (over.length > 0)
    await store.query(sql`
      update burn_alert a set state = 'resolved', ended_at = ${at}, ended_by = r.by, seen = coalesce(r.seen, a.seen), silent_since = null,
        tell = case when a.tell = 'firing' then null else 'resolved' end
      from json_to_recordset(${JSON.stringify(over)}::json) as r(id bigint, by text, seen json) where a.id = r.id and a.state = 'firing'`)
}

/** When anything of this last changed, for those who wait for it. */
export async function alertsSignature(store: Store): Promise<string> {
  const [row] = await store.query<{ word: string }>(sql`
    select concat_ws(' ',
      (select concat(count(*), '/', max(id), '/', count(acknowledged_at), '/', max(acknowledged_at), '/', count(ended_at), '/', count(fired_at)) from burn_alert),
      (select concat(count(*), '/', max(at), '/', count(ended_at)) from alert_silence),
      (select concat(count(*) filter (where state = 'waiting'), '/', count(*) filter (where state = 'dead'), '/', max(sent_at)) from alert_delivery)) as word`)
  return row!.word
}

/** Namespace of an alert: that of its promise. */
export function namespaceOf({ slo }: { slo: Ref }): string {
  return refNamespace(slo)
}

export function moment(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
