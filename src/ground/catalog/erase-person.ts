import type { Problem, Ref } from '../core/index.ts'
import { sql, type Statement, type Store } from '../store/index.ts'
import type { CatalogEye, EntityDraft, ErasedEntities } from './catalog.ts'
import { contentHash, type EntityDoc } from './document.ts'
import type { CatalogKnowledge } from './known.ts'
import { oneWriter, titleIn, wordsOf } from './rows.ts'

/** Annotations that say where things are, by names that are no person's; a ref of a person in them is one all the same. */
const OF_THINGS = /^(?:throughline\.dev|backstage\.io)\//

/** A document without erased people. The name of a thing stays, whoever else is called so. */
export function docWithoutErased(doc: EntityDoc, eye: CatalogEye): EntityDoc {
  const { annotations } = doc.metadata
  const kept =
    annotations &&
    Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [key, OF_THINGS.test(key) && !isPerson(value, eye) ? value : eye.without(value)]),
    )
  const spec = eye.without(doc.spec) as EntityDoc['spec'] // the same shape with other texts
  const inOrder = Object.entries(doc.metadata).map(([key, value]) => {
    if (key === 'name' || key === 'namespace') return [key, value]
    return [key, key === 'annotations' ? kept : eye.without(value)]
  })
  const left = { ...doc, metadata: Object.fromEntries(inOrder) as EntityDoc['metadata'], spec }
  return JSON.stringify(left) === JSON.stringify(doc) ? doc : left
}

function isPerson(value: unknown, eye: CatalogEye): boolean {
  return typeof value === 'string' && /^(?:user|person):/.test(value) && eye.isErased(value)
}

/** Drafts as they may be kept: an erased person's own document is left out, others lose what names one. */
export function draftsWithoutErased(
  drafts: readonly EntityDraft[],
  eye: CatalogEye,
  refOf: (draft: EntityDraft) => Ref | null,
): { drafts: readonly EntityDraft[]; problems: Problem[] } {
  if (eye.isEmpty) return { drafts, problems: [] }
  const problems: Problem[] = []
  const kept = drafts.flatMap((draft): EntityDraft[] => {
    const ref = refOf(draft)
    if (ref?.startsWith('user:') && eye.isErased(ref)) {
      problems.push({
        code: 'catalog.person_erased',
        severity: 'warning',
        message: 'This document describes a person who was erased, so it was not taken',
        fix: 'Remove it from its file.',
        ...(draft.file === undefined ? {} : { file: draft.file }),
        ...(draft.line === undefined ? {} : { line: draft.line }),
      })
      return []
    }
    const doc = typeof draft.metadata === 'object' && draft.metadata !== null ? docWithoutErased(draft, eye) : draft
    const observed = draft.observed && (eye.without(draft.observed) as typeof draft.observed) // the same shape with other texts
    return doc === draft && observed === draft.observed
      ? [draft]
      : [{ ...draft, metadata: doc.metadata, spec: doc.spec, ...(observed ? { observed } : {}) }]
  })
  return { drafts: kept, problems }
}

/**
 * Takes a person out of the catalogue, its past included: entities that are the person go with all their versions and
 * links, other documents lose what names the person.
 * @param suspect condition on the text of a row, true for every row that may name the person
 */
export async function eraseFromCatalog(
  { store, knowledge }: { store: Store; knowledge: CatalogKnowledge },
  eye: CatalogEye,
  { users, suspect, dryRun }: { users: readonly Ref[]; suspect: (text: Statement) => Statement; dryRun: boolean },
): Promise<ErasedEntities> {
  return store.transaction(async () => {
    const all = sql`any(${[...users]}::text[])`
    const gone = await store.query<{ ref: Ref }>(sql`select distinct ref from entity_version where ref = ${all} order by ref`)
    const erased: ErasedEntities = { users: gone.map(({ ref }) => ref), versions: 0 }
    if (!dryRun) {
      await store.query(oneWriter)
      const moment = await knowledge.learn()
      await store.query(sql`delete from entity where ref = ${all}`)
      await store.query(sql`delete from entity_version where ref = ${all}`)
      await store.query(sql`delete from link where owner = ${all} or from_id = ${all}`)
      await store.query(sql`delete from link_earlier where owner = ${all} or from_id = ${all}`)
      await store.query(sql`delete from link_decision where from_id = ${all} or to_id = ${all}`)
      await knowledge.changed('entities', moment)
    }
    erased.versions = await rewriteDocs(store, 'entity_version', { users, eye, suspect, dryRun })
    await rewriteDocs(store, 'entity', { users, eye, suspect, dryRun })
    return erased
  })
}

async function rewriteDocs(
  store: Store,
  table: 'entity' | 'entity_version',
  { users, eye, suspect, dryRun }: { users: readonly Ref[]; eye: CatalogEye; suspect: (text: Statement) => Statement; dryRun: boolean },
): Promise<number> {
  const by = table === 'entity' ? 'updated_by' : 'by'
  const rows = await store.query<{ place: string; doc: EntityDoc; by: string }>(sql`
    select ctid::text as place, doc, ${sql.ref(by)} as by from ${sql.table(table)}
    where ${suspect(sql`concat_ws(' ', doc::text, ${sql.ref(by)})`)} and ref <> all(${[...users]}::text[])`)
  let rewritten = 0
  for (const { place, doc, by: writer } of rows) {
    const left = docWithoutErased(doc, eye)
    const signed = eye.without(writer) as string
    if (left === doc && signed === writer) continue
    rewritten += 1
    if (dryRun) continue
    const text = JSON.stringify(left)
    // What its folder states loses the same names when it is read again, so that it comes out as unchanged.
    const more =
      table === 'entity'
        ? sql`, stated_hash = case when stated_hash = hash then ${contentHash(left)} else stated_hash end, hash = ${contentHash(left)}, words = ${wordsOf(sql`${text}::json`)}`
        : sql``
    await store.query(sql`
      update ${sql.table(table)} set doc = ${text}::json, title = ${titleIn(sql`${text}::json`)}, ${sql.ref(by)} = ${signed}${more}
      where ctid = ${place}::tid`)
  }
  return rewritten
}
