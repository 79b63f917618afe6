import { join } from 'node:path'
import type { Problem } from '../../ground/core/index.ts'
import { readHead } from './bytes.ts'
import { draftOf } from './drafts.ts'
import { isMap } from './fields.ts'
import { followLocation } from './locations.ts'
import { fillPlaceholders, placeholderTargets } from './placeholders.ts'
import { isPortalName, portalsOf } from './portals/formats.ts'
import { parseDocuments } from './portals/parse.ts'
import { readPortal } from './portals/read.ts'
import { settle } from './portals/settle.ts'
import { readText } from './read-text.ts'
import type { ReadDocument, Visit } from './visit.ts'
import { isDescriptor, isOurVersion, mayHoldEntities } from './yaml/ours.ts'
import { placeIn } from './yaml/place.ts'
import type { YamlDocument } from './yaml/read.ts'

/** What the descriptors of a folder say. */
export interface DescriptorsRead {
  files: number
  documents: ReadDocument[]
  problems: Problem[]
  unreadable: string[]
}

const HEAD = 100_000

/** What is gathered while reading. */
interface Gathering extends DescriptorsRead {
  /** Files that descriptors bring in by `$text` and its like. */
  broughtIn: Set<string>
}

/**
 * Reads the files that hold entities, ours and those of other tools, and the files a Location inside the folder points to.
 * @param single the file was named by itself: it is read whatever it holds
 */
export async function readDescriptors(paths: readonly string[], visit: Visit, single: boolean): Promise<DescriptorsRead> {
  const read: Gathering = { files: 0, documents: [], problems: [], unreadable: [], broughtIn: new Set() }
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
  const { broughtIn, ...rest } = read
  const { documents, problems } = settle(read.documents, broughtIn)
  return { ...rest, documents, problems: [...read.problems, ...problems] }
}

/** Null when the file is none of ours. */
async function readOne(path: string, named: boolean, visit: Visit, read: Gathering): Promise<ReadDocument[] | null> {
  const text = await readText(visit, path, visit.limits.fileBytes)
  if (!text.ok) {
    const head = (await readHead(join(visit.root, path), HEAD)).toString('latin1').replaceAll('\0', '')
    const ours = named || mayHoldEntities(path, head) || portalsOf(path, head, named).some(({ definition }) => !definition)
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
  const portals = portalsOf(path, text.value, named)
  const mayBeOurs = mayHoldEntities(path, text.value) || (named && !isPortalName(path))
  if (!mayBeOurs && portals.length === 0) {
    if (named) read.problems.push(otherShape(path))
    return named ? [] : null
  }
  const { documents: parsed, problems } = parseDocuments(path, asDocuments(text.value), visit.limits)
  const documents = parsed.flatMap(listed)
  const found: ReadDocument[] = []
  const before = read.problems.length
  for (const document of documents) {
    const theirs = readPortal(document, portals, path)
    if (theirs) {
      read.problems.push(...theirs.problems)
      for (const one of theirs.documents) {
        if (one.draft?.metadata.name === '') read.problems.push(ofRepository(one))
        else found.push(one)
      }
    } else if (mayBeOurs) {
      const one = await readDocument(document, path, named, visit, read)
      if (one) found.push(one)
    }
  }
  if (found.length === 0 && named && !mayBeOurs && read.problems.length === before) read.problems.push(otherShape(path))
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

/** A list of OpenSLO's documents is one document of YAML and many of ours: so its go-sdk writes them. */
function listed(yaml: YamlDocument): YamlDocument[] {
  const { value } = yaml
  if (!Array.isArray(value) || value.length === 0 || !value.every((item) => isMap(item) && String(item.apiVersion).startsWith('openslo/')))
    return [yaml]
  return value.map((item: unknown, index) => ({
    chunk: yaml.chunk,
    within: String(index),
    start: placeIn(yaml, String(index)),
    value: item,
    problems: index === 0 ? yaml.problems : [],
  }))
}

/** Null for a document of somebody else's, such as a Kubernetes manifest in the same file. */
async function readDocument(yaml: YamlDocument, file: string, named: boolean, visit: Visit, read: Gathering): Promise<ReadDocument | null> {
  const drafted = draftOf(yaml, file)
  if (!named && drafted.draft && !isOurVersion(drafted.draft.apiVersion)) return null
  const skipped = drafted.draft === null && drafted.problems.every((problem) => problem.severity === 'warning')
  const document: ReadDocument = {
    file,
    draft: drafted.draft ? { ...drafted.draft, file, line: drafted.draft.line ?? 1 } : null,
    refused: drafted.problems.some((problem) => problem.severity === 'error'),
    place: (path) => placeIn(yaml, path),
  }
  read.problems.push(...drafted.problems)
  if (skipped) return null
  if (document.draft && !document.refused) {
    for (const target of placeholderTargets(document.draft.spec, file)) read.broughtIn.add(target)
    remark(document, await fillPlaceholders(document.draft, visit), read)
  }
  return document
}

/** What is said of a repository belongs to the repository, which a scan knows by name and a file does not. */
function ofRepository({ file, place }: ReadDocument): Problem {
  return {
    code: 'files.repository_only',
    severity: 'warning',
    message: 'This file tells of its repository alone, whose name is not in it',
    fix: 'Scan the repository: its owner and tags are then read from here.',
    file,
    ...place('metadata.name'),
  }
}

/** A file that was asked for by its name, which a tool gives it, but that holds something else. */
function otherShape(file: string): Problem {
  return {
    code: 'files.other_shape',
    severity: 'error',
    message: 'The file is named as a descriptor of another tool, and is not of the shape that tool documents',
    fix: 'Check that it is the right file; docs/how-to/bring-your-descriptors.md says what is read.',
    file,
    line: 1,
    column: 1,
  }
}

function remark(document: ReadDocument, problems: readonly (Problem & { path: string })[], read: DescriptorsRead): void {
  for (const problem of problems) {
    read.problems.push({ ...problem, file: document.file, ...document.place(problem.path) })
    if (problem.severity === 'error') document.refused = true
  }
}
