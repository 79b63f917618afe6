import { realpath, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type EntityDraft, type EntityKind, isBeside, settledAmong } from '../../ground/catalog/index.ts'
import type { Problem } from '../../ground/core/index.ts'
import { errorCode } from './bytes.ts'
import { danglingReferences, refOf } from './dangling.ts'
import { isMarkdown } from './decisions/folders.ts'
import { readRecords } from './decisions/read-records.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { isDefinitionName } from './portals/formats.ts'
import { readDescriptors } from './read-descriptors.ts'
import type { ReadDocument, Visit } from './visit.ts'
import { walkFolder } from './walk.ts'

export interface ReadOptions {
  /** Grammar, limits and schema of the kinds: the catalog's `checkDraft`. Without it only the outer shape is checked. */
  checkDraft?(draft: EntityDraft): Problem[]
  /** The catalog's kinds: with them, references to things no file of the folder declares are warnings. */
  kinds?: readonly EntityKind[]
  /** Namespace of decision records. Default: the name of the repository they lie in. */
  namespace?: string
  limits?: Partial<Limits>
}

/** What a folder says. Problems are sorted by file and place. */
export interface FolderRead {
  /** Files that hold entities or decision records; others are passed over. */
  files: number
  /** Documents read, refused ones included. */
  documents: number
  /** Valid documents, in a fixed order; of two with the same name the first. */
  drafts: EntityDraft[]
  problems: Problem[]
  /** Files with a document that was refused or could not be read: what they stated before should stay as it was. */
  unreadable: string[]
  /** Line and column for a problem somebody else found in one of the drafts, from its file, line and path. */
  locate(problem: Problem): Problem
}

/**
 * Reads the intent files, Backstage descriptors and decision records of a folder, or a single file. Never fails on what it
 * finds: everything that is wrong is a problem with its place. Follows nothing out of the folder.
 * @param dir folder or file, absolute or relative to the working folder
 */
export async function readFolder(dir: string, options: ReadOptions = {}): Promise<FolderRead> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const start = await open(dir)
  if ('code' in start) return { files: 0, documents: 0, drafts: [], problems: [start], unreadable: [], locate: (problem) => problem }
  const visit: Visit = { root: start.root, limits, budget: { bytes: limits.totalBytes } }
  const walk =
    start.only === null
      ? await walkFolder(start.root, (name) => /\.ya?ml$/i.test(name) || isMarkdown(name) || isDefinitionName(name), limits)
      : { paths: [start.only], problems: [] }
  const single = start.only !== null
  const descriptors = await readDescriptors(
    walk.paths.filter((path) => !isMarkdown(path)),
    visit,
    single,
  )
  const records = await readRecords(walk.paths.filter(isMarkdown), visit, { namespace: options.namespace, single })
  const found = [...descriptors.documents, ...records.documents]
  const problems = [...walk.problems, ...descriptors.problems, ...records.problems]
  const valid = heldTogether(held(found, options.checkDraft, problems), options.kinds ?? [], problems)
  const dangling = options.kinds ? danglingReferences(valid, options.kinds) : []
  const places = new Map(found.map((document) => [`${document.draft?.file}\0${document.draft?.line}`, document]))
  return {
    files: descriptors.files + records.files,
    documents: found.length,
    drafts: valid.map((document) => document.draft),
    problems: sorted([...problems, ...dangling]),
    unreadable: [
      ...new Set([
        ...descriptors.unreadable,
        ...records.unreadable,
        ...found.filter((document) => document.refused || document.draft === null).map((document) => document.file),
      ]),
    ].sort(),
    locate: (problem) => {
      const document = problem.path === undefined ? undefined : places.get(`${problem.file}\0${problem.line}`)
      return document ? { ...problem, ...document.place(problem.path ?? '') } : problem
    },
  }
}

async function open(dir: string): Promise<{ root: string; only: string | null } | Problem> {
  try {
    const real = await realpath(dir)
    return (await stat(real)).isDirectory() ? { root: real, only: null } : { root: dirname(real), only: basename(real) }
  } catch (error) {
    return {
      code: 'files.not_found',
      severity: 'error',
      message: `There is no folder or file here that can be read (${errorCode(error)})`,
      fix: 'Check the path.',
      file: dir,
    }
  }
}

type Valid = ReadDocument & { draft: NonNullable<ReadDocument['draft']> }

/** Keeps what the catalog accepts and what nobody named before. */
function held(found: readonly ReadDocument[], checkDraft: ReadOptions['checkDraft'], problems: Problem[]): Valid[] {
  const named = new Map<string, Valid>()
  for (const document of found) {
    if (document.draft === null || document.refused) continue
    const { draft } = document
    for (const problem of checkDraft?.(draft) ?? []) {
      problems.push({ ...problem, file: draft.file, ...document.place(problem.path ?? '') })
      if (problem.severity === 'error') document.refused = true
    }
    const ref = refOf(draft)
    const first = named.get(ref)
    if (first)
      problems.push({
        code: 'files.duplicate',
        severity: 'warning',
        message: `${ref} is described twice; the first stands, in ${first.draft.file}:${first.draft.line}`,
        fix: 'Remove one of the two, or give it another name.',
        file: draft.file,
        ...document.place('metadata.name'),
      })
    else if (!document.refused) named.set(ref, { ...document, draft })
  }
  return [...named.values()]
}

/** Keeps what the other documents of the folder leave room for. What stands elsewhere is for the catalog to say. */
function heldTogether(valid: Valid[], kinds: readonly EntityKind[], problems: Problem[]): Valid[] {
  for (const own of kinds) {
    const { kind, apiVersions, against } = own
    if (!against) continue
    const beside = valid.filter(({ draft }) => isBeside(own, draft)).map(({ draft }) => [refOf(draft), draft] as const)
    const documents = valid.filter(({ draft }) => draft.kind === kind && apiVersions.includes(draft.apiVersion))
    const found = settledAmong(against, new Map(documents.map(({ draft }) => [refOf(draft), draft])), new Map(beside))
    for (const document of documents)
      for (const problem of found.get(refOf(document.draft)) ?? []) {
        problems.push({ ...problem, file: document.draft.file, ...document.place(problem.path ?? '') })
        if (problem.severity === 'error') document.refused = true
      }
  }
  return valid.filter(({ refused }) => !refused)
}

function sorted(problems: readonly Problem[]): Problem[] {
  const key = (a?: string, b?: string) => ((a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0)
  return problems.toSorted(
    (a, b) => key(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || key(a.code, b.code),
  )
}
