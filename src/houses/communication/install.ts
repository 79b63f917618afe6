import type { Ground } from '../../ground/index.ts'
import { asksOf } from './store/asks.ts'

/** Registers what decisions ask of people once their reasons no longer hold. */
export function installCommunication(ground: Ground): void {
  ground.catalog.registerAsks((refs, asOf) => asksOf(refs, asOf, ground))
}
