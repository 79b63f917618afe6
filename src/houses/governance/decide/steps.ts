import { round } from '../../../ground/core/index.ts'
import type { BudgetPolicy } from '../intent/index.ts'
import type { SloEvidence } from './evidence.ts'
import { fallsBelow, goesBeyond } from './rounding.ts'

/** How a step of a budget policy stands for a service. */
export interface StepState {
  step: string
  state: 'in_force' | 'not_in_force' | 'unknown'
  /** By which promise, and how it stands. */
  words: string
}

/** Which steps of a budget policy are in force, in its order. One promise that reaches a step is enough; unknown is told. */
export function stepsFor({ steps, slos: named }: Pick<BudgetPolicy, 'steps' | 'slos'>, slos: readonly SloEvidence[]): StepState[] {
  const asked = named === null ? slos.filter(({ own }) => own) : slos.filter(({ slo }) => named.includes(slo))
  return steps.map(({ name, when }): StepState => {
    const values = asked.map((slo) => ({ title: slo.title, value: 'below' in when ? slo.remaining : (slo.burn[when.window] ?? null) }))
    const reached = values.find(
      ({ value }) => value !== null && ('below' in when ? fallsBelow(value, when.below) : goesBeyond(value, when.above)),
    )
    const told = ({ title, value }: { title: string; value: number | null }) =>
      'below' in when
        ? `${title}: ${value! < 0 ? `overspent by ${round(-value! * 100, 3)} %` : `${round(value! * 100, 3)} % of the budget left`}`
        : `${title}: burn ${round(value!, 2)} over ${when.window}`
    if (reached) return { step: name, state: 'in_force', words: told(reached) }
    const dark = values.filter(({ value }) => value === null)
    if (values.length === 0) return { step: name, state: 'unknown', words: 'it has no SLO' }
    if (dark.length > 0) return { step: name, state: 'unknown', words: `${dark.map(({ title }) => title).join(', ')}: nothing is known` }
    return { step: name, state: 'not_in_force', words: values.map(told).join('; ') }
  })
}
