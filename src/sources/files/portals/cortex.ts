import { ownEntry } from '../../../ground/core/index.ts'
import { isMap } from '../fields.ts'
import { EntityOf } from './entity.ts'
import { nameOf, refOf } from './names.ts'
import { openApi } from './openapi.ts'
import { type Declared, fieldSign, type Portal } from './portal.ts'
import { Stated } from './stated.ts'

const title = 'Cortex'
const KINDS: Readonly<Record<string, string>> = { domain: 'Domain', team: 'Group' }
const GIT: readonly (readonly [provider: string, annotation: string])[] = [
  ['github', 'github.com/project-slug'],
  ['gitlab', 'gitlab.com/project-slug'],
  ['bitbucket', 'bitbucket.org/project-slug'],
]
const ON_CALL: Readonly<Record<string, string>> = {
  SERVICE: 'pagerduty.com/service-id',
  SCHEDULE: 'pagerduty.com/schedule-id',
  ESCALATION_POLICY: 'pagerduty.com/escalation-policy-id',
}

/** Cortex, `cortex.yaml`: an OpenAPI 3 root whose `info` describes a service, a domain, a team or a resource. */
export const cortex: Portal = {
  title,
  files: /\.ya?ml$/i,
  sign: fieldSign(['x-cortex-tag']),
  fits: ({ info }) => isMap(info) && info['x-cortex-tag'] !== undefined,
  read(stated, file): Declared[] {
    const name = stated.name('info', 'x-cortex-tag')
    if (name === undefined) return []
    const type = stated.text('info', 'x-cortex-type')
    const kind = ownEntry(KINDS, type?.toLowerCase() ?? '') ?? 'Component'
    // A definition of an API may share the document; it is an entity of its own, told apart from its service by its name.
    const api = kind === 'Component' && isMap(stated.value.paths) && Object.keys(stated.value.paths).length > 0
    if (api) for (const field of ['paths', 'components']) stated.carried(field)
    const entity = new EntityOf(stated, { title, file }).says('title', 'info', 'title').says('description', 'info', 'description')
    owners(stated, entity)
    for (const groups of ['x-cortex-groups', 'x-cortex-service-groups']) entity.tags('info', groups)
    entity.webLinks(['info', 'x-cortex-link'], { url: 'url', title: 'name', type: 'type' })
    whereabouts(stated, entity)
    onCall(stated, entity)
    relatives(stated, entity, kind)
    const draft = draftOf(entity, kind, name, type)
    const component: Declared = { draft, from: entity.from }
    return api ? [component, apiOf(stated, file, draft.metadata.name)] : [component]
  },
}

function draftOf(entity: EntityOf, kind: string, name: string, type: string | undefined) {
  const path = ['info', 'x-cortex-tag']
  if (type !== undefined && ownEntry(KINDS, type) !== undefined) entity.stated.carried('info', 'x-cortex-type')
  if (kind === 'Group') return entity.put('type', 'team').put('children', []).draft(kind, name, path, [])
  if (kind === 'Domain') return entity.draft(kind, name, path, ['owner'])
  // Cortex calls a service what states no type.
  if (type === undefined) entity.put('type', 'service')
  return entity.sets('type', ['info', 'x-cortex-type']).draft(kind, name, path)
}

/** Groups own; an address or a channel does not say whether it is a team or a person, and stays as written. */
function owners(stated: Stated, entity: EntityOf): void {
  for (const { path } of stated.maps('info', 'x-cortex-owners')) {
    const type = stated.text(...path, 'type')?.toLowerCase()
    if (type !== undefined && type !== 'group') continue
    entity.owner([...path, 'name'], { path, fields: ['type', 'name'] })
  }
}

function whereabouts(stated: Stated, entity: EntityOf): void {
  if (!stated.map('info', 'x-cortex-git')) return
  for (const [provider, annotation] of GIT) {
    const path = ['info', 'x-cortex-git', provider]
    if (!stated.map(...path)) continue
    entity.annotate(annotation, stated.text(...path, 'repository'), ...path, 'repository')
    for (const folder of ['basepath', 'basePath']) entity.annotate('throughline.dev/path', stated.text(...path, folder), ...path, folder)
  }
}

function onCall(stated: Stated, entity: EntityOf): void {
  const path = ['info', 'x-cortex-oncall', 'pagerduty']
  if (!stated.map('info', 'x-cortex-oncall') || !stated.map(...path)) return
  const key = ownEntry(ON_CALL, stated.text(...path, 'type')?.toUpperCase() ?? '')
  if (key) entity.annotate(key, stated.text(...path, 'id'))
}

/** What it depends on and what it is part of. */
function relatives(stated: Stated, entity: EntityOf, kind: string): void {
  const above = kind === 'Group' ? { type: 'childOf', kind: 'group' } : { type: 'partOf', kind: 'domain' }
  for (const one of stated.names(['info', 'x-cortex-dependency'], 'tag')) {
    const ref = refOf(one.text, 'component')
    if (kind === 'Component') entity.dependsOn(ref, ...one.place)
    if (kind === 'Component' || entity.link('dependsOn', ref, ...one.place)) tick(stated, one)
  }
  for (const one of stated.names(['info', 'x-cortex-parents'], 'tag'))
    if (entity.link(above.type, refOf(one.text, above.kind), ...one.place)) tick(stated, one)
}

/** A tag that is a name as it stands, in an entry that says no more, is in its reference. */
function tick(stated: Stated, { text, path, whole }: { text: string; path: readonly (string | number)[]; whole: boolean }): void {
  if (whole && nameOf(text) === text) stated.carried(...path)
}

/** The API that a descriptor defines beside the service it describes. */
function apiOf(stated: Stated, file: string, component: string): Declared {
  const info = isMap(stated.value.info) ? stated.value.info : {}
  const own = Object.fromEntries(Object.entries(info).filter(([key]) => !key.startsWith('x-cortex-')))
  const [declared] = openApi.read(new Stated({ ...stated.value, info: own }), file)
  const draft = declared!.draft
  return {
    ...declared!,
    draft: {
      ...draft,
      metadata: { ...draft.metadata, name: `${component.slice(0, 59)}-api` },
      spec: { ...draft.spec, links: [{ type: 'apiProvidedBy', to: `component:default/${component}` }] },
    },
  }
}
