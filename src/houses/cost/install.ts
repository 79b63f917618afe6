import type { Ground } from '../../ground/index.ts'
import { costMeasures } from './measures.ts'

/** Registers the measures of this house. */
export function installCost(ground: Ground): void {
  for (const measure of costMeasures(ground)) ground.measures.register(measure)
}
