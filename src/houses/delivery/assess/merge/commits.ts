import type { CommitRecord } from '../facts.ts'
import { mergeFields } from './fields.ts'

/** Commits by sha: however many sources tell of one, it is one. */
export function mergeCommits(records: readonly CommitRecord[]): Map<string, CommitRecord> {
  const commits = new Map<string, CommitRecord>()
  const further = new Map<string, CommitRecord[]>()
  for (const record of records) {
    const first = commits.get(record.sha)
    if (!first) commits.set(record.sha, record)
    else if (first.id !== record.id || first.subject !== record.subject)
      further.set(record.sha, [...(further.get(record.sha) ?? [first]), record])
  }
  for (const [sha, same] of further) commits.set(sha, mergeFields(same))
  return commits
}
