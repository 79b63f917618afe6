import type { Ground } from '../../ground/index.ts'
import { contradictionGaps } from './facts/index.ts'
import { ownedMeasure } from './measures/owned.ts'
import { reuseMeasure } from './measures/reuse.ts'
import { workMeasures } from './measures/work.ts'

/** Registers the measures of this house, and contradictions as holes. */
export function installPlatform(ground: Ground): void {
  for (const definition of [reuseMeasure(ground), ownedMeasure(ground), ...workMeasures(ground)]) ground.measures.register(definition)
  ground.catalog.registerGaps(contradictionGaps(ground))
}
