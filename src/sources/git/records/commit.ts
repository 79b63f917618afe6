import { formatInstant, type Ref } from '../../../ground/core/index.ts'
import { agentOf, type EvidenceOf, isBot } from '../../../ground/ledger/index.ts'
import type { FileLines, LogEntry, Person } from '../log/entry.ts'
import { coAuthorsOf, groupTrailers } from '../message/trailers.ts'
import type { Size } from '../numbers/tally.ts'
import { botName, personName } from '../people/person.ts'
import { recordMoment, withoutLeftovers } from './revision.ts'

const MOST_FILES = 10_000
const LONGEST_PATH = 2_000
const MOST_PARENTS = 200
const MOST_CO_AUTHORS = 200

/** What is known of a commit beside its log entry. */
export interface CommitFacts {
  subject: Ref
  /** Moments, with what is unreadable already replaced. */
  authoredAt: number
  committedAt: number
  /** Null for merges, which change nothing by themselves, and where lines could not be counted. */
  size: Size | null
  /** Places in the file list of generated and vendored files. */
  generated: readonly number[]
  /** A unit of delivery by itself: on the main line, in no change. */
  direct: boolean
  reverts?: string
  /** Why lines were not counted, for commits that have some. */
  linesUnknown?: string
  /** Co-authors under the name the mailmap gives them. */
  canonical: (person: Person) => Person
  /** Set when the record is a revision of one written before. */
  revisedAt?: number
}

/**
 * The record of a commit. Beside the fields of CONTRACTS it carries: `generatedLines` (added and taken away in generated
 * and vendored files, which `additions` and `deletions` leave out), `generatedFiles` (their places in `files`),
 * `agents` (coding agents that took part), `mainline` (a unit of delivery by itself), `linesUnknown`, and `filesOmitted`.
 */
export function commitRecord(entry: LogEntry, facts: CommitFacts): EvidenceOf<'commit'> {
  const { size } = facts
  const listed = entry.files.length <= MOST_FILES && entry.files.every((file) => isListable(file))
  const files = listed ? entry.files : entry.files.slice(0, MOST_FILES).filter(isListable)
  const helpers = coAuthorsOf(entry.trailers).map(facts.canonical)
  const people = helpers.filter((person) => agentOf(person) === null)
  const coAuthors = [...new Set(people.map((person) => (isBot(person) ? botName(person) : personName(person))))].filter(
    (name) => name !== personName(entry.author),
  )
  const agents = [...new Set([entry.author, ...helpers].flatMap((person) => agentOf(person) ?? []))]
  const bot = isBot(entry.author) || agentOf(entry.author) !== null
  const trailers = groupTrailers(entry.trailers)
  const record: EvidenceOf<'commit'> = {
    kind: 'commit',
    source: 'git',
    id: entry.sha,
    subject: facts.subject,
    at: recordMoment(facts.committedAt * 1000, facts.revisedAt),
    basis: 'observed',
    sha: entry.sha,
    author: bot ? botName(entry.author) : personName(entry.author),
    ...(bot ? { bot } : {}),
    ...(coAuthors.length > 0 ? { coAuthors: coAuthors.slice(0, MOST_CO_AUTHORS) } : {}),
    ...(agents.length > 0 ? { agents } : {}),
    authoredAt: formatInstant(facts.authoredAt * 1000),
    committedAt: formatInstant(facts.committedAt * 1000),
    parents: entry.parents.slice(0, MOST_PARENTS),
    message: entry.message,
    ...(trailers ? { trailers } : {}),
    ...(size ? { additions: size.additions, deletions: size.deletions } : {}),
    ...(size && size.generatedLines > 0 ? { generatedLines: size.generatedLines } : {}),
    ...(entry.parents.length < 2 && (size || files.length > 0) ? { files: files.map(tupleOf) } : {}),
    ...(facts.generated.length > 0 && listed ? { generatedFiles: [...facts.generated] } : {}),
    ...(listed ? {} : { filesOmitted: entry.files.length - files.length }),
    ...(facts.reverts ? { reverts: facts.reverts } : {}),
    ...(facts.direct ? { mainline: true } : {}),
    ...(facts.linesUnknown ? { linesUnknown: facts.linesUnknown } : {}),
    ...(entry.clipped ? { messageClipped: true } : {}),
  }
  return withoutLeftovers(record, ['mainline'], facts.revisedAt !== undefined)
}

function isListable({ path, oldPath }: FileLines): boolean {
  return path.length <= LONGEST_PATH && (oldPath === undefined || oldPath.length <= LONGEST_PATH)
}

function tupleOf({ path, additions, deletions, oldPath }: FileLines): [string, number | null, number | null, ...string[]] {
  return oldPath === undefined ? [path, additions, deletions] : [path, additions, deletions, oldPath]
}
