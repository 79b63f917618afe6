import type { Instant } from '../../../ground/core/index.ts'
import { instant, sql, type Store } from '../../../ground/store/index.ts'
import type { Indicator, Slo } from '../intent/model.ts'

/**
 * Promises with the names of the samples that feed them, as known at a moment (null: now). A threshold is fed by what was
 * counted here against it (`countedAs`), else by samples that were sent under the name of its SLI. All others are as they were.
 */
export async function fedBy(store: Store, slos: readonly Slo[], asOf: Instant | null): Promise<Slo[]> {
  const asks = slos.flatMap(({ service, objectives }) =>
    objectives.flatMap(({ indicator: { countedAs } }) => (countedAs === undefined ? [] : { subject: service, indicator: countedAs })),
  )
  if (asks.length === 0) return [...slos]
  const rows = await store.query<{ subject: string; indicator: string }>(sql`
    select distinct a.subject, a.indicator from json_to_recordset(${JSON.stringify(asks)}::json) as a(subject text, indicator text)
    where exists (select 1 from evidence_sli e where e.subject = a.subject and e.indicator = a.indicator and e.learned_from <= ${instant(asOf ?? Infinity)})`)
  const counted = new Set(rows.map(({ subject, indicator }) => `${subject}\n${indicator}`))
  if (counted.size === 0) return [...slos]
  return slos.map((slo) => {
    const fed = (indicator: Indicator): Indicator =>
      counted.has(`${slo.service}\n${indicator.countedAs}`) ? { ...indicator, name: indicator.countedAs! } : indicator
    return { ...slo, objectives: slo.objectives.map((objective) => ({ ...objective, indicator: fed(objective.indicator) })) }
  })
}
