import type { Instant, Ref } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { instant, sql } from '../../../../ground/store/index.ts'
import { slosOf } from '../../store/slos.ts'
import { definitionOf, type OwnIndicator, ownIndicators } from './own.ts'
import { emptiedSamples, keptSamples } from './samples.ts'
import type { Trouble } from './trouble.ts'

/** Records that are appended at once. */
const SLICE = 5_000
const BY = 'user:default/telemetry'
/** Held while indicators are counted anew. */
const SETTLING = sql`7264, 22`

/** An indicator that is counted as telemetry comes in. */
export type Settled = OwnIndicator & {
  since: Instant
  /** Why its points told nothing when they came last. */
  trouble: Trouble | null
}

/**
 * The indicators that are counted from telemetry, each known to be so from a moment on. A new one, and one that is defined
 * otherwise, is first counted from what is kept of spans; an earlier count of it is emptied. Called in a transaction,
 * before it adds spans.
 */
export async function settledIndicators(ground: Ground, now: Instant): Promise<Settled[]> {
  const own = ownIndicators(await slosOf(ground))
  const isAsKept = (kept: ReadonlyMap<string, Kept>) =>
    kept.size === own.length && own.every((one) => kept.get(keyOf(one))?.definition === definitionOf(one))
  let kept = await keptIndicators(ground)
  if (!isAsKept(kept)) {
    await ground.store.query(sql`select pg_advisory_xact_lock(${SETTLING})`)
    kept = await keptIndicators(ground)
    await settle(ground, own, kept, now)
  }
  return own.map((one) => {
    const found = kept.get(keyOf(one))
    return found?.definition === definitionOf(one)
      ? { ...one, since: found.since, trouble: found.trouble }
      : { ...one, since: now, trouble: null }
  })
}

/** Notes of indicators why their points tell nothing, or that they do. */
export async function noteTroubles(
  { store }: Pick<Ground, 'store'>,
  troubles: readonly { subject: Ref; indicator: string; trouble: Trouble | null }[],
): Promise<void> {
  if (troubles.length === 0) return
  await store.query(sql`
    update telemetry_indicator t set trouble = r.trouble from json_to_recordset(${JSON.stringify(troubles)}::json) as r(subject text, indicator text, trouble json)
    where t.subject = r.subject and t.indicator = r.indicator`)
}

/** Whether there is an indicator that was not counted yet. */
export async function anyUnsettled(ground: Ground): Promise<boolean> {
  const own = ownIndicators(await slosOf(ground))
  const kept = await keptIndicators(ground)
  return kept.size !== own.length || own.some((one) => kept.get(keyOf(one))?.definition !== definitionOf(one))
}

/** Counts new indicators from what is kept, where no telemetry comes in that would do it. */
export async function settleIndicators(ground: Ground): Promise<void> {
  await ground.store.transaction(() => settledIndicators(ground, ground.clock()))
}

interface Kept {
  definition: string
  since: Instant
  trouble: Trouble | null
}

async function settle(ground: Ground, own: readonly OwnIndicator[], kept: ReadonlyMap<string, Kept>, now: Instant): Promise<void> {
  const wanted = new Set(own.map(keyOf))
  for (const key of kept.keys()) {
    const [subject, indicator] = key.split('\n')
    if (!wanted.has(key))
      await ground.store.query(sql`delete from telemetry_indicator where subject = ${subject} and indicator = ${indicator}`)
  }
  for (const one of own) {
    const definition = definitionOf(one)
    if (kept.get(keyOf(one))?.definition === definition) continue
    if (one.from === 'spans') {
      const records = [...(await emptiedSamples(ground, one, now)), ...(await keptSamples(ground, one)).records(`kept/${now}`)]
      for (let at = 0; at < records.length; at += SLICE) await ground.ledger.append(records.slice(at, at + SLICE), { by: BY })
    }
    await ground.store.query(sql`
      insert into telemetry_indicator (subject, indicator, definition, since) values (${one.subject}, ${one.indicator}, ${definition}, ${instant(now)})
      on conflict (subject, indicator) do update set definition = excluded.definition, since = excluded.since, trouble = null`)
  }
}

async function keptIndicators({ store }: Pick<Ground, 'store'>): Promise<Map<string, Kept>> {
  const rows = await store.query<Kept & { subject: Ref; indicator: string }>(
    sql`select subject, indicator, definition, since, trouble from telemetry_indicator`,
  )
  return new Map(rows.map(({ subject, indicator, ...kept }) => [`${subject}\n${indicator}`, kept]))
}

function keyOf({ subject, indicator }: { subject: Ref; indicator: string }): string {
  return `${subject}\n${indicator}`
}
