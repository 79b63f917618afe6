import type { Ground } from '../../ground/index.ts'
import { experimentKind } from './intent.ts'

/** Registers the kind of this house. */
export function installExperiments(ground: Ground): void {
  ground.catalog.registerKind(experimentKind)
}
