import { formatInstant, type Ref } from '../../../ground/core/index.ts'
import type { EvidenceOf } from '../../../ground/ledger/index.ts'
import type { PlannedChange } from '../changes/plan.ts'
import type { Story } from '../history/story.ts'
import { clip } from '../log/text.ts'
import { isRevertTitle } from '../message/reverts.ts'
import { unique } from '../message/references.ts'
import type { Tally } from '../numbers/tally.ts'
import { authoredSeconds, committedSeconds } from './moments.ts'
import { recordMoment, withoutLeftovers } from './revision.ts'

const MOST_COMMITS = 100_000
const LONGEST_TITLE = 2_000
const OPTIONAL = [
  'number',
  'title',
  'branch',
  'author',
  'bot',
  'additions',
  'deletions',
  'generatedLines',
  'linesUnknown',
  'reverts',
  'refs',
]

/**
 * The record of a merged request: what git knows, and nothing else. Its size is the sum of its commits, so work that a
 * later commit of the same request undoes counts twice. `author` is given when all commits agree. Beside the fields
 * of CONTRACTS it carries `convention` (by what it was recognised), `generatedLines`, and `linesUnknown`.
 */
export function changeRecord(
  change: PlannedChange,
  told: { story: Story; tally: Tally; subject: Ref; resolve: (name: string) => string; revisedAt?: number },
): EvidenceOf<'change'> {
  const { story, tally } = told
  const { history } = story
  const { landing, landed } = change
  const work = change.commits.filter((commit) => history.parentCount(commit) < 2)
  const size = tally.sum(work)
  const merged = committedSeconds(history, landed) * 1000
  const authors = [...new Set(work.map((commit) => history.author.at(commit)))].map((author) => story.authors[author]!)
  const author = new Set(authors.map(({ name }) => name)).size === 1 ? authors[0] : undefined
  const reverts = revertsOf(change, work, story)
  const refs = referencesOf(change, story)
  const record: EvidenceOf<'change'> = {
    kind: 'change',
    source: 'git',
    id: change.id,
    subject: told.subject,
    at: recordMoment(merged, told.revisedAt),
    basis: 'inferred',
    convention: 'convention' in landing ? landing.convention : 'plain-merge',
    ...(change.number === null ? {} : { number: change.number }),
    ...(landing.title ? { title: clip(landing.title, LONGEST_TITLE) } : {}),
    ...(landing.branch ? { branch: clip(landing.branch, LONGEST_TITLE) } : {}),
    ...(author ? { author: author.name, ...(author.bot ? { bot: true } : {}) } : {}),
    mergedAt: formatInstant(merged),
    mergeCommit: history.sha(landed),
    commits: change.commits
      .slice(0, MOST_COMMITS)
      .map((commit) => ({ sha: history.sha(commit), authoredAt: formatInstant(authoredSeconds(history, commit) * 1000) })),
    ...(size ? { additions: size.additions, deletions: size.deletions } : { linesUnknown: 'some of its commits could not be counted' }),
    ...(size && size.generatedLines > 0 ? { generatedLines: size.generatedLines } : {}),
    ...(reverts ? { reverts: told.resolve(reverts) } : {}),
    ...(refs.length > 0 ? { refs } : {}),
  }
  return withoutLeftovers(record, OPTIONAL, told.revisedAt !== undefined)
}

/** A change takes something back when its own message says so, when its branch is the host's revert branch, or when all its commits do. */
function revertsOf({ landing, landed }: PlannedChange, work: readonly number[], story: Story): string | undefined {
  const own = story.reverts.get(landed)
  if (own) return own
  const branch = /^revert-(\d+)-/.exec(landing.branch ?? '')?.[1]
  const steps = work.map((commit) => story.reverts.get(commit))
  const single =
    work.length === 1 || (landing.title !== null && isRevertTitle(landing.title)) ? steps.find((step) => step !== undefined) : undefined
  return single ?? (branch && landing.title !== null && /^revert "/i.test(landing.title) ? `#${branch}` : undefined)
}

/** What its landing names, then what its commits name. */
function referencesOf({ landed, commits, number }: PlannedChange, story: Story): string[] {
  const own = number === null ? null : `#${number}`
  return unique([landed, ...commits].flatMap((commit) => story.references.get(commit) ?? [])).filter((reference) => reference !== own)
}
