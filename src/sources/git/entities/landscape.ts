import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { parseRef, type Ref } from '../../../ground/core/index.ts'
import { type FoundPackages, mayTellPackages, readPackages } from '../packages/read-packages.ts'
import { readAttributes } from '../files/attributes.ts'
import { generatedBy } from '../files/generated.ts'
import { readFiles } from '../repository/objects.ts'
import type { Repository } from '../repository/open.ts'
import { readTree, type TreeFile } from '../repository/tree.ts'
import type { DeclarationReader } from '../scan/report.ts'
import { type CodeOwners, CODEOWNERS_PLACES, readCodeOwners } from './codeowners.ts'
import { CATALOG_INFO, type Component, componentsOf, mayHoldComponent } from './components.ts'
import { isManifest, manifestRank, readManifest } from './manifests.ts'
import { folderName, repositoryName } from './name.ts'
import { WORKSPACE_FILES, workspaceMembers } from './workspaces.ts'

/** What the tree at HEAD tells: names, parts, owners, and which files machines write. */
export interface Landscape {
  /** `repository:default/<name>`. */
  subject: Ref
  name: string
  components: Component[]
  /** APIs defined beside a component, which provides them. */
  apis: EntityDraft[]
  /** What a descriptor says of the repository itself. */
  declared: EntityDraft | undefined
  packages: FoundPackages
  owners: CodeOwners | null
  isGenerated: (path: string) => boolean
  /** Object name of `.mailmap`. */
  mailmap: string | null
  submodules: string[]
  /** Git's words when the tree could not be read to its end. */
  fault: string | null
}

const MOST_FILES = 4_000
const MOST_DEFINITIONS = 100

/** Reads the tree of a commit, never the work tree. */
export async function readLandscape(repository: Repository, head: string, declarations: DeclarationReader): Promise<Landscape> {
  const tree = await readTree(repository.objects, head, (path) => isTelling(path, declarations) || mayTellPackages(path))
  const shallowFirst = tree.wanted.toSorted(
    (one, other) => one.path.split('/').length - other.path.split('/').length || (one.path < other.path ? -1 : 1),
  )
  const telling = shallowFirst.filter(({ path }) => isTelling(path, declarations) && !declarations.defines(path)).slice(0, MOST_FILES)
  const texts = await readFiles(repository.objects, telling)
  const named = (wanted: (path: string, name: string) => boolean) => [...texts].filter(([path]) => wanted(path, nameOf(path)))
  const manifests = new Map(named((path, name) => isManifest(name) && mayHoldComponent(path)))
  const descriptors = new Map(named((path) => declarations.describes(path) && mayHoldComponent(path)))
  const definitions = await readDefinitions(repository, tree.wanted, {
    declarations,
    folders: [...manifests.keys(), ...descriptors.keys()],
  })
  const drafts = declarations.read(new Map([...descriptors, ...definitions]))
  const declared = drafts.filter(isNamedComponent)
  const name = nameOfRepository(declared, manifests, repository)
  const components = componentsOf({ repository: name, declared, manifests, isMember: workspaceMembers((file) => texts.get(file)) })
  const owners = CODEOWNERS_PLACES.find((place) => texts.has(place))
  const subject = `repository:default/${name}`
  const tellingPackages = shallowFirst.filter(({ path }) => mayTellPackages(path))
  return {
    subject,
    name,
    components,
    apis: apisBeside(drafts, components),
    declared: drafts.find(({ kind, file }) => kind === 'Repository' && !file?.includes('/')),
    packages: await readPackages(repository.objects, tellingPackages, { repository: subject, components, texts }),
    owners: owners === undefined ? null : readCodeOwners(texts.get(owners)!, owners),
    isGenerated: generatedBy(readAttributes(named((_, file) => file === '.gitattributes').map(([path, text]) => ({ path, text })))),
    mailmap: tree.wanted.find((file) => file.path === '.mailmap')?.blob ?? null,
    submodules: tree.submodules,
    fault: tree.fault,
  }
}

function isTelling(path: string, declarations: DeclarationReader): boolean {
  const name = nameOf(path)
  if (name === '.gitattributes' || path === '.mailmap' || CODEOWNERS_PLACES.includes(path) || WORKSPACE_FILES.includes(path)) return true
  const tells = isManifest(name) || declarations.describes(path) || declarations.defines(path)
  return tells && path.split('/').length <= 8 && mayHoldComponent(path)
}

/** Definitions of APIs that lie beside something a component may be told by; others may be anybody's. */
async function readDefinitions(
  repository: Repository,
  files: readonly TreeFile[],
  { declarations, folders }: { declarations: DeclarationReader; folders: readonly string[] },
): Promise<Map<string, string>> {
  const beside = new Set(folders.map(folderOf))
  const wanted = files.filter(({ path }) => declarations.defines(path) && beside.has(folderOf(path)))
  return wanted.length === 0 ? new Map() : readFiles(repository.objects, wanted.slice(0, MOST_DEFINITIONS))
}

/** The APIs of components that are alone in their folder: of several nobody knows which one provides it. */
function apisBeside(drafts: readonly EntityDraft[], components: readonly Component[]): EntityDraft[] {
  return drafts.flatMap((draft) => {
    if (draft.kind !== 'API' || !declaresWholly(draft)) return []
    const [component, ...more] = components.filter(({ path }) => (path ?? '') === folderOf(draft.file ?? ''))
    if (!component || more.length > 0) return []
    return [{ ...draft, spec: { ...draft.spec, links: [{ type: 'apiProvidedBy', to: component.ref }] } }]
  })
}

/** An API that a descriptor declares is told by whoever applies the descriptor; its definition may not be in it yet. */
function declaresWholly({ file }: EntityDraft): boolean {
  return !CATALOG_INFO.test(nameOf(file ?? ''))
}

function isNamedComponent({ kind, metadata }: EntityDraft): boolean {
  return (
    kind === 'Component' &&
    parseRef(metadata.name, { kind: 'component', ...(metadata.namespace ? { namespace: metadata.namespace } : {}) }).ok
  )
}

/** Name from catalog-info, else from a manifest at the root, else from the folder. */
function nameOfRepository(declared: readonly EntityDraft[], manifests: ReadonlyMap<string, string>, repository: Repository): string {
  const atRoot = [...manifests].filter(([path]) => !path.includes('/')).sort(([one], [other]) => manifestRank(one) - manifestRank(other))
  const candidates = [
    declared.find(({ file }) => CATALOG_INFO.test(file ?? ''))?.metadata.name,
    ...atRoot.map(([path, text]) => readManifest(path, text)?.name),
  ]
  for (const candidate of candidates) {
    const name = candidate === undefined ? null : repositoryName(candidate)
    if (name) return name
  }
  return folderName(repository)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
