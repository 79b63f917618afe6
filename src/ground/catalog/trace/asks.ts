import type { Instant } from '../../core/index.ts'
import type { AskFinder, Trace } from '../catalog.ts'
import { isRecordId } from '../links/node-id.ts'

/** A trace with what its things ask of people, as the houses that watch them tell. */
export async function withAsks(trace: Trace, finders: readonly AskFinder[], asOf: Instant): Promise<Trace> {
  const refs = trace.nodes.map(({ id }) => id).filter((id) => !isRecordId(id))
  const asks = new Map<string, string[]>()
  for (const find of finders) for (const [ref, said] of await find(refs, asOf)) asks.set(ref, [...(asks.get(ref) ?? []), ...said])
  if (asks.size === 0) return trace
  return { ...trace, nodes: trace.nodes.map((node) => (asks.has(node.id) ? { ...node, asks: asks.get(node.id)! } : node)) }
}
