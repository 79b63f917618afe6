import type { Instant } from '../../../ground/core/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import { type KnownSlo, momentText } from './asks.ts'

/** From which minute on anything was ever said of the indicators of promises, as known at a moment: before it, silence is nobody's. */
export async function firstToldOf(store: Store, of: readonly KnownSlo[]): Promise<(one: KnownSlo) => Instant | null> {
  if (of.length === 0) return () => null
  const nameOf = ({ slo, asOf }: KnownSlo) => `${slo.ref} ${asOf}`
  const asks = [...new Map(of.map((one) => [nameOf(one), one]))].flatMap(([name, { slo, asOf }]) =>
    slo.objectives.map(({ indicator }) => ({
      name,
      subject: slo.service,
      indicator: indicator.name,
      asOf: momentText(asOf),
    })),
  )
  const rows = await store.query<{ name: string; first: Instant }>(sql`
    select a.name, min(f.hour + make_interval(mins => coalesce(m.minute, 0))) as first from json_to_recordset(${JSON.stringify(asks)}::json) as a(name text, subject text, indicator text, "asOf" timestamptz)
    cross join lateral (
      select e.hour from evidence_sli e where e.subject = a.subject and e.indicator = a.indicator and e.learned_from <= a."asOf"
      order by e.hour limit 1) f
    cross join lateral (
      select min(k.minute::int) as minute from evidence_sli e cross join lateral jsonb_object_keys(e.samples) k(minute)
      where e.subject = a.subject and e.indicator = a.indicator and e.hour = f.hour and e.learned_from <= a."asOf") m
    group by a.name`)
  const found = new Map(rows.map(({ name, first }) => [name, first]))
  return (one) => found.get(nameOf(one)) ?? null
}
