import { DAY, HOUR, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { countedSamples, type DerivedTable, type SampleChange } from '../../../ground/ledger/index.ts'
import { instant, instantText, recordset, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { hourOf, Hours, keyOf, sizeOf } from './slots.ts'
import { spread } from './spread.ts'
import { addToHours, clearSpan, deleteHours, type HourKey, putHours, sumDays } from './write.ts'

/** Days derived in one transaction when a subject is derived again. */
const SLICE_DAYS = 7

/**
 * Hours (with their minutes) and days of indicators. Samples are added in the transaction that keeps them; hours in which
 * one was corrected or taken back, or that hold fractions (whose sum depends on their order), are derived again from the
 * samples there and then. So the table is never behind, and rebuilt from the samples it comes out identical.
 */
export function sliTable({ store }: Pick<Ground, 'store'>): DerivedTable {
  return {
    name: 'sli',
    kinds: ['sli'],
    since: () => null,
    take: (changes) => take(store, changes),
    refresh: (subject, since) => refresh(store, subject, since),
    async clear() {
      await store.query(sql`truncate sli_hour, sli_day`)
    },
  }
}

async function take(store: Store, changes: readonly SampleChange[]): Promise<void> {
  const added = new Hours()
  const again = new Map<string, HourKey>()
  const deriveAgain = (key: HourKey) => again.set(keyOf(key.subject, key.indicator, key.hour), key)
  for (const { subject, indicator, before, after } of changes) {
    if (!before && after) added.add({ subject, indicator }, after)
    else
      for (const count of [before, after]) {
        if (!count) continue
        for (const { minute } of spread(count)) deriveAgain({ subject, indicator, hour: hourOf(minute) })
      }
  }
  const fresh = added.all().filter((slots) => !again.has(keyOf(slots.subject, slots.indicator, slots.hour)))
  const { true: whole = [], false: exact = [] } = Object.groupBy(fresh, (slots) => `${sizeOf(slots) !== 'exact'}`)
  exact.forEach(deriveAgain)
  if (whole.length) (await addToHours(store, whole)).forEach(deriveAgain)
  const keys = [...again.values()]
  if (keys.length) {
    const derived = new Hours()
    for (const samples of await countedSamples(store, touching(keys))) derived.addAll(samples)
    await deleteHours(store, keys)
    await putHours(
      store,
      derived.all().filter((slots) => again.has(keyOf(slots.subject, slots.indicator, slots.hour))),
    )
  }
  await sumDays(store, [...whole, ...keys])
}

/** Picks rows of `evidence_sli c` with samples that may tell of these hours: of a sample up to a day long the start lies before. */
export function touching(keys: readonly HourKey[]): Statement {
  return sql`c.ctid = any(array(
    select e.ctid from ${recordset(runsOf(keys), sql`subject text, indicator text, "from" timestamptz, "to" timestamptz`)} k
    join evidence_sli e on e.subject = k.subject and e.indicator = k.indicator and e.hour >= k."from" - interval '1 day' and e.hour < k."to"
      and (e.hour >= k."from" or ${reachesOver(sql`e`)})))`
}

/** Hours of an indicator that follow one another, as one span. */
function runsOf(keys: readonly HourKey[]): { subject: Ref; indicator: string; from: string; to: string }[] {
  return [...Map.groupBy(keys, ({ subject, indicator }) => `${subject}\n${indicator}`).values()].flatMap((some) => {
    const { subject, indicator } = some[0]!
    const runs: { from: Instant; to: Instant }[] = []
    for (const { hour } of some.toSorted((one, other) => one.hour - other.hour)) {
      const last = runs.at(-1)
      if (last && hour <= last.to) last.to = hour + HOUR
      else runs.push({ from: hour, to: hour + HOUR })
    }
    return runs.map(({ from, to }) => ({ subject, indicator, from: instantText(from), to: instantText(to) }))
  })
}

/** Whether a row of `evidence_sli` has a sample that may reach over the end of its hour: longer than a minute, or begun in the middle of one. */
export function reachesOver(row: Statement): Statement {
  return sql`jsonb_path_exists(${row}.samples, '$.*.*[*] ? (@.seconds > 60 || exists(@.windowStart))')`
}

async function refresh(store: Store, subject: Ref, since: Instant): Promise<Instant | void> {
  const before = sql`${instant(since)} - interval '1 day'`
  const [first] = await store.query<{ hour: Instant | null }>(
    sql`select min(hour) as hour from evidence_sli where subject = ${subject} and hour >= ${before}`,
  )
  if (!first?.hour) return clearSpan(store, subject, since, Infinity)
  const from = Math.max(Math.floor(since / DAY), Math.floor(first.hour / DAY)) * DAY
  const to = from + SLICE_DAYS * DAY
  await clearSpan(store, subject, Math.min(since, from), to)
  const inReach = sql`c.subject = ${subject} and c.hour >= ${instant(from - DAY)} and c.hour < ${instant(to)}`
  const derived = new Hours()
  for (const samples of await countedSamples(store, inReach)) derived.addAll(samples)
  const hours = derived.all().filter(({ hour }) => hour >= from && hour < to)
  await putHours(store, hours)
  await sumDays(store, hours)
  const [rest] = await store.query<{ left: boolean }>(
    sql`select exists (select 1 from evidence_sli where subject = ${subject} and hour >= ${instant(to - DAY)}) as left`,
  )
  if (rest!.left) return to
  await clearSpan(store, subject, to, Infinity)
}
