import { type Instant, refKind } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { LinkProvider, TraceNode } from '../catalog.ts'
import { entityAt } from '../known.ts'
import { isRecordId, type NodeId } from '../links/node-id.ts'
import { textList } from '../rows.ts'

type Described = Omit<TraceNode, 'depth'>

/** Titles of entities from the catalogue, of records from the houses that know them; what nobody knows is left out. */
export async function describeNodes(
  store: Store,
  providers: readonly LinkProvider[],
  ids: readonly NodeId[],
  { known = new Map(), asOf }: { known?: ReadonlyMap<NodeId, Described>; asOf?: Instant } = {},
): Promise<Map<NodeId, Described>> {
  const said = new Map(known)
  const refs = [...new Set(ids.filter((id) => !isRecordId(id)))]
  const entities = await store.query<{ ref: string; title: string }>(
    sql`select ref, coalesce(title, name) as title from ${entityAt(asOf)} where ref in (select value from ${textList(refs)})`,
  )
  for (const { ref, title } of entities) said.set(ref, { id: ref, kind: refKind(ref), title })
  const records = [...new Set(ids.filter((id) => isRecordId(id) && !said.has(id)))]
  for (const provider of records.length > 0 ? providers : []) {
    for (const node of (await provider.describe?.(records, asOf)) ?? []) said.set(node.id, node)
  }
  return said
}
