/** What one commit changed in one file. */
export interface FileLines {
  path: string
  /** Null for binary files. */
  additions: number | null
  deletions: number | null
  /** Where a renamed file lay before. */
  oldPath?: string
}

/** One commit as `git log` tells it. Moments are seconds since 1970; null where git could not read the date. */
export interface LogEntry {
  sha: string
  parents: string[]
  authoredAt: number | null
  committedAt: number | null
  /** Names and addresses after the mailmap. */
  author: Person
  committerEmail: string
  /** Whole message, without white space at its end. */
  message: string
  /** The message was longer than what is kept. */
  clipped: boolean
  /** Trailers by git's own rules (git-interpret-trailers), values unfolded. */
  trailers: [key: string, value: string][]
  /** Empty for merges, and where lines were not asked for. */
  files: FileLines[]
}

export interface Person {
  name: string
  email: string
}
