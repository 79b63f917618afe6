import { DAY, MINUTE, text, whenPeopleWork, workingMoment } from './calendar.ts'
import type { Purpose } from './purpose.ts'
import type { Random } from './random.ts'
import { type ExampleRecord, repositoryRef } from './record.ts'
import type { Repository, Service } from './services.ts'
import type { Chapter } from './story.ts'
import { FILES, FOLDERS } from './words.ts'

/** A change from its first commit to its merge, as planned when it begins. */
export interface Change {
  repository: Repository
  service: Service
  number: number
  purpose: Purpose
  title: string
  branch: string
  commits: { sha: string; authoredAt: number; files: [string, number, number][] }[]
  openedAt: number
  firstReviewAt: number | null
  mergedAt: number
  /** Given up instead of merged. */
  closed: boolean
  refs: string[]
  /** The change or commit it takes back. */
  reverts?: string
}

/** Plans a change that somebody begins on a day. */
export function beginChange(
  repository: Repository,
  service: Service,
  number: number,
  purpose: Purpose,
  chapter: Chapter,
  day: number,
  random: Random,
): Change {
  const begun = workingMoment(day, random)
  const length = Math.min(35, random.logNormal(chapter.mergeDays, 0.55)) * DAY
  const mergedAt = whenPeopleWork(begun + length, random)
  const openedAt = Math.min(mergedAt - 20 * MINUTE, whenPeopleWork(begun + (mergedAt - begun) * (1 - chapter.reviewWait) * 0.6, random))
  const waited = chapter.reviewWait / (chapter.reviewWait + (1 - chapter.reviewWait) * 0.4)
  const firstReviewAt = purpose.bot
    ? null
    : Math.min(mergedAt - 5 * MINUTE, whenPeopleWork(openedAt + (mergedAt - openedAt) * waited, random))
  return {
    repository,
    service,
    number,
    purpose,
    title: purpose.title,
    branch: branchOf(purpose, number),
    commits: commitsBetween(begun, openedAt, service, purpose, random),
    openedAt,
    firstReviewAt,
    mergedAt,
    closed: random.chance(0.02),
    refs: [],
  }
}

/** A small change made in a hurry: a hotfix or a revert, merged at a given time. */
export function urgentChange(
  repository: Repository,
  service: Service,
  number: number,
  purpose: Purpose,
  begun: number,
  mergedAt: number,
  random: Random,
): Change {
  const openedAt = Math.round((begun + (mergedAt - begun) / 2) / MINUTE) * MINUTE
  const commits = commitsBetween(begun, openedAt, { ...service, lines: 14 }, purpose, random).slice(0, 1)
  return {
    repository,
    service,
    number,
    purpose,
    title: purpose.title,
    branch: branchOf(purpose, number),
    commits,
    openedAt,
    firstReviewAt: null,
    mergedAt,
    closed: false,
    refs: [],
  }
}

function branchOf({ category }: Purpose, number: number): string {
  return `${category === 'repair' ? 'fix' : category === 'bot' ? 'deps' : 'work'}/${number}`
}

function commitsBetween(from: number, to: number, service: Service, purpose: Purpose, random: Random): Change['commits'] {
  const count = purpose.bot ? 1 : Math.min(8, 1 + random.poisson(1.6))
  const lines = purpose.bot ? 12 : Math.max(2, Math.round(random.logNormal(service.lines, 0.8)))
  const times = [from, ...Array.from({ length: count - 1 }, () => from + Math.round((random.next() * (to - from)) / MINUTE) * MINUTE)].sort(
    (a, b) => a - b,
  )
  return times.map((authoredAt, index) => ({
    sha: random.hex(40),
    authoredAt,
    files: filesOf(service, purpose, Math.max(1, Math.round(lines / count) + (index === 0 ? lines % count : 0)), random),
  }))
}

function filesOf(service: Service, purpose: Purpose, lines: number, random: Random): [string, number, number][] {
  const at = (path: string) => (service.path ? `${service.path}/${path}` : path)
  const added = Math.ceil(lines * random.between(0.5, 0.8))
  if (purpose.bot) return [[at('package-lock.json'), added, lines - added]]
  if (purpose.title.startsWith('docs')) return [[at('docs/guide.md'), added, lines - added]]
  if (purpose.title.startsWith('ci'))
    return [
      ['.github/workflows/build.yml', added, lines - added],
      [at('scripts/run.sh'), 1, 0],
    ]
  const folder = random.pick(FOLDERS)
  const half = Math.floor(added / 2)
  return [
    [at(`${folder}/${random.pick(FILES)}.ts`), added - half, lines - added],
    [at(`${folder}/${random.pick(FILES)}.test.ts`), half, 0],
  ]
}

/** A change as its forge reports it, with only what has happened by `end`. */
export function changeRecord(change: Change, mergeCommit: string | null, end: number): ExampleRecord {
  const { repository, number, purpose, openedAt, firstReviewAt, mergedAt, commits } = change
  const past = (at: number | null) => (at !== null && at < end ? text(at) : undefined)
  const done = mergedAt < end
  const files = commits.flatMap((commit) => commit.files)
  return dropEmpty({
    kind: 'change',
    source: 'forge',
    id: String(number),
    subject: repositoryRef(repository.name),
    at: text(done ? mergedAt : openedAt),
    basis: 'explicit',
    number,
    title: change.title,
    body: repository.merges === 'squash' && Object.keys(purpose.trailers).length > 0 ? trailerLines(purpose) : undefined,
    url: `https://forge.nordlys.example/${repository.name}/pull/${number}`,
    author: purpose.author,
    bot: purpose.bot || undefined,
    branch: change.branch,
    openedAt: text(openedAt),
    firstReviewAt: past(firstReviewAt),
    approvedAt: firstReviewAt === null ? undefined : past(Math.max(firstReviewAt, mergedAt - 30 * MINUTE)),
    mergedAt: done && !change.closed ? text(mergedAt) : undefined,
    closedAt: done ? text(mergedAt) : undefined,
    mergeCommit: mergeCommit ?? undefined,
    commits: commits.filter((commit) => commit.authoredAt < end).map(({ sha, authoredAt }) => ({ sha, authoredAt: text(authoredAt) })),
    additions: sum(files, 1),
    deletions: sum(files, 2),
    labels: purpose.labels.length > 0 ? purpose.labels : undefined,
    refs: change.refs.length > 0 ? change.refs : undefined,
    reverts: change.reverts,
  })
}

/** Trailers as lines of text: `Serves: outcome:example/x`. */
export function trailerLines({ trailers }: Purpose): string {
  return Object.entries(trailers)
    .flatMap(([name, values]) => values.map((value) => `${name}: ${value}`))
    .join('\n')
}

export function sum(files: readonly [string, number, number][], column: 1 | 2): number {
  return files.reduce((total, file) => total + file[column], 0)
}

/** Records say nothing where there is nothing to say. */
export function dropEmpty<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T
}
