import { type EntityDraft, type Entity } from '../../../ground/catalog/index.ts'
import { type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { allDecisions } from '../../vision/index.ts'
import { chainOf } from '../decide/chain.ts'

/**
 * Writes into two decisions that one replaces the other: both or neither.
 * @throws Refusal where one is stated in a file, is replaced by another already, or would replace itself in a circle
 */
export async function supersede(
  { older, newer }: { older: Ref; newer: Ref },
  how: { by: Ref },
  { catalog, store }: Pick<Ground, 'catalog' | 'store'>,
): Promise<{ older: Ref; newer: Ref }> {
  if (older === newer)
    throw new Refusal('decision.supersedes_itself', `${older} cannot supersede itself`, { fix: 'Name the decision that takes its place.' })
  return store.transaction(async () => {
    const [was, by] = [await writable(older, catalog), await writable(newer, catalog)]
    const all = await allDecisions({}, { catalog })
    const others = all.find(({ ref }) => ref === older)?.supersededBy.filter((ref) => ref !== newer) ?? []
    if (others.length > 0)
      throw new Refusal('decision.already_superseded', `${older} is superseded already, by ${others.join(' and ')}`, {
        status: 409,
        fix: `Supersede ${others.at(-1)} instead, or take that statement back first.`,
      })
    if (chainOf(newer, all).some(({ ref, distance }) => ref === older && distance > 0))
      throw new Refusal('decision.superseding_circle', `${newer} is itself superseded by ${older}, directly or through others`, {
        status: 409,
        fix: 'Write a new decision that supersedes both.',
      })
    await catalog.write(saying(by, 'supersedes', older, {}), { ...how, expectedVersion: by.version })
    await catalog.write(saying(was, 'supersededBy', newer, { status: 'superseded', statusAsWritten: undefined }), {
      ...how,
      expectedVersion: was.version,
    })
    return { older, newer }
  })
}

async function writable(ref: Ref, catalog: Ground['catalog']): Promise<Entity> {
  const entity = await catalog.get(ref)
  if (!entity || entity.kind !== 'Decision')
    throw new Refusal('decision.not_found', `No decision is called ${ref}`, { status: 404, fix: 'See /decisions for all of them.' })
  if (entity.origin === 'file')
    throw new Refusal('decision.in_a_file', `${ref} is stated in ${entity.file ?? 'a file'}, so the file has to say it`, {
      status: 409,
      fix: 'In its repository run: throughline decision supersede <old> --by <new> --dir <folder of the records>, and apply it.',
    })
  return entity
}

function saying(entity: Entity, field: 'supersedes' | 'supersededBy', ref: Ref, more: Record<string, unknown>): EntityDraft {
  const { apiVersion, kind, metadata, spec } = entity
  const stands = Array.isArray(spec[field]) ? (spec[field] as unknown[]) : []
  const changed = { ...spec, ...more, [field]: stands.includes(ref) ? stands : [...stands, ref] }
  return { apiVersion, kind, metadata, spec: Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)) }
}
