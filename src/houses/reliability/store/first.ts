import type { Instant, Ref } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import type { Slo } from '../intent/model.ts'

/** From which hour on anything was ever said of the indicators of promises, as known at a moment: before it, silence is nobody's. */
export async function firstToldOf(store: Store, slos: readonly Slo[], asOf: Instant | null): Promise<Map<Ref, Instant>> {
  if (slos.length === 0) return new Map()
  const asks = slos.flatMap(({ ref, service, objectives }) =>
    objectives.map(({ indicator }) => ({ slo: ref, subject: service, indicator: indicator.name })),
  )
  const rows = await store.query<{ slo: Ref; first: Instant }>(sql`
    select a.slo, min(f.hour) as first from json_to_recordset(${JSON.stringify(asks)}::json) as a(slo text, subject text, indicator text)
    cross join lateral (
      select e.hour from evidence_sli e where e.subject = a.subject and e.indicator = a.indicator and e.learned_from <= ${instant(asOf ?? Infinity)}
      order by e.hour limit 1) f group by a.slo`)
  return new Map(rows.map(({ slo, first }) => [slo, first]))
}
