import * as z from 'zod'
import type { EntityKind, StatedLink } from '../catalog.ts'
import { LooseRefText, StatedLinks } from './fields.ts'

/**
 * The kinds of Backstage, read as leniently as Backstage reads them: the fields it requires are required, everything
 * else is kept (backstage.io/docs/features/software-catalog/descriptor-format). Relations follow its
 * BuiltinKindsEntityProcessor, in our canonical direction.
 */
const API_VERSIONS = ['backstage.io/v1alpha1', 'backstage.io/v1beta1'] as const
const TEMPLATE_VERSIONS = ['scaffolder.backstage.io/v1beta3', 'backstage.io/v1beta2'] as const

const Required = z.string().min(1)
const Refs = z.array(LooseRefText)
const Profile = z.looseObject({ displayName: Required.optional(), email: Required.optional(), picture: Required.optional() })
/** Text, or a placeholder such as `$text` whose target could not be read. */
const Definition = z.union([Required, z.looseObject({})], { error: 'write the definition as text, or as $text: path/of/the/file' })
const links = StatedLinks.optional()

const Component = z.looseObject({
  type: Required,
  lifecycle: Required,
  owner: LooseRefText,
  system: LooseRefText.optional(),
  subcomponentOf: z.union([LooseRefText, Refs]).optional(),
  providesApis: Refs.optional(),
  consumesApis: Refs.optional(),
  dependsOn: Refs.optional(),
  dependencyOf: Refs.optional(),
  serves: Refs.optional(),
  links,
})
const Api = z.looseObject({
  type: Required,
  lifecycle: Required,
  owner: LooseRefText,
  system: LooseRefText.optional(),
  definition: Definition,
  links,
})
const Resource = z.looseObject({
  type: Required,
  owner: LooseRefText,
  system: LooseRefText.optional(),
  dependsOn: Refs.optional(),
  dependencyOf: Refs.optional(),
  links,
})
const System = z.looseObject({
  owner: LooseRefText,
  domain: LooseRefText.optional(),
  type: Required.optional(),
  serves: Refs.optional(),
  links,
})
const Domain = z.looseObject({ owner: LooseRefText, subdomainOf: LooseRefText.optional(), type: Required.optional(), links })
const Group = z.looseObject({
  type: Required,
  children: Refs,
  parent: LooseRefText.optional(),
  members: Refs.optional(),
  profile: Profile.optional(),
  links,
})
const User = z.looseObject({ memberOf: Refs.optional(), profile: Profile.optional(), links })
const Location = z.looseObject({
  type: Required.optional(),
  target: Required.optional(),
  targets: z.array(Required).optional(),
  presence: z.enum(['required', 'optional']).optional(),
  links,
})
const Template = z.looseObject({
  type: Required,
  steps: z.array(z.looseObject({ action: Required })),
  owner: LooseRefText.optional(),
  links,
})

/** Which fields of a spec state links: field → type of link and the kind assumed. */
type Field = { field: string; type: string; kind?: string }
const OWNER: Field = { field: 'owner', type: 'ownedBy', kind: 'group' }
const SYSTEM: Field = { field: 'system', type: 'partOf', kind: 'system' }
const SERVES: Field = { field: 'serves', type: 'serves', kind: 'outcome' }
const DEPENDS: readonly Field[] = [
  { field: 'dependsOn', type: 'dependsOn' },
  { field: 'dependencyOf', type: 'dependencyOf' },
]

export const backstageKinds: readonly EntityKind[] = [
  kind('Component', Component, [
    OWNER,
    SYSTEM,
    { field: 'subcomponentOf', type: 'partOf', kind: 'component' },
    { field: 'providesApis', type: 'providesApi', kind: 'api' },
    { field: 'consumesApis', type: 'consumesApi', kind: 'api' },
    ...DEPENDS,
    SERVES,
  ]),
  kind('API', Api, [OWNER, SYSTEM]),
  kind('Resource', Resource, [OWNER, SYSTEM, ...DEPENDS]),
  kind('System', System, [OWNER, { field: 'domain', type: 'partOf', kind: 'domain' }, SERVES]),
  kind('Domain', Domain, [OWNER, { field: 'subdomainOf', type: 'partOf', kind: 'domain' }]),
  kind('Group', Group, [
    { field: 'parent', type: 'childOf', kind: 'group' },
    { field: 'children', type: 'parentOf', kind: 'group' },
    { field: 'members', type: 'hasMember', kind: 'user' },
  ]),
  kind('User', User, [{ field: 'memberOf', type: 'memberOf', kind: 'group' }]),
  kind('Location', Location, []),
  kind('Template', Template, [OWNER], TEMPLATE_VERSIONS),
]

/** What any kind of Backstage's API group states, known here or not: an owner, a system, dependencies. */
export function backstageLinks(spec: Record<string, unknown>): StatedLink[] {
  return [OWNER, SYSTEM, ...DEPENDS].flatMap((field) => statedBy(spec, field))
}

function kind(name: string, spec: z.ZodType, fields: readonly Field[], apiVersions: readonly string[] = API_VERSIONS): EntityKind {
  return { kind: name, apiVersions, spec, links: (stated) => fields.flatMap((field) => statedBy(stated, field)) }
}

function statedBy(spec: Record<string, unknown>, { field, type, kind: assumed }: Field): StatedLink[] {
  const value = spec[field]
  if (typeof value === 'string') return [{ type, to: value, kind: assumed, path: `spec.${field}` }]
  if (!Array.isArray(value)) return []
  return value.flatMap((to: unknown, index) =>
    typeof to === 'string' ? [{ type, to, kind: assumed, path: `spec.${field}.${index}` }] : [],
  )
}
