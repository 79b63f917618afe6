import { join } from 'node:path'
import type { Problem } from '../../ground/core/index.ts'
import { readHead } from './bytes.ts'
import { draftOf } from './drafts.ts'
import { followLocation } from './locations.ts'
import { fillPlaceholders } from './placeholders.ts'
import { readText } from './read-text.ts'
import type { ReadDocument, Visit } from './visit.ts'
import { isDescriptor, isOurVersion, mayHoldEntities } from './yaml/ours.ts'
import { placeOf } from './yaml/place.ts'
import { readYaml, type YamlDocument } from './yaml/read.ts'

/** What the YAML files of a folder say. */
export interface DescriptorsRead {
  files: number
  documents: ReadDocument[]
  problems: Problem[]
  unreadable: string[]
}

const HEAD = 100_000

/**
 * Reads the YAML files that hold entities, and the files a Location inside the folder points to.
 * @param single the file was named by itself: it is read whatever it holds
 */
export async function readDescriptors(paths: readonly string[], visit: Visit, single: boolean): Promise<DescriptorsRead> {
  const read: DescriptorsRead = { files: 0, documents: [], problems: [], unreadable: [] }
  const queue = paths.map((path) => ({ path, named: single || isDescriptor(path) }))
  const done = new Set<string>()
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { path, named } = next
    if (done.has(path)) continue
    const found = await readOne(path, named, visit, read)
    if (!found && !named) continue
    done.add(path)
    for (const document of found ?? []) {
      if (document.draft?.kind.toLowerCase() !== 'location' || document.refused) continue
      const { files, problems } = await followLocation(document.draft, visit.root, paths)
      remark(document, problems, read)
      queue.push(...files.filter((file) => !done.has(file)).map((file) => ({ path: file, named: true })))
    }
  }
  return read
}

/** Null when the file is none of ours. */
async function readOne(path: string, named: boolean, visit: Visit, read: DescriptorsRead): Promise<ReadDocument[] | null> {
  const text = await readText(visit, path, visit.limits.fileBytes)
  if (!text.ok) {
    const ours = named || mayHoldEntities(path, (await readHead(join(visit.root, path), HEAD)).toString('latin1').replaceAll('\0', ''))
    const large = text.problems[0]?.code === 'files.too_large'
    if (ours) read.unreadable.push(path)
    if (ours || large)
      read.problems.push(
        ...text.problems.map((problem) => ({
          line: 1,
          column: 1,
          ...problem,
          file: path,
          severity: ours ? problem.severity : ('warning' as const),
        })),
      )
    if (ours) read.files += 1
    return ours ? [] : null
  }
  if (!named && !mayHoldEntities(path, text.value)) return null
  const { documents, problems } = readYaml(asDocuments(text.value), visit.limits)
  const found: ReadDocument[] = []
  for (const document of documents) {
    const one = await readDocument(document, path, named, visit, read)
    if (one) found.push(one)
  }
  if (found.length === 0 && !named) return null
  if (documents.length === 0)
    read.problems.push({
      code: 'files.empty',
      severity: 'warning',
      message: 'The file holds no document',
      fix: 'Describe an entity in it, or remove it.',
      file: path,
      line: 1,
      column: 1,
    })
  read.problems.push(...problems.map((problem) => ({ ...problem, file: path })))
  read.files += 1
  read.documents.push(...found)
  return found
}

/** What `export --json` wrote is one object with all entities in a list: each becomes a document, so that it can be applied again. */
function asDocuments(text: string): string {
  if (!/^\s*\{\s*"entities"\s*:\s*\[/.test(text)) return text
  try {
    const { entities } = JSON.parse(text) as { entities: unknown[] }
    return entities.map((entity) => JSON.stringify(entity)).join('\n---\n')
  } catch {
    return text
  }
}

/** Null for a document of somebody else's, such as a Kubernetes manifest in the same file. */
async function readDocument(
  yaml: YamlDocument,
  file: string,
  named: boolean,
  visit: Visit,
  read: DescriptorsRead,
): Promise<ReadDocument | null> {
  const drafted = draftOf(yaml, file)
  if (!named && drafted.draft && !isOurVersion(drafted.draft.apiVersion)) return null
  const skipped = drafted.draft === null && drafted.problems.every((problem) => problem.severity === 'warning')
  const document: ReadDocument = {
    file,
    draft: drafted.draft ? { ...drafted.draft, file, line: drafted.draft.line ?? 1 } : null,
    refused: drafted.problems.some((problem) => problem.severity === 'error'),
    place: (path) => placeOf(yaml.chunk, path),
  }
  read.problems.push(...drafted.problems)
  if (skipped) return null
  if (document.draft && !document.refused) remark(document, await fillPlaceholders(document.draft, visit), read)
  return document
}

function remark(document: ReadDocument, problems: readonly (Problem & { path: string })[], read: DescriptorsRead): void {
  for (const problem of problems) {
    read.problems.push({ ...problem, file: document.file, ...document.place(problem.path) })
    if (problem.severity === 'error') document.refused = true
  }
}
