import type { Unknown } from '../../../ground/core/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import type { Slo } from '../intent/model.ts'
import { nameOf, type SliAsk } from './asks.ts'

/** Why points of its metric come over OTLP and tell an indicator of a promise nothing; null where none come, or they tell. */
export async function troublesOf(store: Store, slos: readonly Slo[]): Promise<(slo: Slo) => Unknown | null> {
  const asks = slos.flatMap(asksOf)
  if (asks.length === 0) return () => null
  const rows = await store.query<SliAsk & Unknown>(sql`
    select t.subject, t.indicator, t.trouble ->> 'code' as code, t.trouble ->> 'why' as why, t.trouble ->> 'fix' as fix from telemetry_indicator t
    join json_to_recordset(${JSON.stringify(asks)}::json) as a(subject text, indicator text) on a.subject = t.subject and a.indicator = t.indicator
    where t.trouble is not null`)
  const found = new Map(rows.map(({ code, why, fix, ...ask }) => [nameOf(ask), { code, why, fix }]))
  return (slo) => asksOf(slo).flatMap((ask) => found.get(nameOf(ask)) ?? [])[0] ?? null
}

function asksOf({ service, objectives }: Slo): SliAsk[] {
  return objectives.flatMap(({ indicator: { metrics, countedAs, name } }) =>
    metrics ? [{ subject: service, indicator: countedAs ?? name }] : [],
  )
}
