import { draftsOf } from '../entities/drafts.ts'
import { type Landscape, readLandscape } from '../entities/landscape.ts'
import { folderName } from '../entities/name.ts'
import { resolverOf } from '../history/abbreviations.ts'
import { pairsInMailmap } from '../people/aliases.ts'
import { canonicalPeople } from '../people/mailmap.ts'
import { openRepository, type Repository } from '../repository/open.ts'
import { readFiles } from '../repository/objects.ts'
import { listTags, type TagNames } from '../repository/tags.ts'
import { PACKAGE_RULES, readCursor, RULES } from './cursor.ts'
import { Delivery } from './deliver.ts'
import { notesOnDates, notesOnInference, notesOnObjects, notesOnPackages, notesOnRepository } from './notes.ts'
import { isUnchanged, type Past, pastOf } from './past.ts'
import { countPeople } from './people.ts'
import type { ScanOptions, ScanReport } from './report.ts'
import { settleRecords } from './take-back.ts'
import { understand, type Understanding } from './understand.ts'
import { type CommitsWritten, writeCommits } from './write-commits.ts'
import { type FolderDeployments, writeChanges, writeDeployments } from './write-inferred.ts'

const MOST_SIGNATURES = 10_000

type Found = Omit<ScanReport, 'path' | 'seconds'>

/**
 * Reads the whole history reachable from HEAD into evidence and inferred entities, or what is new since the cursor the
 * sink keeps. Reads objects only: never the work tree, never programs the repository names, never the network.
 *
 * What is written depends on the repository alone, not on how often it was scanned. Nothing is lost when a scan is
 * interrupted: the next begins from the last cursor, and every record has its identity.
 * @throws Refusal `git.no_such_path`, `git.unreadable`, `git.not_a_repository`, `git.not_trusted`, `git.missing`,
 * `git.too_old`, `git.unknown_format`, `git.damaged`, `git.failed`; an AbortError when the signal ends it; and whatever
 * the sink throws
 */
export async function scanRepository(path: string, options: ScanOptions): Promise<ScanReport> {
  const started = performance.now()
  const repository = await openRepository(path, options.signal)
  try {
    const found = await scan(repository, options)
    return { path: repository.path, ...found, seconds: Math.round(performance.now() - started) / 1000 }
  } finally {
    await repository.close()
  }
}

async function scan(repository: Repository, options: ScanOptions): Promise<Found> {
  const cursor = readCursor(options.sink.cursor)
  if (repository.head === null) return nothingCommitted(repository)
  const tagNames = await listTags(repository)
  if (cursor && (await isUnchanged(cursor, repository, tagNames))) {
    await options.sink.wasRead?.(folderOf(cursor.subject))
    return { subject: cursor.subject, newCommits: 0, ...cursor.found }
  }

  const boundary = [...repository.objects.boundary]
  const landscape = await readLandscape(repository, repository.head, options.declarations)
  const past = await pastOf(repository, cursor, landscape.subject)
  const onRead = (done: number) => options.onProgress?.({ phase: 'reading messages', done, total: null })
  const understanding = await understand(repository, repository.head, { landscape, past, tagNames }, onRead)
  const written = await writeRecords(repository, { landscape, past, understanding }, options)

  const { plan, deployments, byMain } = understanding
  const lasting = notesOf(repository, { boundary, landscape, tagNames, understanding, written: written.commits }, options.now)
  const folderDeployments = countFolders(past, understanding, written.folders)
  const numbers = {
    ...countPeople(understanding.story, plan),
    changes: plan.changes.size,
    deployments: deployments.count + Object.values(folderDeployments).reduce((sum, count) => sum + count, 0),
  }
  const settled = await settleRecords(options.sink, landscape.subject, understanding, written.folders.gone, cursor)
  await options.sink.entities(folderOf(landscape.subject), draftsOf(landscape, { sha: repository.head, branch: repository.branch }))
  await tellPackages(landscape, past, options)
  await tellPeople(repository, landscape, understanding, options)
  await options.sink.saveCursor({
    rules: RULES,
    subject: landscape.subject,
    packages: PACKAGE_RULES,
    head: repository.head,
    branch: repository.branch,
    tags: tagNames.digest,
    boundary,
    missing: [...understanding.holes.flatMap((hole) => hole.objects), ...written.commits.missing],
    tagDigests: deployments.tagDigests,
    byMain,
    folderDeployments,
    ...settled,
    found: { ...numbers, notes: lasting },
  })
  return {
    subject: landscape.subject,
    newCommits: understanding.difference.newCommits,
    ...numbers,
    notes: [...past.notes, ...rewriteNote(past, understanding), ...lasting],
  }
}

/** Tells what components are built of; what was told under a former name is over. */
async function tellPackages({ subject, packages }: Landscape, { formerSubject }: Past, { sink }: ScanOptions): Promise<void> {
  if (!sink.packages) return
  if (formerSubject !== null) await sink.packages(formerSubject, { files: [], publications: [] })
  await sink.packages(subject, { files: packages.files, publications: packages.publications })
}

/** The name under which the catalogue keeps what a repository states. */
function folderOf(subject: string): string {
  return `scan:${subject}`
}

/** Tells which addresses are one person's, by the mailmap and by who signs their own commits. */
async function tellPeople(repository: Repository, { mailmap }: Landscape, { story }: Understanding, { sink }: ScanOptions): Promise<void> {
  if (!sink.people) return
  const files = mailmap === null ? [] : [{ path: '.mailmap', blob: mailmap }]
  const mapped = pairsInMailmap((await readFiles(repository.objects, files)).get('.mailmap') ?? '')
  if (mapped.length > 0) await sink.people('mailmap', mapped)
  const signed = [...story.signatures.values()].slice(0, MOST_SIGNATURES)
  if (signed.length > 0) await sink.people('signature', signed)
}

/** Writes commits, then the changes and deployments that add them up. Durable when it settles. */
async function writeRecords(
  repository: Repository,
  known: { landscape: Landscape; past: Past; understanding: Understanding },
  options: ScanOptions,
): Promise<{ commits: CommitsWritten; folders: FolderDeployments }> {
  const { landscape, past, understanding } = known
  const { story, plan, before, difference, deployments } = understanding
  const delivery = new Delivery(options.sink)
  const resolve = resolverOf(story.history)
  const formerBoundary = past.again ? new Set(past.cursor?.boundary) : new Set<string>()
  const wish = { story, subject: landscape.subject, resolve, now: options.now, delivery, onProgress: options.onProgress ?? (() => {}) }
  const commits = await writeCommits({
    ...wish,
    repository,
    landscape,
    plan,
    isRevision: (commit) => before?.lines.reaches(commit) ?? formerBoundary.has(story.history.sha(commit)),
    write: difference.commits,
    look: new Set([...difference.changes.flatMap((change) => change.commits), ...deployments.needed]),
    canonical: await canonicalPeople(repository.objects, landscape.mailmap, story.coAuthors),
  })
  await writeChanges(difference.changes, (id) => before?.changes.has(id) ?? past.again, { ...wish, tally: commits.tally })
  const folders = await writeDeployments(deployments, { ...wish, tally: commits.tally })
  await delivery.finish()
  return { commits, folders }
}

/** How many deployments each folder deployed by main has: counted anew, or what there were and what is new. */
function countFolders(past: Past, { deployments, byMain }: Understanding, { told }: FolderDeployments): Record<string, number> {
  const folders = byMain.filter(({ path }) => path !== null)
  return Object.fromEntries(
    folders.map(({ subject }) => {
      const { all, fresh } = told.get(subject) ?? { all: 0, fresh: 0 }
      return [subject, deployments.whole.has(subject) ? all : (past.cursor?.folderDeployments[subject] ?? 0) + fresh]
    }),
  )
}

function notesOf(
  repository: Repository,
  known: { boundary: string[]; landscape: Landscape; tagNames: TagNames; understanding: Understanding; written: CommitsWritten },
  now: number,
): string[] {
  const { landscape, understanding, written } = known
  return [
    ...notesOnRepository({
      detached: repository.branch === null,
      shallow: known.boundary.length > 0,
      replaced: known.tagNames.replaced,
      submodules: landscape.submodules,
    }),
    ...notesOnObjects({ holes: understanding.holes, ...written, partial: repository.partial, treeFault: landscape.fault }),
    ...notesOnPackages(landscape.packages.passedOver),
    ...notesOnDates(understanding.story.history, understanding.plan, now),
    ...notesOnInference({ plan: understanding.plan, ...understanding.tagPlan }),
  ]
}

function rewriteNote(past: Past, { rewritten }: Understanding): string[] {
  if (!rewritten || past.head === null) return []
  return [
    `History was rewritten, or HEAD moved to another branch: ${past.head.slice(0, 12)}, where the last scan ended, is no longer part of it. Records of commits HEAD does not reach were taken back.`,
  ]
}

function nothingCommitted(repository: Repository): Found {
  return {
    subject: `repository:default/${folderName(repository)}`,
    commits: 0,
    newCommits: 0,
    changes: 0,
    deployments: 0,
    authors: 0,
    bots: [],
    notes: ['Nothing has been committed here yet.'],
  }
}
