import type { EntityDraft, Observation } from '../../../ground/catalog/index.ts'
import type { Ref } from '../../../ground/core/index.ts'
import type { Component } from './components.ts'
import type { CodeOwners } from './codeowners.ts'
import type { Landscape } from './landscape.ts'
import { fieldsOf } from './manifests.ts'

const MOST_OWNER_LINKS = 100
const MOST_OWNER_RULES = 500
const MOST_OWNERS = 20

/**
 * What the catalogue is told: the repository with its owners by path, and its components. Declared components come as
 * they are written, with the repository and path added where they do not say it.
 */
export function draftsOf(landscape: Landscape, head: { sha: string; branch: string | null }): EntityDraft[] {
  return [
    repositoryDraft(landscape, head),
    ...landscape.components.map((component) => ({ ...componentDraft(component, landscape), observed: seenOf(component, landscape) })),
    ...landscape.apis.map((api) => apiDraft(api, landscape.owners)),
  ]
}

function repositoryDraft({ name, owners, declared }: Landscape, head: { sha: string; branch: string | null }): EntityDraft {
  const owner = ownerOf(owners, null)
  const all = [...new Set(owners?.rules.flatMap((rule) => rule.owners) ?? [])].slice(0, MOST_OWNER_LINKS)
  return {
    apiVersion: 'throughline.dev/v1',
    kind: 'Repository',
    metadata: { ...declared?.metadata, name },
    spec: {
      ...declared?.spec,
      ...(head.branch === null ? {} : { defaultBranch: head.branch }),
      head: head.sha,
      ...(owner && declared?.spec.owner === undefined ? { owner } : {}),
      ...(all.length > 0
        ? { links: all.map((to) => ({ type: 'ownedBy', to })), codeowners: owners?.rules.slice(0, MOST_OWNER_RULES) }
        : {}),
    },
    observed: ownersSeen(owners, null),
  }
}

function componentDraft(component: Component, { subject, owners }: Landscape): EntityDraft {
  const place = { 'throughline.dev/repository': subject, ...(component.path === null ? {} : { 'throughline.dev/path': component.path }) }
  const owner = ownerOf(owners, component.path)
  if (component.declared) {
    const { metadata, spec, ...document } = component.declared
    return {
      ...document,
      metadata: { ...metadata, annotations: { ...place, ...metadata.annotations } },
      spec: withOwner(spec, owner),
    }
  }
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: component.name, ...(component.description ? { description: component.description } : {}), annotations: place },
    // Backstage demands these three; git does not know them, and says so.
    spec: { type: 'unknown', lifecycle: 'unknown', owner: owner ?? 'unknown' },
  }
}

function apiDraft(api: EntityDraft, owners: CodeOwners | null): EntityDraft {
  const path = api.file ?? null
  const seen = ownersSeen(owners, path)
  const observed = knowsNoOwner(api.spec) ? seen.map((one) => ({ ...one, fills: true })) : seen
  return { ...api, spec: withOwner(api.spec, ownerOf(owners, path)), observed }
}

/** A descriptor that knows no owner says so; the owners of the path are then as good as any. */
function withOwner(spec: EntityDraft['spec'], owner: Ref | undefined): EntityDraft['spec'] {
  return owner && knowsNoOwner(spec) ? { ...spec, owner } : spec
}

function knowsNoOwner({ owner }: EntityDraft['spec']): boolean {
  return owner === undefined || owner === 'unknown'
}

/** What the tree tells of a component, whatever its catalog-info says; and what was filled in where that says nothing. */
function seenOf({ path, description, manifest, declared }: Component, { subject, owners }: Landscape): Observation[] {
  const annotated = declared ? fieldsOf(declared.metadata.annotations) : {}
  const fills = (left: boolean) => (declared && left ? { fills: true } : {})
  const place = (fact: string, value: string) => ({
    fact,
    value,
    from: 'tree',
    ...fills(annotated[`throughline.dev/${fact}`] === undefined),
  })
  return [
    ...ownersSeen(owners, path).map((one) => ({ ...one, ...fills(declared !== undefined && knowsNoOwner(declared.spec)) })),
    place('repository', subject),
    ...(path === null ? [] : [place('path', path)]),
    ...(description ? [{ fact: 'description', value: description, from: 'manifest', ...(manifest ? { file: manifest } : {}) }] : []),
  ]
}

/** Everybody the rule for a folder names, or for the whole repository. */
function ownersSeen(owners: CodeOwners | null, path: string | null): Observation[] {
  const rule = owners?.ruleFor(path ?? 'any file')
  if (!owners || !rule) return []
  return rule.owners
    .slice(0, MOST_OWNERS)
    .map((value) => ({ fact: 'owner', value, from: 'CODEOWNERS', file: owners.file, line: rule.line, because: rule.pattern }))
}

/** The owner of a folder, or of the whole repository: a team before a person. */
function ownerOf(owners: CodeOwners | null, path: string | null): Ref | undefined {
  const named = owners?.ownersOf(path ?? 'any file') ?? []
  return named.find((ref) => ref.startsWith('group:')) ?? named[0]
}
