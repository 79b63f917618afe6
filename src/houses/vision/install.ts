import type { Ground } from '../../ground/index.ts'
import { strategyGaps } from './gaps.ts'
import { outcomeKind, principleKind, reviewKind, visionKind } from './intent/index.ts'

/** Registers the kinds of this house and the holes it finds. */
export function installVision(ground: Ground): void {
  for (const kind of [visionKind, outcomeKind, principleKind, reviewKind]) ground.catalog.registerKind(kind)
  for (const finder of strategyGaps(ground)) ground.catalog.registerGaps(finder)
}
