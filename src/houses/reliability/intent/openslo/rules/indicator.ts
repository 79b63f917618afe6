import type { SloSpec } from '../shapes.ts'
import { type Finding, isStated, refused } from './finding.ts'
import { metadataFindings, nameFindings } from './names.ts'
import { sliFindings } from './sli.ts'

/** The indicator of a spec or an objective. */
export function indicatorFindings({ indicator, indicatorRef }: Pick<SloSpec, 'indicator' | 'indicatorRef'>, path: string): Finding[] {
  return [
    ...(isStated(indicator) && isStated(indicatorRef)
      ? [refused('indicator_xor', `${path}.indicatorRef`, 'Both indicator and indicatorRef are stated', 'Keep one of the two.')]
      : []),
    ...nameFindings(indicatorRef, `${path}.indicatorRef`),
    ...(isStated(indicator)
      ? [...metadataFindings(indicator.metadata, `${path}.indicator.metadata`), ...sliFindings(indicator.spec, `${path}.indicator.spec`)]
      : []),
  ]
}
