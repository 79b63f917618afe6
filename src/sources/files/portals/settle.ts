import type { EntityDraft } from '../../../ground/catalog/index.ts'
import type { Problem } from '../../../ground/core/index.ts'
import { refOf } from '../dangling.ts'
import type { ReadDocument } from '../visit.ts'

type Drafted = ReadDocument & { draft: NonNullable<ReadDocument['draft']> }

/**
 * Settles what only all files together tell: one component that several files declare is one, its own descriptor first;
 * a dependency by another tool's id finds its file; an API belongs to the one component of its folder; a definition that a
 * descriptor brings in is no entity of its own.
 * @param broughtIn files that descriptors bring in by `$text` and its like
 */
export function settle(
  documents: readonly ReadDocument[],
  broughtIn: ReadonlySet<string>,
): { documents: ReadDocument[]; problems: Problem[] } {
  const kept = documents.filter(({ portal, file }) => !portal?.definition || !broughtIn.has(file))
  if (!kept.some(({ portal }) => portal)) return { documents: kept, problems: [] }
  const problems: Problem[] = []
  const ordered = [...kept.filter(({ portal }) => !portal), ...kept.filter(({ portal }) => portal)]
  const folded = foldTwins(ordered, problems)
  const components = folded.filter(isComponent)
  findIds(folded)
  joinDefinitions(folded, components)
  return { documents: folded, problems }
}

/** Leaves one document for each component, which keeps what the others state beside what it states itself. */
function foldTwins(documents: readonly ReadDocument[], problems: Problem[]): ReadDocument[] {
  const components = documents.filter(isComponent)
  const families = Map.groupBy(components, familyOf)
  const isOnly = (one: ReadDocument) => families.get(familyOf(one))?.length === 1
  const byRef = new Map<string, Drafted>()
  const byFolder = new Map<string, Drafted>()
  return documents.filter((document) => {
    if (!isComponent(document)) return true
    const ref = refOf(document.draft)
    const folder = folderOf(document.file)
    const first = byRef.get(ref) ?? (isOnly(document) ? byFolder.get(folder) : undefined)
    if (first && document.portal) {
      fold(document, first, problems)
      return false
    }
    if (!first) byRef.set(ref, document)
    if (isOnly(document)) byFolder.set(folder, byFolder.get(folder) ?? document)
    return true
  })
}

function fold(twin: Drafted, first: Drafted, problems: Problem[]): void {
  const { portal, draft } = twin
  const { spec } = first.draft
  const before = Array.isArray(spec.alsoStated) ? (spec.alsoStated as unknown[]) : []
  spec.alsoStated = [...before, { format: portal!.title, file: twin.file, states: portal!.whole }]
  if (first.portal) fillGaps(spec, draft.spec)
  problems.push({
    code: 'files.two_declarations',
    severity: 'warning',
    message: `${first.file} and ${twin.file} both declare ${refOf(first.draft)}; ${first.file} stands, and what ${twin.file} states is kept beside it`,
    fix: 'Keep one of the two files when you need only one of the tools.',
    file: twin.file,
    ...twin.place('metadata.name'),
  })
}

/** Between two tools that stand on one level, what one does not know the other may. */
function fillGaps(spec: EntityDraft['spec'], other: EntityDraft['spec']): void {
  for (const field of ['type', 'lifecycle', 'owner', 'system', 'tier'])
    if ((spec[field] === undefined || spec[field] === 'unknown') && other[field] !== undefined) spec[field] = other[field]
}

function findIds(documents: readonly ReadDocument[]): void {
  const byId = new Map(documents.flatMap((one) => (one.draft && one.portal?.id ? [[one.portal.id, refOf(one.draft)] as const] : [])))
  for (const { draft, portal } of documents) {
    const found = draft && portal ? portal.dependsOnIds.flatMap((id) => byId.get(id) ?? []) : []
    if (found.length === 0 || !draft) continue
    const before = Array.isArray(draft.spec.dependsOn) ? (draft.spec.dependsOn as unknown[]) : []
    draft.spec.dependsOn = [...new Set([...before, ...found])]
  }
}

function joinDefinitions(documents: readonly ReadDocument[], components: readonly Drafted[]): void {
  const byFolder = Map.groupBy(
    components.filter((one) => documents.includes(one)),
    ({ file }) => folderOf(file),
  )
  for (const { draft, portal, file } of documents) {
    const [component, ...more] = portal?.definition ? (byFolder.get(folderOf(file)) ?? []) : []
    if (draft && component && more.length === 0) draft.spec.links = [{ type: 'apiProvidedBy', to: refOf(component.draft) }]
  }
}

function isComponent(document: ReadDocument): document is Drafted {
  return document.draft?.kind === 'Component' && !document.refused
}

/** Documents of one tool in one folder. */
function familyOf({ file, portal }: ReadDocument): string {
  return `${portal?.title ?? ''}\0${folderOf(file)}`
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')))
}
