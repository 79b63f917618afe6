import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Slo, type SloStatus, slosOf, statusesOf } from '../../reliability/index.ts'
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

/** A component and the promises it is judged by. */
interface BudgetAsk {
  component: Ref
  promises: readonly Slo[]
}

interface Moment {
  at: Instant
  /** Null: now. */
  asOf: Instant | null
}

/** How promises stood at a moment by what was known by another. */
export async function budgetsOf(promises: readonly Slo[], component: Ref, moment: Moment, context: Context): Promise<SloEvidence[]> {
  return (await budgetsOfEach([{ component, promises }], moment, context))[0]!
}

/** The same for several components at once. */
export async function budgetsOfEach(asks: readonly BudgetAsk[], { at, asOf }: Moment, context: Context): Promise<SloEvidence[][]> {
  const all = [...new Map(asks.flatMap(({ promises }) => promises).map((slo) => [slo.ref, slo])).values()]
  if (all.length === 0) return asks.map(() => [])
  const read = (known: Instant | null) => statusesOf(all, { at, asOf: known }, context)
  const statuses = Map.groupBy(await (asOf === null ? read(null) : context.ledger.readAsOf(asOf, read)), ({ slo }) => slo)
  return asks.map(({ component, promises }) =>
    promises.flatMap(({ ref, objectives }) =>
      (statuses.get(ref) ?? []).map((status) => evidenceOf(status, component, objectives.length > 1)),
    ),
  )
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
