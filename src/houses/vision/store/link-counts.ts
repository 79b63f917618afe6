import { type Catalog, inverseOf } from '../../../ground/catalog/index.ts'
import type { Instant, Ref } from '../../../ground/core/index.ts'

/** How many accepted links reach each thing, by what they are called from there: `servedBy`, `supportedBy`, … */
export async function inverseCounts(refs: readonly Ref[], catalog: Catalog, asOf: Instant): Promise<Map<Ref, Record<string, number>>> {
  const counts = new Map<Ref, Record<string, number>>(refs.map((ref) => [ref, {}]))
  if (refs.length === 0) return counts
  for (const link of await catalog.links(refs, ['accepted'], asOf)) {
    const own = counts.get(link.to)
    const name = inverseOf(link.type)
    if (own) own[name] = (own[name] ?? 0) + 1
  }
  return counts
}
