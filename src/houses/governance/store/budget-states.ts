import { bucketsOf, formatInstant, type Instant, lastDays, type Ref, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { slosOf } from '../../reliability/index.ts'
import { type StepState, stepsFor } from '../decide/index.ts'
import type { BudgetPolicy } from '../intent/index.ts'
import type { BudgetState } from '../tell/budget-state.ts'
import { budgetsOf, promisesFor } from './budgets.ts'
import { belongingOf, declaredAt } from './declared.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog'>
interface Moment {
  at: Instant
  asOf: Instant
}

/** Days of history. */
const DAYS = 28

/** How every budget policy of a namespace stands for every service with a promise that it covers, those in force first. */
export async function budgetStates(scope: string, moment: Moment, context: Context): Promise<BudgetState[]> {
  const states: BudgetState[] = []
  for (const { policy, service } of await coveredServices(scope, moment.asOf, context)) {
    states.push({ ...headOf(policy, service), steps: toldOf(policy, await stateAt(policy, service, moment, context)), history: null })
  }
  const inForce = ({ steps }: BudgetState) => steps.filter(({ state }) => state === 'in_force').length
  return states.sort((a, b) => inForce(b) - inForce(a) || (a.service < b.service ? -1 : 1))
}

/** The same for one service, with when its steps came into force and ended, day by day. */
export async function budgetHistory(service: Ref, moment: Moment, context: Context): Promise<BudgetState[]> {
  const covered = await coveredServices(refNamespace(service), moment.asOf, context)
  const states: BudgetState[] = []
  for (const { policy } of covered.filter((one) => one.service === service)) {
    const ends = bucketsOf(lastDays(moment.at, DAYS), 'day').map(({ to }) => to)
    const days: { at: Instant; steps: StepState[] }[] = []
    for (const at of ends) days.push({ at, steps: await stateAt(policy, service, { at, asOf: moment.asOf }, context) })
    states.push({
      ...headOf(policy, service),
      steps: toldOf(policy, days.at(-1)!.steps),
      history: changesOf(days).map(({ at, inForce, unknown }) => ({ at: formatInstant(at), inForce, unknown })),
    })
  }
  return states
}

async function coveredServices(scope: string, asOf: Instant, context: Context): Promise<{ policy: BudgetPolicy; service: Ref }[]> {
  const declared = await declaredAt(asOf, context)
  if (declared.budget.length === 0) return []
  const services = [...new Set((await slosOf(context, { asOf })).map(({ service }) => service))].filter(
    (one) => refNamespace(one) === scope,
  )
  const found: { policy: BudgetPolicy; service: Ref }[] = []
  for (const service of services.sort()) {
    const { names } = await belongingOf(service, asOf, declared, context)
    for (const policy of declared.budget) if (policy.covers.some((one) => names.includes(one))) found.push({ policy, service })
  }
  return found
}

async function stateAt(policy: BudgetPolicy, service: Ref, moment: Moment, context: Context): Promise<StepState[]> {
  const promises = await promisesFor([{ rule: 'budget', slos: policy.slos }], service, moment.asOf, context)
  return stepsFor(policy, await budgetsOf(promises, service, moment, context))
}

/** The moments at which other steps were in force than before. */
function changesOf(days: readonly { at: Instant; steps: readonly StepState[] }[]) {
  const of = (steps: readonly StepState[], state: StepState['state']) => steps.filter((one) => one.state === state).map(({ step }) => step)
  return days
    .map(({ at, steps }) => ({ at, inForce: of(steps, 'in_force'), unknown: of(steps, 'unknown') }))
    .filter((day, place, all) => {
      const before = all[place - 1]
      return !before || JSON.stringify([before.inForce, before.unknown]) !== JSON.stringify([day.inForce, day.unknown])
    })
}

function headOf({ ref, title }: BudgetPolicy, service: Ref): Pick<BudgetState, 'policy' | 'title' | 'service'> {
  return { policy: ref, title, service }
}

function toldOf({ steps }: BudgetPolicy, states: readonly StepState[]): BudgetState['steps'] {
  return states.map((state, place) => ({
    ...state,
    actions: [...steps[place]!.actions],
    tell: [...steps[place]!.tell],
    gate: steps[place]!.gate ?? null,
  }))
}
