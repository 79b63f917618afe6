import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Slo, type SloStatus, slosOf, type StatusAsk, statusesOfEach } from '../../reliability/index.ts'
import type { SloEvidence } from '../decide/index.ts'
import type { Rule } from '../intent/index.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog'>

/** What looks at promises: all of the component where none is named. */
type Looks = Pick<Extract<Rule, { rule: 'budget' }>, 'rule' | 'slos'>

/** The promises that some rules look at: those of the component, and others that a rule names. */
export async function promisesFor(rules: readonly (Rule | Looks)[], component: Ref, asOf: Instant, context: Context): Promise<Slo[]> {
  const about = rules.filter((rule) => rule.rule === 'budget' || rule.rule === 'burn')
  if (about.length === 0) return []
  const named = [...new Set(about.flatMap(({ slos }) => slos ?? []))]
  const own = about.some(({ slos }) => slos === null) ? await slosOf(context, { service: component, asOf }) : []
  const others = named.length > 0 ? await slosOf(context, { refs: named, asOf }) : []
  return [...new Map([...own, ...others].map((slo) => [slo.ref, slo])).values()].sort((a, b) => (a.ref < b.ref ? -1 : 1))
}

/** Promises a component is judged by at a moment. */
export interface BudgetAsk extends StatusAsk {
  component: Ref
}

/** How promises stood at moments by what was known at others (null: now); few statements, however many are asked. */
export async function budgetsOfEach(asks: readonly BudgetAsk[], context: Context): Promise<SloEvidence[][]> {
  const statuses = await statusesOfEach(asks, context)
  return asks.map(({ component, promises }, place) => {
    const several = new Set(promises.filter(({ objectives }) => objectives.length > 1).map(({ ref }) => ref))
    return statuses[place]!.map((status) => evidenceOf(status, component, several.has(status.slo)))
  })
}

/** How promises stood at a moment by what was known then. */
export async function budgetsOf(
  promises: readonly Slo[],
  component: Ref,
  { at, asOf }: { at: Instant; asOf: Instant },
  context: Context,
): Promise<SloEvidence[]> {
  return context.ledger.readAsOf(asOf, async (known) => (await budgetsOfEach([{ promises, component, at, asOf: known }], context))[0]!)
}

/** @param several whether its promise has other objectives: a single one needs no name */
function evidenceOf(
  { slo, title, service, objective, window, budget, burn, n, unknown, sli }: SloStatus,
  component: Ref,
  several: boolean,
): SloEvidence {
  return {
    slo,
    title: !several || objective === 'objective-1' || objective === 'composite' || objective === title ? title : `${title}, ${objective}`,
    own: service === component,
    window: window.text,
    remaining: budget.remaining,
    minutesLeft: budget.minutesLeft,
    minutesTotal: budget.minutesTotal,
    burn: { ...burn },
    n,
    ...(unknown && sli === null ? { unknown } : {}),
  }
}
