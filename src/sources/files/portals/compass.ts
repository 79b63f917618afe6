import { EntityOf } from './entity.ts'
import { nameOf, refOf } from './names.ts'
import { type Declared, fieldSign, type Portal } from './portal.ts'
import type { Stated } from './stated.ts'

const ARI = /^ari:/i
const title = 'Compass'

/** Atlassian Compass, `compass.yml`: one component a document. */
export const compass: Portal = {
  title,
  files: /^compass\.ya?ml$/i,
  sign: fieldSign(['configVersion', 'typeId']),
  fits: ({ configVersion, typeId, id }) =>
    configVersion !== undefined || typeof typeId === 'string' || (typeof id === 'string' && ARI.test(id)),
  read(stated, file): Declared[] {
    const name = stated.name('name')
    if (name === undefined) return []
    const id = stated.text('id')
    const entity = new EntityOf(stated, { title, file })
      .says('description', 'description')
      .sets('type', ['typeId'], (type) => type.toLowerCase().replaceAll('_', '-'))
      .sets('lifecycle', ['fields', 'lifecycle'], (stage) => stage.toLowerCase())
      .sets('tier', ['fields', 'tier'])
      .tags('labels')
      .webLinks(['links'], { url: 'url', title: 'name', type: 'type' }, (type) => type === 'REPOSITORY')
      .annotate('compass.atlassian.com/component-id', id, 'id')
    const owner = stated.text('ownerId')
    // An id names no team that anybody can read: it is kept, and who owns the component stays unknown.
    if (owner !== undefined && ARI.test(owner)) entity.annotate('compass.atlassian.com/owner-id', owner, 'ownerId')
    else entity.owner(['ownerId'])
    const dependsOnIds = dependencies(stated, entity)
    return [{ draft: entity.draft('Component', name, ['name']), from: entity.from, ...(id === undefined ? {} : { id }), dependsOnIds }]
  },
}

/** Dependencies by name are references; those by id wait for the file that has the id, and stay as written. */
function dependencies(stated: Stated, entity: EntityOf): string[] {
  const ids: string[] = []
  for (const { text, path } of stated.map('relationships') ? stated.texts('relationships', 'DEPENDS_ON') : []) {
    if (ARI.test(text)) {
      ids.push(text)
      continue
    }
    entity.dependsOn(refOf(text, 'component'), ...path)
    if (nameOf(text) === text) stated.carried(...path)
  }
  return ids
}
