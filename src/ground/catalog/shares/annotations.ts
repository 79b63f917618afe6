import { type Ref, refNamespace, toRef } from '../../core/index.ts'
import type { SubjectShare } from '../catalog.ts'
import type { EntityDoc } from '../document.ts'

/** Where the evidence of an entity comes from, as its annotations say. */
export interface Whereabouts {
  /** A full ref where annotated as one; only the repository's name where derived from a forge's slug or address. */
  repository: string | null
  /** Below the repository's root, without a slash at the ends; null for all of it. */
  path: string | null
  /** How its deployments are known, as annotated. */
  deployments: string | null
  /** Other names evidence may carry for it. */
  aliases: Ref[]
}

const SLUGS = ['github.com/project-slug', 'gitlab.com/project-slug', 'bitbucket.org/project-slug', 'gitea.com/repo-slug']

/**
 * Reads `throughline.dev/repository`, `/path` and `/aliases`; failing those, Backstage's well-known annotations
 * (backstage.io/docs/features/software-catalog/well-known-annotations). A component whose `catalog-info.yaml` (or
 * the descriptor of another tool that takes it so) lies in a folder of a repository is taken to live in that folder.
 * @param file where the document was read, relative to what was applied
 */
export function whereaboutsOf(ref: Ref, doc: EntityDoc, file?: string | null): Whereabouts {
  const annotations = doc.metadata.annotations ?? {}
  const own = annotations['throughline.dev/repository']
  const slug = SLUGS.map((key) => annotations[key]).find((value) => value)
  const location = sourceLocation(annotations['backstage.io/source-location'] ?? '')
  const explicit = own === undefined ? null : toRef(own, { kind: 'repository', namespace: refNamespace(ref) })
  const name = slug ? lastSegment(slug) : location?.name
  const repository = explicit?.ok ? explicit.value : name && toRef(name, { kind: 'repository' }).ok ? name.toLowerCase() : null
  const stated = annotations['throughline.dev/path']
  const folder = doc.kind === 'Component' ? descriptorFolder(file) : null
  return {
    repository,
    path: repository === null ? null : cleanPath(stated ?? location?.path ?? folder ?? ''),
    deployments: annotations['throughline.dev/deployments']?.trim() || null,
    aliases: (annotations['throughline.dev/aliases'] ?? '').split(',').flatMap((text) => aliasOf(text.trim(), ref)),
  }
}

/** `tags`, `tags:<prefix>`, `main` or `events`; null when the annotation is absent or says something else. */
export function deploymentsOf(annotation: string | null): SubjectShare['deployments'] | null {
  const [by, ...rest] = (annotation ?? '').split(':')
  const prefix = rest.join(':')
  if (by === 'tags') return prefix ? { by: 'tags', prefix } : { by: 'tags' }
  return by === 'main' || by === 'events' ? { by } : null
}

/** `url:https://github.com/org/name/tree/main/services/checkout/` names a repository and a folder in it. */
function sourceLocation(text: string): { name: string; path: string } | null {
  const address = text.replace(/^url:/, '')
  if (!URL.canParse(address)) return null
  const segments = decodeURI(new URL(address).pathname).split('/').filter(Boolean)
  const marker = segments.findIndex((segment, index) => index >= 2 && ['tree', 'blob', 'src', '-'].includes(segment))
  const name = segments[marker === -1 ? segments.length - 1 : marker - 1]
  if (!name || segments.length < 2) return null
  const after = marker === -1 ? [] : segments.slice(segments[marker] === '-' ? marker + 3 : marker + 2)
  return { name: name.replace(/\.git$/, ''), path: after.join('/') }
}

const DESCRIPTOR = /^(?:catalog-info[^/]*|compass|cortex|opslevel|score|(?:[\w-]+\.)?datadog)\.ya?ml$/i
/** Folders that hold what is written about the folder above them. */
const ABOUT_ABOVE = /^(?:\..+|deploy(?:ments?)?|ops|score)$/i

/** The folder a descriptor speaks of; empty for the root, null when the file is no descriptor. */
export function descriptorFolder(file: string | null | undefined): string | null {
  const folders = (file ?? '').split('/')
  const name = folders.pop()!
  if (!DESCRIPTOR.test(name)) return null
  // Backstage's own stands for the folder it lies in, whatever that is called.
  while (!name.startsWith('catalog-info') && ABOUT_ABOVE.test(folders.at(-1) ?? '')) folders.pop()
  return folders.join('/')
}

function lastSegment(slug: string): string {
  return slug
    .replace(/\/+$/, '')
    .split('/')
    .at(-1)!
    .replace(/\.git$/, '')
}

function cleanPath(path: string): string | null {
  const clean = path
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
  return clean === '' || clean === '.' ? null : clean
}

function aliasOf(text: string, ref: Ref): Ref[] {
  const read = text ? toRef(text, { kind: ref.slice(0, ref.indexOf(':')), namespace: refNamespace(ref) }) : null
  return read?.ok ? [read.value] : []
}
