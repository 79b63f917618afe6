import type { Instant } from '../../../ground/core/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import type { Indicator, Slo } from '../intent/model.ts'
import { type KnownSlo, momentText } from './asks.ts'

/**
 * Promises with the names of the samples that feed them, as known at a moment (null: now). A threshold is fed by what was
 * counted here against it (`countedAs`), else by samples that were sent under the name of its SLI. All others are as they were.
 */
export async function fedBy(store: Store, slos: readonly Slo[], asOf: Instant | null): Promise<Slo[]> {
  const known = slos.map((slo) => ({ slo, asOf }))
  return (await fedByEach(store, known)).map(({ slo }) => slo)
}

/** The same where each is asked for as known at a moment of its own. */
export async function fedByEach<Known extends KnownSlo>(store: Store, of: readonly Known[]): Promise<Known[]> {
  const asks = of.flatMap(({ slo: { service, objectives }, asOf }) =>
    objectives.flatMap(({ indicator: { countedAs } }) =>
      countedAs === undefined
        ? []
        : { key: keyOf(service, countedAs, asOf), subject: service, indicator: countedAs, asOf: momentText(asOf) },
    ),
  )
  if (asks.length === 0) return [...of]
  const rows = await store.query<{ key: string }>(sql`
    select distinct a.key from json_to_recordset(${JSON.stringify(asks)}::json) as a(key text, subject text, indicator text, "asOf" timestamptz)
    where exists (select 1 from evidence_sli e where e.subject = a.subject and e.indicator = a.indicator and e.learned_from <= a."asOf")`)
  const counted = new Set(rows.map(({ key }) => key))
  if (counted.size === 0) return [...of]
  return of.map((one) => {
    const { slo, asOf } = one
    const fed = (indicator: Indicator): Indicator =>
      indicator.countedAs !== undefined && counted.has(keyOf(slo.service, indicator.countedAs, asOf))
        ? { ...indicator, name: indicator.countedAs }
        : indicator
    return {
      ...one,
      slo: { ...slo, objectives: slo.objectives.map((objective) => ({ ...objective, indicator: fed(objective.indicator) })) },
    }
  })
}

function keyOf(subject: string, indicator: string, asOf: Instant | null): string {
  return `${subject} ${indicator} ${asOf}`
}
