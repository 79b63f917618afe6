import { text } from './calendar.ts'
import { type Change, dropEmpty, sum, trailerLines } from './change.ts'
import { type ExampleRecord, repositoryRef } from './record.ts'

/** What a merge leaves on the main line. */
export interface Landed {
  /** The new head. */
  sha: string
  records: ExampleRecord[]
}

/** A squash leaves one commit, written when it is merged; the commits of the branch are gone. */
export function squash(change: Change, parent: string | null, sha: string): Landed {
  const files = change.commits.flatMap((commit) => commit.files)
  return {
    sha,
    records: [
      commit(change, {
        sha,
        parents: parent ? [parent] : [],
        authoredAt: change.mergedAt,
        committedAt: change.mergedAt,
        files,
        message: `${change.title} (#${change.number})${trailerText(change)}`,
        trailers: change.purpose.trailers,
      }),
    ],
  }
}

/** A merge commit keeps the branch: its commits, and one with two parents that carries no work of its own. */
export function mergeCommit(change: Change, parent: string | null, sha: string): Landed {
  let tip = parent
  const records = change.commits.map(({ sha: own, authoredAt, files }, index) => {
    const last = index === change.commits.length - 1
    const message = index === 0 ? change.title : `${change.title}, part ${index + 1}`
    const record = commit(change, {
      sha: own,
      parents: tip ? [tip] : [],
      authoredAt,
      committedAt: authoredAt,
      files,
      message: last ? `${message}${trailerText(change)}` : message,
      trailers: last ? change.purpose.trailers : {},
    })
    tip = own
    return record
  })
  const merge = commit(change, {
    sha,
    parents: [parent, tip].filter((one) => one !== null),
    authoredAt: change.mergedAt,
    committedAt: change.mergedAt,
    files: [],
    message: `Merge pull request #${change.number} from nordlys/${change.branch}\n\n${change.title}`,
    trailers: {},
  })
  return { sha, records: [...records, merge] }
}

interface Written {
  sha: string
  parents: string[]
  authoredAt: number
  committedAt: number
  files: [string, number, number][]
  message: string
  trailers: Record<string, string[]>
}

function commit(change: Change, written: Written): ExampleRecord {
  return dropEmpty({
    kind: 'commit',
    source: 'git',
    id: written.sha,
    subject: repositoryRef(change.repository.name),
    at: text(written.committedAt),
    basis: 'observed',
    sha: written.sha,
    author: change.purpose.author,
    bot: change.purpose.bot || undefined,
    authoredAt: text(written.authoredAt),
    committedAt: text(written.committedAt),
    parents: written.parents,
    message: written.message,
    trailers: Object.keys(written.trailers).length > 0 ? written.trailers : undefined,
    additions: sum(written.files, 1),
    deletions: sum(written.files, 2),
    files: written.files,
    reverts: change.reverts,
  })
}

function trailerText({ purpose }: Change): string {
  const lines = trailerLines(purpose)
  return lines === '' ? '' : `\n\n${lines}`
}
