import { formatInstant, type Instant, type Problem, type Ref, Refusal } from '../core/index.ts'
import { sql } from '../store/index.ts'
import { type CatalogContext, removeEntities, writeDocuments } from './apply.ts'
import type { Entity, EntityDraft } from './catalog.ts'
import { problemsAmong } from './among.ts'
import { checkedDraft } from './check.ts'
import { isError } from './kinds/standing.ts'
import { replaceStatedLinks } from './links/stated-store.ts'
import { entityColumns, entityOf, type EntityRow, oneWriter } from './rows.ts'
import { setAside } from './statements/keep.ts'

type Held = EntityRow & { hash: string; stated_hash: string | null }

/**
 * Writes one entity from a form. What a file states can be edited too: the edit stands until the file changes.
 * @throws Refusal 422 when the document is not valid, 409 when somebody changed it meanwhile
 */
export async function writeEntity(
  { store, knowledge, kinds }: CatalogContext,
  draft: EntityDraft,
  how: { by: Ref; expectedVersion?: number },
): Promise<Entity> {
  const { ref, doc, hash, links, refused, problems } = checkedDraft(draft, kinds)
  if (refused || ref === null) throw invalid(problems)
  return store.transaction(async () => {
    await store.query(oneWriter)
    const [held] = await store.query<Held>(sql`select ${entityColumns}, hash, stated_hash from entity where ref = ${ref}`)
    refuseStale(ref, held, how.expectedVersion)
    if (held?.hash !== hash) {
      const among = await problemsAmong(store, kinds, new Map([[ref, draft]]))
      if (among.get(ref)?.some(isError)) throw invalid(among.get(ref)!)
      const signature = { by: how.by, moment: await knowledge.learn() }
      // The edit stands; what its folder states is kept beside it.
      if (held && held.origin !== 'form') await setAside(store, [ref], signature.moment)
      await writeDocuments(
        store,
        [
          {
            ref,
            doc,
            hash,
            statedHash: held?.stated_hash ?? null,
            origin: 'form',
            folder: held?.folder ?? null,
            file: held?.file ?? null,
            line: held?.line ?? null,
          },
        ],
        signature,
      )
      await replaceStatedLinks(store, [{ ref, links }], signature)
      await knowledge.changed('entities', signature.moment)
    }
    const [written] = await store.query<EntityRow>(sql`select ${entityColumns} from entity where ref = ${ref}`)
    return entityOf(written!)
  })
}

/**
 * Takes an entity out of the catalogue; its versions stay.
 * @throws Refusal 404 when there is none, 409 when somebody changed it meanwhile or a file still states it
 */
export async function removeEntity(
  { store, knowledge }: CatalogContext,
  ref: Ref,
  how: { by: Ref; expectedVersion?: number },
): Promise<void> {
  await store.transaction(async () => {
    await store.query(oneWriter)
    const [held] = await store.query<Held>(sql`select ${entityColumns}, hash, stated_hash from entity where ref = ${ref}`)
    if (!held)
      throw new Refusal('catalog.not_found', `There is no ${ref}.`, {
        status: 404,
        fix: 'Check its name; it may have been removed already.',
      })
    refuseStale(ref, held, how.expectedVersion)
    if (held.stated_hash !== null && held.folder !== null && held.origin !== 'inferred') {
      throw new Refusal(
        'catalog.kept_in_file',
        `${ref} is stated in ${held.file ?? 'a file'} of the folder ${held.folder}, so the next apply would bring it back.`,
        { status: 409, fix: 'Remove it from that file and apply the folder.' },
      )
    }
    const moment = await knowledge.learn()
    await removeEntities(store, [ref], { by: how.by, moment })
    await knowledge.changed('entities', moment)
  })
}

function refuseStale(ref: Ref, held: Held | undefined, expected: number | undefined): void {
  if (expected === undefined || expected === (held?.version ?? 0)) return
  if (!held)
    throw new Refusal('catalog.changed_meanwhile', `${ref} was removed since you opened version ${expected}.`, {
      status: 409,
      fix: 'Save it as a new entity, or leave it removed.',
    })
  if (expected === 0)
    throw new Refusal('catalog.exists', `${ref} exists already; ${changed(held)}.`, {
      status: 409,
      fix: 'Open it and edit it, or choose another name.',
    })
  throw new Refusal('catalog.changed_meanwhile', `${ref} was changed since you opened version ${expected}: ${changed(held)}.`, {
    status: 409,
    fix: 'Look at what changed, then save again on top of it.',
  })
}

function changed(held: { version: number; updated_by: string; updated_at: Instant }): string {
  return `version ${held.version} is by ${held.updated_by}, ${formatInstant(held.updated_at)}`
}

/** All problems of a refused document as one refusal; the first names the place. */
function invalid(problems: readonly Problem[]): Refusal {
  const errors = problems.filter((problem) => problem.severity === 'error')
  const {
    code,
    message,
    severity: _,
    ...more
  } = errors[0] ?? { code: 'catalog.unreadable', message: 'The document has no name', severity: 'error' }
  const others = errors.slice(1).map((problem) => problem.message)
  return new Refusal(code, [message, ...others].join('. '), { ...more, status: 422 })
}
