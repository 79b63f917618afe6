import { descriptorFolder, type EntityDraft } from '../../../ground/catalog/index.ts'
import { formatRef, parseRef, type Ref } from '../../../ground/core/index.ts'
import { fieldsOf, type Manifest, manifestRank, readManifest } from './manifests.ts'
import { referenceName } from './name.ts'

/** A part of a repository that is built and delivered by itself, or the whole of it. */
export interface Component {
  ref: Ref
  name: string
  /** Folder inside the repository; null when it covers all of it. */
  path: string | null
  /** Names its tags may begin with, as manifests write them. */
  tagNames: string[]
  /** `throughline.dev/deployments` as declared. */
  deployments: string | undefined
  description?: string
  /** The manifest that tells of it. */
  manifest?: string
  /** The document that declares it; absent when only a manifest tells of it. */
  declared?: EntityDraft
}

const NO_COMPONENT =
  /^(?:tests?|__tests__|testing|test[-_]?data|spec|specs|e2e|fixtures?|__fixtures__|examples?|samples?|demos?|docs?|templates?|bench(?:marks?)?|playgrounds?|scripts|tools|hack|vendor|third[_-]party|node_modules|\..*)$/i
const NEVER = /^(?:node_modules|vendor|third[_-]party|__fixtures__|fixtures?|test[-_]?data)$/i
/** Backstage's own descriptor: at the root it also names the repository. */
export const CATALOG_INFO = /^catalog-info\.ya?ml$/
const DEEPEST = 3
export const MOST_COMPONENTS = 500

/** Whether a manifest at this path can tell of a component at all. */
export function mayHoldComponent(path: string): boolean {
  return !path
    .split('/')
    .slice(0, -1)
    .some((folder) => NEVER.test(folder))
}

/** Whether a folder is for tests, examples, documentation or tools: what lies in it is not what is built. */
export function folderStandsAside(folder: string): boolean {
  return folder.split('/').some((segment) => NO_COMPONENT.test(segment))
}

/**
 * Components of a repository: those its descriptors declare, then one for every other folder with a manifest that
 * the root lists as a member of the monorepo; where the root lists none, for folders at most three deep that are not
 * tests, examples, documentation or tools. A manifest at the root is the repository itself.
 */
export function componentsOf(found: {
  repository: string
  declared: readonly EntityDraft[]
  manifests: ReadonlyMap<string, string>
  isMember: ((folder: string) => boolean) | null
}): Component[] {
  const components = found.declared.map(declaredComponent)
  const taken = new Set(components.map((component) => component.ref))
  const folders = manifestFolders(found.manifests)
  for (const [folder, manifest] of folders) {
    const component = components.find((one) => (one.path ?? '') === folder)
    if (component) {
      component.tagNames.push(manifest.name)
      Object.assign(component, told(manifest))
    } else if (folder !== '' && isComponentFolder(folder, found.isMember) && components.length < MOST_COMPONENTS) {
      const name = freeName(manifest, folder, taken)
      if (name)
        components.push({
          ref: `component:default/${name}`,
          name,
          path: folder,
          tagNames: [manifest.name],
          deployments: undefined,
          ...told(manifest),
        })
    }
  }
  const root = folders.get('')
  const whole = `component:default/${found.repository}`
  if (
    root &&
    !taken.has(whole) &&
    !components.some((component) => component.path === null) &&
    (!root.holdsOthers || components.length === 0)
  ) {
    components.unshift({
      ref: whole,
      name: found.repository,
      path: null,
      tagNames: [root.name],
      deployments: undefined,
      ...told(root),
    })
  }
  return components
}

function declaredComponent(draft: EntityDraft): Component {
  const parts = parseRef(draft.metadata.name, {
    kind: 'component',
    ...(draft.metadata.namespace ? { namespace: draft.metadata.namespace } : {}),
  })
  if (!parts.ok) throw new Error(`${draft.metadata.name} is no name, and was let pass`)
  const folder = descriptorFolder(draft.file) ?? ''
  const path = (annotationOf(draft, 'throughline.dev/path') ?? folder).replace(/^[./]+|\/+$/g, '')
  return {
    ref: formatRef(parts.value),
    name: parts.value.name,
    path: path || null,
    tagNames: [draft.metadata.name],
    deployments: annotationOf(draft, 'throughline.dev/deployments'),
    declared: draft,
  }
}

/** An annotation, when it is a text. */
function annotationOf(draft: EntityDraft, key: string): string | undefined {
  const value: unknown = fieldsOf(draft.metadata.annotations)[key]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

function told({ description, file }: Manifest & { file: string }): Pick<Component, 'description' | 'manifest'> {
  return { manifest: file, ...(description ? { description } : {}) }
}

/** The most telling manifest of each folder, shallow folders first. */
function manifestFolders(manifests: ReadonlyMap<string, string>): Map<string, Manifest & { file: string }> {
  const paths = [...manifests.keys()].sort(
    (one, other) =>
      one.split('/').length - other.split('/').length || manifestRank(nameOf(one)) - manifestRank(nameOf(other)) || (one < other ? -1 : 1),
  )
  const folders = new Map<string, Manifest & { file: string }>()
  for (const path of paths) {
    const folder = path.split('/').slice(0, -1).join('/')
    const manifest = folders.has(folder) ? null : readManifest(path, manifests.get(path)!)
    if (manifest) folders.set(folder, { ...manifest, file: path })
  }
  return folders
}

function isComponentFolder(folder: string, isMember: ((folder: string) => boolean) | null): boolean {
  if (isMember?.(folder)) return true
  const segments = folder.split('/')
  return isMember === null && segments.length <= DEEPEST && !folderStandsAside(folder)
}

function freeName(manifest: Manifest, folder: string, taken: Set<Ref>): string | null {
  for (const text of [manifest.name, folder]) {
    const name = referenceName(text)
    if (!name || taken.has(`component:default/${name}`)) continue
    taken.add(`component:default/${name}`)
    return name
  }
  return null
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
