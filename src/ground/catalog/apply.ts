import type { Clock, Instant, Problem, Ref } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import { inBatches } from './batches.ts'
import { type ApplyPlan, planApply, type PresentEntity } from './apply-plan.ts'
import type { ApplyHow, ApplyResult, CheckHow, EntityDraft, EntityOrigin } from './catalog.ts'
import { type CheckedDraft, checkedDraft } from './check.ts'
import type { EntityDoc } from './document.ts'
import type { KindRegistry } from './kinds/registry.ts'
import type { CatalogKnowledge } from './known.ts'
import { holdAmong } from './among.ts'
import { danglingTargets } from './links/dangling.ts'
import { replaceStatedLinks } from './links/stated-store.ts'
import { endLinks } from './links/write-links.ts'
import { whereaboutsOf } from './shares/annotations.ts'
import { oneWriter, textList, titleIn, wordsOf } from './rows.ts'
import { keepStatements, keptStatements, planStatements, setAside } from './statements/keep.ts'

export interface CatalogContext {
  store: Store
  knowledge: CatalogKnowledge
  kinds: KindRegistry
  clock: Clock
}

/** Writes what a folder states and removes what it states no longer: one transaction, a few statements whatever its size. */
export async function applyFolder(
  context: CatalogContext,
  folder: string,
  drafts: readonly EntityDraft[],
  how: ApplyHow,
): Promise<Omit<ApplyResult, 'files'>> {
  const { store, kinds } = context
  const origin = how.origin ?? 'file'
  const checked = await checkedInTurns(drafts, kinds, { strict: how.strict ?? false })
  return store.transaction(async () => {
    await store.query(oneWriter)
    const present = await presentEntities(store, folder, [...new Set(checked.flatMap(({ ref }) => ref ?? []))])
    const plan = planApply(folder, origin, checked, present, new Set(how.unreadable))
    const among = await holdAmong(store, kinds, plan)
    const found = checked.flatMap((one) => one.problems)
    const problems: Problem[] = [...(how.checked ? [] : found), ...among, ...plan.problems, ...(await danglingTargets(store, plan))]
    const held = how.strict && [...found, ...among].some((problem) => problem.severity === 'error')
    if (!how.dryRun && !held) await carryOut(context, plan, { folder, origin, by: how.by, unreadable: new Set(how.unreadable) })
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
async function checkedInTurns(drafts: readonly EntityDraft[], kinds: KindRegistry, how: CheckHow): Promise<CheckedDraft[]> {
  const checked: CheckedDraft[] = []
  let since = performance.now()
  for (const draft of drafts) {
    checked.push(checkedDraft(draft, kinds, how))
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
  unreadable: ReadonlySet<string>
}

async function carryOut({ store, knowledge, clock }: CatalogContext, plan: ApplyPlan, signature: Signature): Promise<void> {
  const { folder, unreadable } = signature
  const statements = planStatements(folder, plan, await keptStatements(store, folder, clock()), unreadable)
  const taken = takenOver(plan, folder)
  const aside = taken.length > 0 ? await knowledge.learn() : null
  if (aside !== null) await setAside(store, taken, aside)
  const moved = await notePlaces(store, plan, signature)
  const entities = plan.writes.length + plan.removes.length + moved.length
  if (entities + statements.states.length + statements.ends.length + taken.length === 0) return
  const how = { by: signature.by, moment: aside ?? (await knowledge.learn()) }
  await keepStatements(store, statements, { ...signature, ...how })
  if (entities === 0) return knowledge.changed('links', how.moment)
  // One that lives in another folder of its repository by that has other evidence from now on: that is a version.
  await keepVersion(
    store,
    moved.filter((one) => one.elsewhere).map(({ ref }) => ref),
    how,
  )
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
    await writeDocuments(store, rows, how)
  }
  await removeEntities(store, plan.removes, how)
  await replaceStatedLinks(
    store,
    plan.writes.map(({ checked }) => checked),
    how,
  )
  await knowledge.changed('entities', how.moment)
}

/** What another folder stated alone until now. */
function takenOver({ writes, kept, before }: ApplyPlan, folder: string): Ref[] {
  return [...writes.map(({ checked }) => checked.ref), ...kept.map(({ ref }) => ref)].filter((ref) => {
    const other = before.get(ref)?.folder ?? null
    return other !== null && other !== folder
  })
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
export async function writeDocuments(
  store: Store,
  documents: readonly DocumentRow[],
  { by, moment }: { by: Ref; moment: Instant },
): Promise<void> {
  const rows = documents.map((row) => ({ ...row, ...whereaboutsOf(row.ref, row.doc, row.file) }))
  await store.query(sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as given(ref text, doc json, hash text, "statedHash" text, origin text, folder text, file text, line integer, repository text, path text, deployments text, aliases text[])
    ), earlier as (
      select ref, max(version) as version from entity_version join given using (ref) group by ref
    ), next as (
      select given.*, coalesce(earlier.version, 0) + 1 as version from given left join earlier using (ref)
    ), ended as (
      update entity_version set learned_to = ${instant(moment)} where ref in (select ref from given) and learned_to = 'infinity'
    ), kept as (
      insert into entity_version (ref, version, title, doc, origin, folder, file, line, learned_from, by, repository, path, deployments, aliases)
      select ref, version, ${titleIn(sql`doc`)}, doc, origin, folder, file, line, ${instant(moment)}, ${by}, repository, path, deployments, nullif(aliases, '{}')
      from next
    )
    insert into entity (ref, kind, namespace, name, title, doc, hash, stated_hash, origin, folder, file, line, version, updated_at, updated_by, words, repository, path, deployments, aliases)
    select ref, split_part(ref, ':', 1), split_part(split_part(ref, ':', 2), '/', 1), split_part(ref, '/', 2), ${titleIn(sql`doc`)},
      doc, hash, "statedHash", origin, folder, file, line, version, ${instant(moment)}, ${by}, ${wordsOf(sql`doc`)}, repository, path, deployments, nullif(aliases, '{}')
    from next
    on conflict (ref) do update set title = excluded.title, doc = excluded.doc, hash = excluded.hash, stated_hash = excluded.stated_hash,
      origin = excluded.origin, folder = excluded.folder, file = excluded.file, line = excluded.line, version = excluded.version,
      updated_at = excluded.updated_at, updated_by = excluded.updated_by, words = excluded.words,
      repository = excluded.repository, path = excluded.path, deployments = excluded.deployments, aliases = excluded.aliases`)
}

/** Notes where unchanged documents are now; touches only rows whose place changed, and says which of them live elsewhere by that. */
async function notePlaces(store: Store, plan: ApplyPlan, { folder, origin }: Signature): Promise<{ ref: Ref; elsewhere: boolean }[]> {
  if (plan.kept.length === 0) return []
  const places = plan.kept.map(({ ref, doc, hash, draft }) => ({
    ref,
    hash,
    file: draft.file ?? null,
    line: draft.line ?? null,
    path: whereaboutsOf(ref, doc, draft.file).path,
  }))
  return store.query<{ ref: Ref; elsewhere: boolean }>(sql`
    update entity set folder = ${folder}, file = place.file, line = place.line, stated_hash = place.hash, path = place.path,
      origin = case when entity.hash = place.hash then ${origin} else entity.origin end
    from json_to_recordset(${JSON.stringify(places)}::text::json) as place(ref text, hash text, file text, line integer, path text)
      join entity before using (ref)
    where entity.ref = place.ref
      and (entity.folder, entity.file, entity.line, entity.stated_hash) is distinct from (${folder}, place.file, place.line, place.hash)
    returning entity.ref, before.path is distinct from entity.path as elsewhere`)
}

/** Keeps present rows as their next version. */
async function keepVersion(store: Store, refs: readonly Ref[], { by, moment }: { by: Ref; moment: Instant }): Promise<void> {
  if (refs.length === 0) return
  const among = sql`ref in (select value from ${textList(refs)})`
  await store.query(sql`update entity_version set learned_to = ${instant(moment)} where ${among} and learned_to = 'infinity'`)
  await store.query(sql`
    with next as (update entity set version = version + 1, updated_at = ${instant(moment)}, updated_by = ${by} where ${among} returning *)
    insert into entity_version (ref, version, title, doc, origin, folder, file, line, learned_from, by, repository, path, deployments, aliases)
    select ref, version, title, doc, origin, folder, file, line, ${instant(moment)}, ${by}, repository, path, deployments, aliases from next`)
}

/** Takes entities out of the present; their versions stay, with a last one that says they were removed. */
export async function removeEntities(store: Store, refs: readonly Ref[], { by, moment }: { by: Ref; moment: Instant }): Promise<void> {
  if (refs.length === 0) return
  await store.query(sql`
    with gone as (
      delete from entity where ref in (select value from ${textList(refs)}) returning *
    ), ended as (
      update entity_version set learned_to = ${instant(moment)} where ref in (select value from ${textList(refs)}) and learned_to = 'infinity'
    )
    insert into entity_version (ref, version, title, doc, origin, folder, file, line, learned_from, by, removed)
    select ref, version + 1, title, doc, origin, folder, file, line, ${instant(moment)}, ${by}, true from gone`)
  await endLinks(store, sql`owner in (select value from ${textList(refs)})`, moment)
}
