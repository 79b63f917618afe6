import type { Ref } from '../../../ground/core/index.ts'
import type { Component } from '../entities/components.ts'
import { readVersionTag, type VersionTag } from './version-tag.ts'

/** Whose deployment a tag is. */
export interface Target {
  subject: Ref
  /** Folder the deployment concerns; null for the whole repository. */
  path: string | null
  /** Name in the tag when no component of that name is known. */
  unknownComponent?: string
}

export interface TargetRules {
  /** Whom a tag deploys; empty when it is no release, or its component is deployed in another way. */
  ofTag(tag: string): { targets: Target[]; version: VersionTag | null }
  /** Whom every commit on the main branch deploys. */
  byMain: Target[]
}

/**
 * Reads how each component says it is deployed (`throughline.dev/deployments: tags | tags:<prefix> | main | events`).
 * What covers the whole repository goes by the repository's name. A component's own prefix comes before its name.
 */
export function targetRules(repository: Ref, components: readonly Component[]): TargetRules {
  const whole = components.find((component) => component.path === null)
  const parts = components.map((component) => ({
    target: { subject: component === whole ? repository : component.ref, path: component.path },
    names: namesOf(component),
    ...deploymentsOf(component),
  }))
  const repositoryPart = parts.find((part) => part.target.subject === repository) ?? {
    target: { subject: repository, path: null },
    by: 'tags',
    prefix: null,
    stated: false,
  }
  const byName = new Map<string, (typeof parts)[number] | null>()
  for (const part of parts) for (const name of part.names) byName.set(name, byName.has(name) && byName.get(name) !== part ? null : part)

  return {
    byMain: parts.filter((part) => part.by === 'main').map((part) => part.target),
    ofTag(tag) {
      const version = readVersionTag(tag)
      const prefixed = parts.flatMap((part) => {
        if (part.by !== 'tags' || part.prefix === null || !tag.startsWith(part.prefix)) return []
        const rest = readVersionTag(tag.slice(part.prefix.length))
        return rest?.prefix === null ? [{ target: part.target, version: rest }] : []
      })
      if (prefixed[0])
        return { targets: prefixed[0].version.released ? prefixed.map(({ target }) => target) : [], version: prefixed[0].version }
      if (!version?.released) return { targets: [], version }
      const named = version.prefix === null ? undefined : byName.get(version.prefix.toLowerCase())
      if (named && named.target.subject !== repository)
        return { targets: named.by === 'tags' && named.prefix === null ? [named.target] : [], version }
      const wholeByTags = repositoryPart.by === 'tags' && repositoryPart.prefix === null
      const target: Target = {
        ...repositoryPart.target,
        ...(version.prefix !== null && !named ? { unknownComponent: version.prefix } : {}),
      }
      const sharing =
        version.prefix === null
          ? parts
              .filter((part) => part.stated && part.by === 'tags' && part.prefix === null && part.target.subject !== repository)
              .map((part) => part.target)
          : []
      return { targets: [...(wholeByTags ? [target] : []), ...sharing], version }
    },
  }
}

function deploymentsOf({ deployments }: Component): { by: 'tags' | 'main' | 'events'; prefix: string | null; stated: boolean } {
  if (deployments === 'main' || deployments === 'events') return { by: deployments, prefix: null, stated: true }
  const prefix = /^tags:(.+)$/.exec(deployments ?? '')?.[1]?.trim()
  return { by: 'tags', prefix: prefix || null, stated: deployments !== undefined }
}

/** Names a tag may call a component by, in small letters: as manifests write it, without its scope, its reference, its folder. */
function namesOf(component: Component): Set<string> {
  const names = [
    ...component.tagNames,
    ...component.tagNames.map((name) => name.replace(/^@[^/]+\//, '')),
    component.name,
    component.path ?? '',
    component.path?.split('/').pop() ?? '',
  ]
  return new Set(names.filter(Boolean).map((name) => name.toLowerCase()))
}
