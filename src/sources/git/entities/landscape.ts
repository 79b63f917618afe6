import type { Ref } from '../../../ground/core/index.ts'
import { readAttributes } from '../files/attributes.ts'
import { generatedBy } from '../files/generated.ts'
import { readFiles } from '../repository/objects.ts'
import type { Repository } from '../repository/open.ts'
import { readTree } from '../repository/tree.ts'
import { CATALOG_INFO, declaredComponents } from './catalog-info.ts'
import { type CodeOwners, CODEOWNERS_PLACES, readCodeOwners } from './codeowners.ts'
import { type Component, componentsOf, mayHoldComponent } from './components.ts'
import { isManifest, manifestRank, readManifest } from './manifests.ts'
import { folderName, repositoryName } from './name.ts'
import { WORKSPACE_FILES, workspaceMembers } from './workspaces.ts'

/** What the tree at HEAD tells: names, parts, owners, and which files machines write. */
export interface Landscape {
  /** `repository:default/<name>`. */
  subject: Ref
  name: string
  components: Component[]
  owners: CodeOwners | null
  isGenerated: (path: string) => boolean
  /** Object name of `.mailmap`. */
  mailmap: string | null
  submodules: string[]
  /** Git's words when the tree could not be read to its end. */
  fault: string | null
}

const MOST_FILES = 4_000

/** Reads the tree of a commit, never the work tree. */
export async function readLandscape(repository: Repository, head: string): Promise<Landscape> {
  const tree = await readTree(repository.objects, head, isTelling)
  const shallowFirst = tree.wanted
    .sort((one, other) => one.path.split('/').length - other.path.split('/').length || (one.path < other.path ? -1 : 1))
    .slice(0, MOST_FILES)
  const texts = await readFiles(repository.objects, shallowFirst)
  const named = (wanted: (path: string, name: string) => boolean) => [...texts].filter(([path]) => wanted(path, nameOf(path)))
  const declared = named((path, name) => CATALOG_INFO.test(name) && mayHoldComponent(path)).flatMap(([path, text]) =>
    declaredComponents(path, text),
  )
  const manifests = new Map(named((path, name) => isManifest(name) && mayHoldComponent(path)))
  const name = nameOfRepository(declared.find((draft) => !draft.file?.includes('/'))?.metadata.name, manifests, repository)
  const owners = CODEOWNERS_PLACES.map((place) => texts.get(place)).find((text) => text !== undefined)
  return {
    subject: `repository:default/${name}`,
    name,
    components: componentsOf({ repository: name, declared, manifests, isMember: workspaceMembers((file) => texts.get(file)) }),
    owners: owners === undefined ? null : readCodeOwners(owners),
    isGenerated: generatedBy(readAttributes(named((_, file) => file === '.gitattributes').map(([path, text]) => ({ path, text })))),
    mailmap: tree.wanted.find((file) => file.path === '.mailmap')?.blob ?? null,
    submodules: tree.submodules,
    fault: tree.fault,
  }
}

function isTelling(path: string): boolean {
  const name = nameOf(path)
  if (name === '.gitattributes' || path === '.mailmap' || CODEOWNERS_PLACES.includes(path) || WORKSPACE_FILES.includes(path)) return true
  return (isManifest(name) || CATALOG_INFO.test(name)) && path.split('/').length <= 8 && mayHoldComponent(path)
}

/** Name from catalog-info, else from a manifest at the root, else from the folder. */
function nameOfRepository(declared: string | undefined, manifests: ReadonlyMap<string, string>, repository: Repository): string {
  const atRoot = [...manifests].filter(([path]) => !path.includes('/')).sort(([one], [other]) => manifestRank(one) - manifestRank(other))
  const candidates = [declared, ...atRoot.map(([path, text]) => readManifest(path, text)?.name)]
  for (const candidate of candidates) {
    const name = candidate === undefined ? null : repositoryName(candidate)
    if (name) return name
  }
  return folderName(repository)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
