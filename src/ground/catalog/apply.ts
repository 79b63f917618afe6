import { formatInstant, type Instant, type Problem, type Ref } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import { inBatches } from './batches.ts'
import { type ApplyPlan, planApply, type PresentEntity } from './apply-plan.ts'
import type { ApplyHow, ApplyResult, EntityDraft, EntityOrigin } from './catalog.ts'
import { type CheckedDraft, checkedDraft } from './check.ts'
import type { EntityDoc } from './document.ts'
import type { KindRegistry } from './kinds/registry.ts'
import { danglingTargets } from './links/dangling.ts'
import { replaceStatedLinks } from './links/stated-store.ts'
import { whereaboutsOf } from './shares/annotations.ts'
import { oneWriter, revised, textList, wordsOf } from './rows.ts'

export interface CatalogContext {
  store: Store
  clock: () => Instant
  kinds: KindRegistry
}

/** Writes what a folder states and removes what it states no longer: one transaction, a few statements whatever its size. */
export async function applyFolder(
  { store, clock, kinds }: CatalogContext,
  folder: string,
  drafts: readonly EntityDraft[],
  how: ApplyHow,
): Promise<Omit<ApplyResult, 'files'>> {
  const origin = how.origin ?? 'file'
  const checked = await checkedInTurns(drafts, kinds)
  return store.transaction(async () => {
    await store.query(oneWriter)
    const present = await presentEntities(store, folder, [...new Set(checked.flatMap(({ ref }) => ref ?? []))])
    const plan = planApply(folder, origin, checked, present, new Set(how.unreadable))
    const found = checked.flatMap((one) => one.problems)
    const problems: Problem[] = [...(how.checked ? [] : found), ...plan.problems, ...(await danglingTargets(store, plan))]
    const held = how.strict && found.some((problem) => problem.severity === 'error')
    if (!how.dryRun && !held) await carryOut(store, plan, { folder, origin, by: how.by, at: clock() })
    const created = plan.writes.filter((write) => write.created).length
    return {
      entities: drafts.length,
      created,
      updated: plan.writes.length - created,
      unchanged: plan.kept.length,
      removed: plan.removes.length,
      problems,
      ...(held ? { created: 0, updated: 0, removed: 0 } : {}),
    }
  })
}

/** Milliseconds of checking before whoever waits comes in between. */
const TURN_MS = 20

/** Ten thousand documents take a quarter of a second; nobody waits that long for them. */
async function checkedInTurns(drafts: readonly EntityDraft[], kinds: KindRegistry): Promise<CheckedDraft[]> {
  const checked: CheckedDraft[] = []
  let since = performance.now()
  for (const draft of drafts) {
    checked.push(checkedDraft(draft, kinds))
    if (performance.now() - since < TURN_MS) continue
    await new Promise<void>((resolve) => setImmediate(resolve))
    since = performance.now()
  }
  return checked
}

async function presentEntities(store: Store, folder: string, refs: readonly Ref[]): Promise<PresentEntity[]> {
  return store.query<PresentEntity>(sql`
    select ref, hash, stated_hash as "statedHash", origin, folder, file, line, version
    from entity
    where folder = ${folder} or ref in (select value from ${textList(refs)})`)
}

interface Signature {
  folder: string
  origin: EntityOrigin
  by: Ref
  at: Instant
}

async function carryOut(store: Store, plan: ApplyPlan, signature: Signature): Promise<void> {
  for (const batch of inBatches(plan.writes, ({ checked }) => checked.doc)) {
    const rows = batch.map(({ checked: { ref, doc, hash, draft } }) => ({
      ref,
      doc,
      hash,
      statedHash: hash,
      origin: signature.origin,
      folder: signature.folder,
      file: draft.file ?? null,
      line: draft.line ?? null,
    }))
    await writeDocuments(store, rows, signature)
  }
  const moved = await notePlaces(store, plan, signature)
  await removeEntities(store, plan.removes, signature)
  await replaceStatedLinks(
    store,
    plan.writes.map(({ checked }) => checked),
    signature,
  )
  if (plan.writes.length + plan.removes.length + moved > 0) await store.query(revised)
}

export interface DocumentRow {
  ref: Ref
  doc: EntityDoc
  hash: string
  /** As its folder states it; null when no folder does. */
  statedHash: string | null
  origin: EntityOrigin
  folder: string | null
  file: string | null
  line: number | null
}

/** Writes documents as their next version, whether there was one before or not. */
export async function writeDocuments(store: Store, documents: readonly DocumentRow[], { by, at }: { by: Ref; at: Instant }): Promise<void> {
  const rows = documents.map((row) => ({ ...row, ...whereaboutsOf(row.ref, row.doc, row.file) }))
  await store.query(sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as given(ref text, doc json, hash text, "statedHash" text, origin text, folder text, file text, line integer, repository text, path text, deployments text, aliases text[])
    ), earlier as (
      select ref, max(version) as version, max(at) as at from entity_version join given using (ref) group by ref
    ), next as (
      -- A clock set back must not put a version before the one it follows.
      select given.*, coalesce(earlier.version, 0) + 1 as version, greatest(${formatInstant(at)}::timestamptz, earlier.at) as at
      from given left join earlier using (ref)
    ), kept as (
      insert into entity_version (ref, version, doc, origin, folder, file, line, at, by)
      select ref, version, doc, origin, folder, file, line, at, ${by} from next
    )
    insert into entity (ref, kind, namespace, name, title, doc, hash, stated_hash, origin, folder, file, line, version, updated_at, updated_by, words, repository, path, deployments, aliases)
    select ref, split_part(ref, ':', 1), split_part(split_part(ref, ':', 2), '/', 1), split_part(ref, '/', 2), doc #>> '{metadata,title}',
      doc, hash, "statedHash", origin, folder, file, line, version, at, ${by}, ${wordsOf(sql`doc`)}, repository, path, deployments, nullif(aliases, '{}')
    from next
    on conflict (ref) do update set title = excluded.title, doc = excluded.doc, hash = excluded.hash, stated_hash = excluded.stated_hash,
      origin = excluded.origin, folder = excluded.folder, file = excluded.file, line = excluded.line, version = excluded.version,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by, words = excluded.words,
      repository = excluded.repository, path = excluded.path, deployments = excluded.deployments, aliases = excluded.aliases`)
}

/** Notes where unchanged documents are now; touches only rows whose place changed, and gives their number. */
async function notePlaces(store: Store, plan: ApplyPlan, { folder, origin }: Signature): Promise<number> {
  if (plan.kept.length === 0) return 0
  const places = plan.kept.map(({ ref, doc, hash, draft }) => ({
    ref,
    hash,
    file: draft.file ?? null,
    line: draft.line ?? null,
    path: whereaboutsOf(ref, doc, draft.file).path,
  }))
  const moved = await store.query(sql`
    update entity set folder = ${folder}, file = place.file, line = place.line, stated_hash = place.hash, path = place.path,
      origin = case when entity.hash = place.hash then ${origin} else entity.origin end
    from json_to_recordset(${JSON.stringify(places)}::text::json) as place(ref text, hash text, file text, line integer, path text)
    where entity.ref = place.ref
      and (entity.folder, entity.file, entity.line, entity.stated_hash) is distinct from (${folder}, place.file, place.line, place.hash)
    returning entity.ref`)
  return moved.length
}

/** Takes entities out of the present; their versions stay, with a last one that says they were removed. */
export async function removeEntities(store: Store, refs: readonly Ref[], { by, at }: { by: Ref; at: Instant }): Promise<void> {
  if (refs.length === 0) return
  await store.query(sql`
    with gone as (
      delete from entity where ref in (select value from ${textList(refs)}) returning *
    )
    insert into entity_version (ref, version, doc, origin, folder, file, line, at, by, removed)
    select ref, version + 1, doc, origin, folder, file, line, greatest(${formatInstant(at)}::timestamptz, updated_at), ${by}, true from gone`)
  await store.query(sql`delete from link where owner in (select value from ${textList(refs)})`)
}
