import type { Problem, Ref } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import type { ApplyPlan } from './apply-plan.ts'
import type { EntityDraft } from './catalog.ts'
import type { EntityDoc } from './document.ts'
import type { KindRegistry } from './kinds/registry.ts'
import { isBeside, isError, settledAmong } from './kinds/standing.ts'
import { textList } from './rows.ts'

/** Takes out of a plan what the others of its kind leave no room for, and tells why; what it says stays as it was. */
export async function holdAmong(store: Store, kinds: KindRegistry, plan: ApplyPlan): Promise<Problem[]> {
  const drafts = new Map(plan.writes.map(({ checked }) => [checked.ref, checked.draft]))
  const found = await problemsAmong(store, kinds, drafts, plan.removes)
  const refused = new Set([...found].filter(([, problems]) => problems.some(isError)).map(([ref]) => ref))
  plan.writes = plan.writes.filter(({ checked }) => !refused.has(checked.ref))
  plan.stated = plan.stated.filter(({ ref }) => !refused.has(ref))
  plan.refused.push(...refused)
  return [...found].flatMap(([ref, problems]) => {
    const { file, line } = drafts.get(ref)!
    return problems.map((problem) => ({ ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }), ...problem }))
  })
}

/** What stands against documents, of kinds that say so, among those of their kind that stand. */
export async function problemsAmong(
  store: Store,
  kinds: KindRegistry,
  drafts: ReadonlyMap<Ref, EntityDraft>,
  removes: readonly Ref[] = [],
): Promise<Map<Ref, Problem[]>> {
  const byKind = Map.groupBy(drafts, ([, { apiVersion, kind }]) => kinds.find(apiVersion, kind))
  const found = new Map<Ref, Problem[]>()
  for (const [kind, own] of byKind) {
    if (!kind?.against) continue
    const seen = [kind.kind, ...(kind.beside ?? [])].map((name) => name.toLowerCase())
    const rows = await store.query<{ ref: Ref; doc: EntityDoc }>(
      sql`select ref, doc from entity where kind in (select value from ${textList(seen)})`,
    )
    const gone = new Set(removes)
    const standing = new Map<Ref, EntityDraft>(rows.filter(({ ref }) => !gone.has(ref)).map(({ ref, doc }) => [ref, doc]))
    for (const [ref, draft] of drafts) if (isBeside(kind, draft)) standing.set(ref, draft)
    for (const [ref, problems] of settledAmong(kind.against, new Map(own), standing)) found.set(ref, problems)
  }
  return found
}
