import { ownEntry } from '../../../ground/core/index.ts'
import { isMap } from '../fields.ts'
import type { EntityOf } from './entity.ts'
import { refOf } from './names.ts'
import { onCall } from './on-call.ts'
import type { Declared } from './portal.ts'
import type { Stated } from './stated.ts'

/** How the kinds of Datadog's version 3 are called here; what is not listed is a component of that type. */
const KINDS: Readonly<Record<string, string>> = { system: 'System', api: 'API', datastore: 'Resource', queue: 'Resource' }
const REF_KINDS: Readonly<Record<string, string>> = {
  system: 'system',
  api: 'api',
  datastore: 'resource',
  queue: 'resource',
  team: 'group',
}
const REQUIRED: Readonly<Record<string, readonly string[]>> = { System: ['owner'], Resource: ['type', 'owner'] }

/** An entity of version 3: any kind, further owners, dependencies and what it is part of. */
export function readEntity(stated: Stated, entity: EntityOf): Declared[] {
  const name = stated.name('metadata', 'name')
  const theirs = (stated.text('kind') ?? 'service').toLowerCase()
  if (name === undefined) return []
  const kind = ownEntry(KINDS, theirs) ?? 'Component'
  entity
    .says('title', 'metadata', 'displayName')
    .says('description', 'metadata', 'description')
    .owner(['metadata', 'owner'])
    .tags('metadata', 'tags')
    .webLinks(['metadata', 'links'], { url: 'url', title: 'name', type: 'type' }, (type) => type.toLowerCase() === 'repo')
  for (const { path } of stated.maps('metadata', 'additionalOwners')) entity.owner([...path, 'name'], { path, fields: ['name'] })
  onCall(stated, entity, ['pagerduty', 'opsgenie'], 'serviceURL')
  if (stated.map('spec')) specOf(stated, entity)
  if (kind !== 'System' && stated.text('spec', 'type') === undefined) entity.put('type', theirs)
  if (kind === 'API') entity.put('definition', definitionOf(stated, entity.about.file))
  else if (kind === 'Component' || kind === 'Resource')
    for (const { text, path } of stated.texts('spec', 'dependsOn')) entity.dependsOn(theirRef(text), ...path)
  return [{ draft: entity.draft(kind, name, ['metadata', 'name'], REQUIRED[kind]), from: entity.from }]
}

function specOf(stated: Stated, entity: EntityOf): void {
  entity.sets('type', ['spec', 'type']).sets('lifecycle', ['spec', 'lifecycle']).sets('tier', ['spec', 'tier'])
  for (const { text, path } of stated.texts('spec', 'componentOf')) {
    const whole = theirRef(text)
    if (whole.startsWith('system:')) entity.system(whole, ...path)
    else entity.link('partOf', whole, ...path)
  }
  for (const { text, path } of stated.texts('spec', 'components')) entity.link('hasPart', theirRef(text), ...path)
  for (const { text, path } of stated.texts('spec', 'implementedBy')) entity.link('apiProvidedBy', theirRef(text), ...path)
}

/** Where the definition is; one that is written out stays in the rest. */
function definitionOf(stated: Stated, file: string): Record<string, string> {
  const at = isMap(stated.at('spec', 'interface')) ? stated.text('spec', 'interface', 'fileRef') : undefined
  return at === undefined ? { file } : { url: at }
}

function theirRef(text: string): string {
  return refOf(text, 'component', REF_KINDS)
}
