import type { Ground } from '../../ground/index.ts'
import { opensloKinds } from './intent/index.ts'

/** Registers what this house owns. */
export function installReliability(ground: Ground): void {
  for (const kind of opensloKinds) ground.catalog.registerKind(kind)
}
