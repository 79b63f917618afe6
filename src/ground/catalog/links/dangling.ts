import { type Problem, type Ref, refKind, refName } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { ApplyPlan } from '../apply-plan.ts'
import { textList } from '../rows.ts'
import { isRecordId, type NodeId } from './node-id.ts'

/** Measures may be built in, records need no declaration, and the rest has to be an entity. */
export function needsEntity(id: NodeId): boolean {
  return !isRecordId(id) && refKind(id) !== 'measure'
}

/** `unknown` is written where a kind demands what nobody has stated: it names nothing, and gaps tell what is missing. */
function isUnknown(id: NodeId): boolean {
  return !isRecordId(id) && refName(id) === 'unknown'
}

/** References in the documents of one apply that will lead nowhere once it is carried out. */
export async function danglingTargets(store: Store, plan: ApplyPlan): Promise<Problem[]> {
  const documents = [...plan.writes.map(({ checked }) => checked), ...plan.kept]
  const stated = new Set<Ref>([...documents.map(({ ref }) => ref), ...plan.refused])
  const removed = new Set(plan.removes)
  const asked = [...new Set(documents.flatMap(({ links }) => links.map(({ target }) => target)))].filter(
    (target) => needsEntity(target) && !isUnknown(target) && !stated.has(target),
  )
  if (asked.length === 0) return []
  const found = await store.query<{ ref: Ref }>(sql`select ref from entity where ref in (select value from ${textList(asked)})`)
  const missing = new Set(asked)
  for (const { ref } of found) if (!removed.has(ref)) missing.delete(ref)
  const meant = await namesakes(store, [...missing])
  return documents.flatMap(({ draft, links }) =>
    links
      .filter(({ target, mayDangle }) => !mayDangle && missing.has(target))
      .map(({ target, path }): Problem => ({
        code: 'catalog.dangling_reference',
        severity: 'warning',
        message: `${path} names ${target}, which nobody declares`,
        fix: meant.has(target) ? `Did you mean ${meant.get(target)}?` : 'Check its spelling, or apply the file that declares it.',
        file: draft.file,
        line: draft.line,
        path,
      })),
  )
}

/** Things of the same kind and name in another namespace: a short reference means the namespace it stands in. */
async function namesakes(store: Store, refs: readonly Ref[]): Promise<Map<Ref, Ref>> {
  if (refs.length === 0) return new Map()
  const rows = await store.query<{ asked: Ref; ref: Ref }>(sql`
    select value as asked, min(entity.ref) as ref from ${textList(refs)}
      join entity on entity.kind = split_part(value, ':', 1) and entity.name = split_part(value, '/', 2)
    group by value having count(*) = 1`)
  return new Map(rows.map(({ asked, ref }) => [asked, ref]))
}
