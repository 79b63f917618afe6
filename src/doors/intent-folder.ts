import { resolve } from 'node:path'
import type { ApplyResult, Catalog, CheckHow, EntityDraft } from '../ground/catalog/index.ts'
import { type Problem, Refusal } from '../ground/core/index.ts'
import { type FolderRead, readFolder } from '../sources/files/index.ts'

type CheckDraft = Catalog['checkDraft']

/** What the catalog is asked to write; over HTTP or in process. */
export interface ApplyWish {
  folder: string
  drafts: EntityDraft[]
  dryRun: boolean
  strict: boolean
  checked: true
  /** Files that could not be read: what they stated before stays. */
  unreadable: string[]
}
export type ApplyDrafts = (wish: ApplyWish) => Promise<Omit<ApplyResult, 'files'>>

const NOTHING = { created: 0, updated: 0, unchanged: 0, removed: 0 }

/** What was read, wherever it was: here or in a thread. */
export interface IntentRead extends Omit<FolderRead, 'locate'> {
  /** Lines and columns for problems somebody else found in the drafts. */
  locate(problems: readonly Problem[]): Promise<Problem[]>
  close(): Promise<void>
}
export type ReadIntent = (dir: string) => Promise<IntentRead>

/** Reads in the present thread. */
export function readHere(checkDraft: CheckDraft, { namespace }: { namespace?: string } = {}): ReadIntent {
  return async (dir) => {
    const read = await readFolder(dir, { checkDraft, ...(namespace ? { namespace } : {}) })
    return { ...read, locate: async (problems) => problems.map((problem) => read.locate(problem)), close: async () => {} }
  }
}

/** Kinds a strategy is made of; whatever else lies in a folder is for `checkFolder`. */
const STRATEGY = new Set(['Vision', 'Outcome', 'Principle', 'Decision', 'Investment', 'Measure'])

/**
 * Reads a folder, has its strategy judged as if it had been applied, and finds the place of each objection. Documents that
 * cannot be read are objections themselves.
 */
export async function lintFolder<Judged extends { problems: Problem[] }>(
  dir: string,
  catalog: Pick<Catalog, 'checkDraft' | 'kinds'>,
  judge: (drafts: EntityDraft[]) => Promise<Judged>,
): Promise<Judged> {
  const read = await readWhole(dir, catalog)
  const judged = await judge(read.drafts.filter(({ kind }) => STRATEGY.has(kind)))
  const unread = read.problems.filter(({ severity }) => severity === 'error')
  return { ...judged, problems: [...unread, ...judged.problems.map((problem) => read.locate(problem))] }
}

/** Reads a folder against the registered kinds and names every problem, references to nothing in it included; touches no store. */
export async function checkFolder(dir: string, catalog: Pick<Catalog, 'checkDraft' | 'kinds'>, how?: CheckHow): Promise<ApplyResult> {
  const read = await readWhole(dir, catalog, how)
  return { files: read.files, entities: read.documents, ...NOTHING, problems: read.problems }
}

/** Reads a folder and writes every valid document; with `strict`, nothing at all when there is an error. */
export async function applyFolder(
  dir: string,
  readIntent: ReadIntent,
  apply: ApplyDrafts,
  options: { dryRun?: boolean; strict?: boolean } = {},
): Promise<ApplyResult> {
  const { dryRun = false, strict = false } = options
  const read = await readIntent(dir)
  try {
    refuseMissing(dir, read)
    const counts = { files: read.files, entities: read.documents }
    if (strict && read.problems.some((problem) => problem.severity === 'error')) return { ...counts, ...NOTHING, problems: read.problems }
    const applied = await apply({ folder: resolve(dir), drafts: read.drafts, dryRun, strict, checked: true, unreadable: read.unreadable })
    return { ...applied, ...counts, problems: distinct([...read.problems, ...(await read.locate(applied.problems))]) }
  } finally {
    await read.close()
  }
}

async function readWhole(dir: string, catalog: Pick<Catalog, 'checkDraft' | 'kinds'>, how?: CheckHow): Promise<FolderRead> {
  const read = await readFolder(dir, { checkDraft: (draft) => catalog.checkDraft(draft, how), kinds: catalog.kinds() })
  refuseMissing(dir, read)
  return read
}

/** A folder that is not there is no empty folder: what it stated before stays. */
function refuseMissing(dir: string, { problems }: Pick<FolderRead, 'problems'>): void {
  const missing = problems.find(({ code }) => code === 'files.not_found')
  if (missing)
    throw new Refusal(missing.code, `There is nothing to read at ${dir}.`, {
      fix: 'Check the spelling; a path may be absolute or relative to where you are.',
    })
}

/** The same problem can be seen by the reader and by the catalog. */
function distinct(problems: Problem[]): Problem[] {
  return [
    ...new Map(
      problems.map((problem) => [[problem.code, problem.file, problem.line, problem.path, problem.message].join('\0'), problem]),
    ).values(),
  ]
}
