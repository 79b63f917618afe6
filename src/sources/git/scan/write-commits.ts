import type { Ref } from '../../../ground/core/index.ts'
import type { HistoryPlan } from '../changes/plan.ts'
import type { Landscape } from '../entities/landscape.ts'
import { Integers } from '../history/columns.ts'
import type { Story } from '../history/story.ts'
import type { LogEntry, Person } from '../log/entry.ts'
import { countLines } from '../numbers/count-lines.ts'
import { sizeOf, Tally } from '../numbers/tally.ts'
import { commitRecord } from '../records/commit.ts'
import { authoredSeconds, committedSeconds } from '../records/moments.ts'
import type { Repository } from '../repository/open.ts'
import type { Delivery } from './deliver.ts'
import type { ScanProgress } from './report.ts'

/** Everything writing commits needs to know. */
export interface CommitsWish {
  repository: Repository
  landscape: Landscape
  story: Story
  plan: HistoryPlan
  /** Whether a record of the commit was written before, and now says something else. */
  isRevision: (commit: number) => boolean
  /** Commits to write a record of. */
  write: readonly number[]
  /** Further commits whose sizes or files are needed. */
  look: Iterable<number>
  canonical: (person: Person) => Person
  resolve: (name: string) => string
  now: number
  delivery: Delivery
  onProgress: (progress: ScanProgress) => void
}

export interface CommitsWritten {
  tally: Tally
  uncounted: number
  uncountedBecause: string | null
  unreadable: string[]
  /** Some of the objects that were missing. */
  missing: string[]
}

const WRITE = 1
const LOOK = 2
const MOST_MISSING = 20

/** Counts the lines of commits and writes their records, a batch at a time; sizes stay behind for changes and deployments. */
export async function writeCommits(wish: CommitsWish): Promise<CommitsWritten> {
  const { repository, story, delivery } = wish
  const { history } = story
  const written: CommitsWritten = { tally: new Tally(), uncounted: 0, uncountedBecause: null, unreadable: [], missing: [] }
  const marks = new Uint8Array(history.names)
  for (const commit of wish.look) marks[commit] = LOOK
  for (const commit of wish.write) marks[commit] = WRITE
  const wanted = new Integers()
  for (let index = 0; index < history.order.length; index++) if (marks[history.order.at(index)]) wanted.push(history.order.at(index))
  const folders = componentFolders(wish.landscape)

  let done = 0
  await countLines(
    repository,
    { count: wanted.length, name: (index) => history.sha(wanted.at(index)), mailmap: wish.landscape.mailmap },
    async (entries, fault) => {
      for (const entry of entries) {
        const commit = history.find(entry.sha)
        const record = readCommit(commit, entry, fault)
        if (marks[commit] === WRITE) await delivery.add(record, entry.message.length + 300 + entry.files.length * 80)
      }
      done += entries.length
      wish.onProgress({ phase: 'counting lines', done, total: wanted.length })
    },
    (sha) => written.unreadable.push(sha),
  )
  return written

  function readCommit(commit: number, entry: LogEntry, fault: string | null) {
    const linesUnknown = history.isCut(commit) ? 'its parents are not here' : (fault ?? undefined)
    const isMerge = entry.parents.length > 1
    const generated = history.isCut(commit)
      ? []
      : entry.files.flatMap(({ path }, index) => (wish.landscape.isGenerated(path) ? [index] : []))
    const size = linesUnknown !== undefined || isMerge ? null : sizeOf(entry.files, generated)
    if (size) written.tally.set(commit, size)
    if (fault !== null && !isMerge) {
      written.uncounted++
      written.uncountedBecause ??= fault
      const object = /\b[0-9a-f]{40,64}\b/.exec(fault)?.[0]
      if (object && written.missing.length < MOST_MISSING && !written.missing.includes(object)) written.missing.push(object)
    }
    for (const component of touchedBy(entry, folders)) written.tally.touch(component, commit)
    const reverts = story.reverts.get(commit)
    return commitRecord(history.isCut(commit) ? { ...entry, files: [] } : entry, {
      subject: wish.landscape.subject,
      authoredAt: authoredSeconds(history, commit),
      committedAt: committedSeconds(history, commit),
      size,
      generated,
      direct: wish.plan.direct[commit] === 1,
      canonical: wish.canonical,
      ...(reverts && !reverts.startsWith('#') ? { reverts: wish.resolve(reverts) } : {}),
      ...(linesUnknown === undefined || isMerge ? {} : { linesUnknown }),
      ...(wish.isRevision(commit) ? { revisedAt: wish.now } : {}),
    })
  }
}

/** Components that are folders, by folder. */
function componentFolders({ components }: Landscape): { byFolder: Map<string, Ref>; deepest: number } {
  const byFolder = new Map(components.flatMap(({ path, ref }) => (path === null ? [] : [[path, ref] as const])))
  return { byFolder, deepest: Math.max(0, ...[...byFolder.keys()].map((folder) => folder.split('/').length)) }
}

function touchedBy({ files }: LogEntry, { byFolder, deepest }: ReturnType<typeof componentFolders>): Set<Ref> {
  const touched = new Set<Ref>()
  if (deepest === 0) return touched
  for (const { path, oldPath } of files) {
    for (const one of oldPath === undefined ? [path] : [path, oldPath]) {
      let slash = one.indexOf('/')
      for (let depth = 0; slash !== -1 && depth < deepest; depth++, slash = one.indexOf('/', slash + 1)) {
        const ref = byFolder.get(one.slice(0, slash))
        if (ref) touched.add(ref)
      }
    }
  }
  return touched
}
