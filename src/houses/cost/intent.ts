import { type Catalog, type Entity, ownerOf, whereaboutsOf } from '../../ground/catalog/index.ts'
import { type Instant, type Ref, refNamespace, toRef } from '../../ground/core/index.ts'
import { refFrom } from '../../ground/intake/index.ts'
import type { Claims, Shared } from './assess/index.ts'

/** Annotations by which components and groups claim costs, separated by commas. */
const TAGS = 'throughline.dev/cost-tags'
const RESOURCES = 'throughline.dev/cost-resources'
const ACCOUNTS = 'throughline.dev/cost-accounts'
/** `even`, or the name of a measure: how a component's own cost is split among those who depend on it. */
const SHARE = 'throughline.dev/cost-share'

/** Who claims which cost of a namespace, as was known at a moment (now when left out). */
export async function claimsIn(catalog: Catalog, namespace: string, asOf?: Instant): Promise<Claims> {
  const components = await catalog.list({ kind: 'component', namespace }, asOf)
  const groups = await catalog.list({ kind: 'group', namespace }, asOf)
  const tags = new Map<string, Ref[]>()
  const resources = new Map<string, Ref[]>()
  const accounts = new Map<Ref, Ref[]>()
  const aliases = new Map<Ref, Ref>()
  for (const entity of [...components, ...groups]) {
    for (const tag of listIn(entity, TAGS)) add(tags, tagText(tag), entity.ref)
    for (const resource of listIn(entity, RESOURCES)) add(resources, resource.toLowerCase(), entity.ref)
    for (const account of listIn(entity, ACCOUNTS)) add(accounts, refFrom('resource', account, namespace), entity.ref)
    for (const alias of whereaboutsOf(entity.ref, entity).aliases) aliases.set(alias, entity.ref)
  }
  return {
    tags,
    resources,
    accounts,
    aliases,
    names: new Map(components.map(({ ref, metadata }) => [metadata.name.toLowerCase(), ref])),
    shared: sharedAmong(components),
    owners: new Map(components.map((component) => [component.ref, ownerOf(component)])),
  }
}

/** Names of tags and the resources that anybody anywhere claims: what has to be kept of a bill while it is read. */
export async function claimedWords(catalog: Catalog): Promise<{ tags: string[]; resources: string[] }> {
  const entities = [...(await catalog.list({ kind: 'component' })), ...(await catalog.list({ kind: 'group' }))]
  const words = (annotation: string) => entities.flatMap((entity) => listIn(entity, annotation))
  const names = words(TAGS).map((tag) => tagText(tag).slice(0, tagText(tag).indexOf('=')))
  return { tags: [...new Set(names)].filter(Boolean).sort(), resources: [...new Set(words(RESOURCES))].sort() }
}

function sharedAmong(components: readonly Entity[]): Shared[] {
  return components.flatMap((component): Shared[] => {
    const rule = component.metadata.annotations?.[SHARE]?.trim()
    if (!rule) return []
    const among = components.filter((one) => dependsOn(one).includes(component.ref)).map(({ ref }) => ref)
    return [{ ref: component.ref, rule, among: among.sort() }]
  })
}

function dependsOn(entity: Entity): Ref[] {
  const list = Array.isArray(entity.spec.dependsOn) ? (entity.spec.dependsOn as unknown[]) : []
  return list.flatMap((text) => {
    const read = typeof text === 'string' ? toRef(text, { kind: 'component', namespace: refNamespace(entity.ref) }) : null
    return read?.ok ? [read.value] : []
  })
}

function listIn({ metadata }: Entity, annotation: string): string[] {
  return (metadata.annotations?.[annotation] ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter(Boolean)
}

/** `app=checkout` or `app: checkout`, in small letters. */
function tagText(text: string): string {
  const match = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(text)
  return match ? `${match[1]!.toLowerCase()}=${match[2]!.toLowerCase()}` : `${text.toLowerCase()}=`
}

function add<K>(claims: Map<K, Ref[]>, key: K, ref: Ref): void {
  const known = claims.get(key)
  if (known) known.push(ref)
  else claims.set(key, [ref])
}
