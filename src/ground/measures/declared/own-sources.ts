import type { Store } from '../../store/index.ts'
import type { Measures } from '../measures.ts'
import { eventsMeasure } from './events.ts'
import { formulaMeasure } from './formula-measure.ts'

/** Registers the sources that need no house: arithmetic of other measures, and what happened in the product. */
export function answerOwnSources(measures: Pick<Measures, 'registerSource'>, store: Store): void {
  measures.registerSource('ratio', formulaMeasure)
  measures.registerSource('expression', formulaMeasure)
  measures.registerSource('events', (declared) => eventsMeasure(store, declared))
}
