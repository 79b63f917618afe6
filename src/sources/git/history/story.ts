import { agentOf, isBot } from '../../../ground/ledger/index.ts'
import type { LogEntry } from '../log/entry.ts'
import { type Landing, landingOf } from '../message/landing.ts'
import { intentTrailersIn, referencesIn, referencesOfTrailers, unique } from '../message/references.ts'
import { revertedBy } from '../message/reverts.ts'
import { coAuthorsOf } from '../message/trailers.ts'
import { type AddressPair, pairsInSignatures } from '../people/aliases.ts'
import { botName, personName } from '../people/person.ts'
import { History } from './history.ts'

export interface Author {
  /** As records name them. */
  name: string
  bot: boolean
}

/**
 * What the messages of a history tell, without any line counted: the graph, who wrote, how work landed, what it names.
 * Texts are kept only of commits that landed work or name something, so memory grows with the number of changes.
 */
export class Story {
  readonly history: History
  readonly authors: Author[] = []
  readonly landings = new Map<number, Landing>()
  /** Issues, decisions and outcomes a commit names. */
  readonly references = new Map<number, string[]>()
  /** What a commit takes back: an object name, whole or shortened, or `#12`. */
  readonly reverts = new Map<number, string>()
  /** `Name <address>` of everybody named as co-author, as written. */
  readonly coAuthors = new Set<string>()
  /** Addresses by which authors signed their own commits, once each. */
  readonly signatures = new Map<string, AddressPair>()
  readonly #authorNumbers = new Map<string, number>()
  readonly #mainBranch: string | null
  readonly #boundary: ReadonlySet<string>

  constructor(options: { digits: 40 | 64; mainBranch: string | null; boundary: ReadonlySet<string> }) {
    this.history = new History(options.digits)
    this.#mainBranch = options.mainBranch
    this.#boundary = options.boundary
  }

  add(entry: LogEntry): void {
    const cut = this.#boundary.has(entry.sha)
    const commit = this.history.add(entry.sha, entry.parents, cut)
    if (entry.authoredAt !== null) this.history.authoredAt.set(commit, entry.authoredAt)
    if (entry.committedAt !== null) this.history.committedAt.set(commit, entry.committedAt)
    this.history.author.set(commit, this.#authorOf(entry))
    const landing = cut ? null : landingOf({ ...entry, parents: entry.parents.length }, this.#mainBranch)
    if (landing) this.landings.set(commit, landing)
    const reverts = revertedBy(entry.message)
    if (reverts) this.reverts.set(commit, reverts)
    const references = this.#referencesOf(entry, landing)
    if (references.length > 0) this.references.set(commit, references)
    for (const pair of pairsInSignatures(entry)) this.signatures.set(pair.join(' '), pair)
    for (const person of coAuthorsOf(entry.trailers)) this.coAuthors.add(`${person.name} <${person.email}>`)
  }

  /** A landing tells in its whole message; a step on the way in its title and trailers. */
  #referencesOf(entry: LogEntry, landing: Landing | null): string[] {
    const title = entry.message.split('\n', 1)[0]!
    const told = referencesIn(landing ? entry.message : title)
    const branch = landing?.branch ? referencesIn(landing.branch.replaceAll(/[/_]/g, ' ').replace(/(\d)-.*/, '$1')) : []
    const trailers = landing ? [...entry.trailers, ...intentTrailersIn(entry.message)] : entry.trailers
    const own = landing && 'number' in landing && landing.number !== null ? `#${landing.number}` : null
    return unique([...told, ...branch, ...referencesOfTrailers(trailers)].filter((reference) => reference !== own))
  }

  #authorOf({ author }: LogEntry): number {
    const key = `${author.name}\0${author.email}`
    const known = this.#authorNumbers.get(key)
    if (known !== undefined) return known
    const bot = isBot(author) || agentOf(author) !== null
    this.#authorNumbers.set(key, this.authors.length)
    return this.authors.push({ name: bot ? botName(author) : personName(author), bot }) - 1
  }
}
