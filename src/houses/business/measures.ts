import type { Ground } from '../../ground/index.ts'
import type { DeclaredMeasure, MeasureDefinition } from '../../ground/measures/index.ts'
import { activationMeasure, funnelMeasure, retentionMeasure, revenueMeasure } from './store/index.ts'

/** What a declared measure says of itself, with how it is answered; its own words of the definition come first. */
function defined(
  { id, title, question, unit, better, definition }: DeclaredMeasure,
  answered: Pick<MeasureDefinition, 'definition' | 'collect' | 'rows'>,
): MeasureDefinition {
  return {
    id,
    title,
    question,
    unit,
    ...(better ? { better } : {}),
    kinds: ['product_event'],
    ...answered,
    definition: definition ? `${definition} ${answered.definition}` : answered.definition,
  }
}

/** Says how measures declared of product events are answered. */
export function registerSources(base: Pick<Ground, 'store' | 'clock' | 'measures'>): void {
  const { registerSource } = base.measures
  registerSource('activation', (declared) => defined(declared, activationMeasure(base, declared)))
  registerSource('retention', (declared) => defined(declared, retentionMeasure(base, declared)))
  registerSource('funnel', (declared) => defined(declared, funnelMeasure(base, declared)))
  registerSource('revenue_per_user', (declared) => defined(declared, revenueMeasure(base, declared)))
}
