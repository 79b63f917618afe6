import { createHash } from 'node:crypto'
import { formatInstant, type Instant, type Ref } from '../../core/index.ts'
import { instant, sql, type Store } from '../../store/index.ts'
import type { ApplyPlan, PresentEntity } from '../apply-plan.ts'
import { inBatches } from '../batches.ts'
import type { EntityOrigin } from '../entity.ts'
import { contentHash, type EntityDoc } from '../document.ts'
import { textList } from '../rows.ts'
import { readNow } from './read-days.ts'
import type { Observation } from './statement.ts'

interface KeptStatement {
  ref: Ref
  hash: string
  file: string | null
  line: number | null
}

interface StatementRow extends KeptStatement {
  doc: EntityDoc | null
  observed: readonly Observation[] | null
}

/** How the statements of a folder change. */
export interface StatementPlan {
  states: StatementRow[]
  ends: Ref[]
}

/**
 * What a folder states beside the documents that stand: those of its own that another one stands for, and what it sees.
 * A refused document, and everything in a file that could not be read, leaves what was stated before.
 */
export function planStatements(
  folder: string,
  plan: ApplyPlan,
  before: readonly KeptStatement[],
  unreadable: ReadonlySet<string>,
): StatementPlan {
  const kept = new Map(before.map((one) => [one.ref, one]))
  const standing = new Set([
    ...plan.writes.map(({ checked }) => checked.ref),
    ...plan.kept.filter((one) => !isEdited(plan.before.get(one.ref), folder, one.hash)).map(({ ref }) => ref),
  ])
  const states: StatementRow[] = []
  const stated = new Set<Ref>(plan.refused)
  for (const { ref, doc, draft } of plan.stated) {
    const observed = draft.observed?.length ? draft.observed : null
    const stands = standing.has(ref)
    if (stands && !observed) continue
    stated.add(ref)
    const row = { ref, doc: stands ? null : doc, observed, file: draft.file ?? null, line: draft.line ?? null }
    const one = { ...row, hash: hashOf(row) }
    const was = kept.get(ref)
    if (was?.hash !== one.hash || was.file !== one.file || was.line !== one.line) states.push(one)
  }
  const ends = before.filter(({ ref, file }) => !stated.has(ref) && !unreadable.has(file ?? '')).map(({ ref }) => ref)
  return { states, ends }
}

/** Whether a form stands where the folder states something, be it the same. */
function isEdited(entity: PresentEntity | undefined, folder: string, hash: string): boolean {
  return entity !== undefined && (entity.hash !== hash || (entity.origin === 'form' && entity.folder === folder))
}

/** What a folder has stated beside standing documents; notes in passing that it is read now. */
export async function keptStatements(store: Store, folder: string, at: Instant): Promise<KeptStatement[]> {
  return store.query<KeptStatement>(sql`
    with read as (${readNow(folder, at)}) select ref, hash, file, line from statement where folder = ${folder} and learned_to = 'infinity'`)
}

/** Writes what changed of a folder's statements; one that only moved in its file is no other statement. */
export async function keepStatements(
  store: Store,
  { states, ends }: StatementPlan,
  { folder, origin, by, moment }: { folder: string; origin: EntityOrigin; by: Ref; moment: Instant },
): Promise<void> {
  if (ends.length > 0) await endStatements(store, folder, ends, moment)
  for (const batch of inBatches(states, (one) => one)) {
    const moved = await store.query<{ ref: Ref }>(sql`
      update statement set file = given.file, line = given.line
      from json_to_recordset(${JSON.stringify(batch.map(({ ref, hash, file, line }) => ({ ref, hash, file, line })))}::text::json)
        as given(ref text, hash text, file text, line integer)
      where statement.ref = given.ref and statement.folder = ${folder} and learned_to = 'infinity' and statement.hash = given.hash
      returning statement.ref`)
    const same = new Set(moved.map(({ ref }) => ref))
    const fresh = batch.filter(({ ref }) => !same.has(ref))
    if (fresh.length === 0) continue
    await endStatements(
      store,
      folder,
      fresh.map(({ ref }) => ref),
      moment,
    )
    await insertStatements(store, fresh, (row) => ({ ...row, folder, origin, by, since: formatInstant(moment) }), moment)
  }
}

async function insertStatements<T>(store: Store, rows: readonly T[], rowOf: (row: T) => object, moment: Instant): Promise<void> {
  await store.query(sql`
    insert into statement (ref, folder, origin, doc, observed, hash, file, line, since, learned_from, by)
    select ref, folder, origin, case when json_typeof(doc) = 'object' then doc end, case when json_typeof(observed) = 'array' then observed end,
      hash, file, line, since, ${instant(moment)}, by
    from json_to_recordset(${JSON.stringify(rows.map(rowOf))}::text::json)
      as given(ref text, folder text, origin text, doc json, observed json, hash text, file text, line integer, since timestamptz, by text)`)
}

/** Keeps what present documents state beside the ones about to take their place; only what their folder itself states. */
export async function setAside(store: Store, refs: readonly Ref[], moment: Instant): Promise<void> {
  if (refs.length === 0) return
  const aside = await store.query<StatementRow & { folder: string; origin: EntityOrigin; since: Instant; by: Ref }>(sql`
    select entity.ref, entity.folder, entity.origin, entity.doc, statement.observed, entity.file, entity.line, updated_at as since, updated_by as by
    from entity left join statement on statement.ref = entity.ref and statement.folder = entity.folder and statement.learned_to = 'infinity'
    where entity.ref in (select value from ${textList(refs)}) and entity.folder is not null and entity.stated_hash = entity.hash`)
  for (const [folder, rows] of Map.groupBy(aside, (row) => row.folder)) {
    await endStatements(
      store,
      folder,
      rows.map(({ ref }) => ref),
      moment,
    )
    for (const batch of inBatches(rows, (row) => row))
      await insertStatements(store, batch, (row) => ({ ...row, hash: hashOf(row), since: formatInstant(row.since) }), moment)
  }
}

/** What was stated in this very moment was never known otherwise. */
async function endStatements(store: Store, folder: string, refs: readonly Ref[], moment: Instant): Promise<void> {
  const those = sql`folder = ${folder} and ref in (select value from ${textList(refs)}) and learned_to = 'infinity'`
  await store.query(sql`delete from statement where ${those} and learned_from >= ${instant(moment)}`)
  await store.query(sql`update statement set learned_to = ${instant(moment)} where ${those}`)
}

/** Of both; a statement that is set aside is found again by its folder as it states it. */
function hashOf({ doc, observed }: Pick<StatementRow, 'doc' | 'observed'>): string {
  const own = doc === null ? '' : contentHash(doc)
  if (observed === null) return own
  return createHash('sha256')
    .update(`${own} ${JSON.stringify(observed)}`)
    .digest('base64url')
}
