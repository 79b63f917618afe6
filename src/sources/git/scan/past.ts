import type { Ref } from '../../../ground/core/index.ts'
import type { Repository } from '../repository/open.ts'
import type { TagNames } from '../repository/tags.ts'
import { type Cursor, PACKAGE_RULES, RULES } from './cursor.ts'

/** What the last scan left, as far as it can be compared with. */
export interface Past {
  cursor: Cursor | null
  /** The head of then, when the present can be told as a difference from it. */
  head: string | null
  /** Records of this name exist already, and all of them are written once more. */
  again: boolean
  /** The name of then, when it is another now: its records are taken back. */
  formerSubject: Ref | null
  notes: string[]
}

/** Whether nothing a scan reads has changed since the last one. */
export async function isUnchanged(cursor: Cursor, repository: Repository, tags: TagNames): Promise<boolean> {
  return (
    cursor.packages === PACKAGE_RULES &&
    cursor.head === repository.head &&
    cursor.tags === tags.digest &&
    cursor.branch === repository.branch &&
    (await reasonToReadAgain(repository, cursor)) === null
  )
}

/** Finds out how the present relates to the last scan. */
export async function pastOf(repository: Repository, cursor: Cursor | null, subject: Ref): Promise<Past> {
  if (!cursor) return { cursor, head: null, again: false, formerSubject: null, notes: [] }
  const reason = await reasonToReadAgain(repository, cursor)
  const renamed = cursor.subject !== subject
  const there = await isThere(repository, `${cursor.head}^{commit}`)
  return {
    cursor,
    head: there && (reason === null || renamed) ? cursor.head : null,
    again: reason !== null && !renamed,
    formerSubject: renamed ? cursor.subject : null,
    notes: [
      ...(reason === null ? [] : [reason]),
      ...(renamed
        ? [`The repository was ${cursor.subject} and is ${subject} now; what was recorded under the old name is taken back.`]
        : []),
    ],
  }
}

async function reasonToReadAgain(repository: Repository, cursor: Cursor): Promise<string | null> {
  if (cursor.rules !== RULES) return 'The rules of scanning have changed since the last scan, so everything was read again.'
  const boundary = new Set(cursor.boundary)
  if (boundary.size !== repository.objects.boundary.size || [...boundary].some((sha) => !repository.objects.boundary.has(sha)))
    return 'The clone was made deeper or shallower since the last scan, so everything was read again.'
  for (const object of cursor.missing)
    if (await isThere(repository, object)) return 'Objects that were missing at the last scan are there now, so everything was read again.'
  if (await isThere(repository, `${cursor.head}^{commit}`)) return null
  return `The commit the last scan ended at, ${cursor.head.slice(0, 12)}, is gone: history was rewritten. Everything was read again; records of commits that no longer exist could not be found to take them back.`
}

async function isThere(repository: Repository, object: string): Promise<boolean> {
  return (await repository.objects.run(['cat-file', '-e', '--end-of-options', object])).code === 0
}
