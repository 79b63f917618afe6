import { isMap } from '../fields.ts'
import { slugOf } from '../slug.ts'
import { EntityOf } from './entity.ts'
import { nameOf, refOf } from './names.ts'
import { type Declared, fieldSign, type Portal } from './portal.ts'
import type { Stated } from './stated.ts'

const title = 'OpsLevel'

/** OpsLevel, `opslevel.yml`: a component (a service in older files), or what there is to say of the repository. */
export const opsLevel: Portal = {
  title,
  files: /^opslevel\.ya?ml$/i,
  sign: fieldSign(['component', 'service', 'repository']),
  fits: ({ version, component, service, repository }) =>
    version !== undefined && [component, service, repository].some((part) => isMap(part)),
  read(stated, file): Declared[] {
    const root = ['component', 'service'].find((key) => isMap(stated.value[key]))
    return root ? component(stated, file, root) : repository(stated, file)
  },
}

function component(stated: Stated, file: string, root: string): Declared[] {
  const name = stated.name(root, 'name')
  if (name === undefined) return []
  const entity = new EntityOf(stated, { title, file })
    .says('description', root, 'description')
    .sets('type', [root, 'type'])
    .sets('lifecycle', [root, 'lifecycle'])
    .sets('tier', [root, 'tier'])
    .owner([root, 'owner'])
  const system = stated.text(root, 'system')
  if (system !== undefined) entity.system(refOf(system, 'system'), root, 'system')
  if (root === 'service') entity.put('type', 'service')
  pairsAsTags(stated, entity, root)
  for (const { text, path, place, whole } of stated.names([root, 'dependencies'], 'alias')) {
    entity.dependsOn(refOf(text, 'component'), ...place)
    if (whole && nameOf(text) === text) stated.carried(...path)
  }
  // An alert source names the service outright; a link to one only leads there.
  for (const { path } of stated.maps(root, 'alert_sources'))
    if (stated.text(...path, 'type') === 'pagerduty') entity.annotate('pagerduty.com/service-id', stated.text(...path, 'external_id'))
  entity.webLinks([root, 'tools'], { url: 'url', title: 'name', type: 'category' }, (category) => category === 'code')
  const aliases = stated.texts(root, 'aliases').filter(({ text }) => nameOf(text) === text)
  if (aliases.length > 0) entity.annotate('throughline.dev/aliases', aliases.map(({ text }) => text).join(','))
  for (const { path } of aliases) stated.carried(...path)
  return [{ draft: entity.draft('Component', name, [root, 'name'], undefined, aliasOf), from: entity.from }]
}

/** OpsLevel names things by an alias of small letters and underscores, which is what dependencies and owners refer to. */
function aliasOf(name: string): string {
  return slugOf(name.replaceAll(/[^\p{L}\p{N}]+/gu, '_'))
}

/** A file that tells of the repository alone. It has no name in it: whoever knows the repository adds it. */
function repository(stated: Stated, file: string): Declared[] {
  const entity = new EntityOf(stated, { title, file }).owner(['repository', 'owner']).sets('tier', ['repository', 'tier'])
  pairsAsTags(stated, entity, 'repository')
  const draft = entity.draft('Repository', '', [], [], () => '')
  return [{ draft: { ...draft, apiVersion: 'throughline.dev/v1' }, from: { ...entity.from, 'metadata.name': 'repository' } }]
}

/** `key: db, value: mysql` is the tag `db:mysql`. */
function pairsAsTags(stated: Stated, entity: EntityOf, root: string): void {
  for (const { path } of stated.maps(root, 'tags')) {
    const [key, value] = [stated.text(...path, 'key'), stated.text(...path, 'value')]
    const written = [key, value].filter((part) => part !== undefined).join(':')
    if (key !== undefined && entity.tagAs(written)) stated.carriedItem(['key', 'value'], ...path)
  }
}
