import type { Ground } from '../../ground/index.ts'
import { deliveryTable } from './evidence/index.ts'
import { deliveryMeasures } from './measures.ts'
import { flowMeasures } from './store/index.ts'
import { installWorkLinks } from './work-links/index.ts'

/** Registers what this house owns: its derived tables, its measures, and the links of work to intent. */
export function installDelivery(ground: Ground): void {
  ground.ledger.derives(deliveryTable(ground))
  for (const measure of deliveryMeasures(ground)) ground.measures.register(measure)
  for (const measure of flowMeasures(ground)) ground.measures.register(measure)
  installWorkLinks(ground)
}
