import type { LogEntry } from './entry.ts'
import { NulSplitter } from './nul-splitter.ts'
import { clip, readText } from './text.ts'

/**
 * What is asked of `git log -z`: fields that end with NUL. The trailers stand last and are ended by the NUL that `-z`
 * sets after each commit; with `--numstat` a line feed and the files follow.
 */
export const LOG_FORMAT = '--format=tformat:%H%x00%P%x00%at%x00%ct%x00%aN%x00%aE%x00%cE%x00%B%x00%(trailers:only=true,unfold=true)'

const FIELDS = 9
/** Bytes kept of a message, and characters. */
const LONGEST_PIECE = 400_000
export const LONGEST_MESSAGE = 100_000
/** Characters kept of a name, an address, and the value of a trailer. */
const LONGEST_NAME = 2_000

const LINE_FEED = 0x0a
const TAB = 0x09
const DASH = 0x2d
const COLON = 0x3a
const SHA = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/**
 * Reads `git log -z --format=…` as it comes, with `--numstat`, or with `--raw` where lines cannot be counted. A commit's
 * files are told from the next commit by their form: numbers and tabs, or a colon, where a commit begins with its name.
 * Paths and messages may hold any byte but NUL. Throws on output that is not of that form: a bug, or another git.
 */
export class LogParser {
  readonly #pieces = new NulSplitter(LONGEST_PIECE)
  #header: string[] = []
  #clipped = false
  #entry: LogEntry | null = null
  /** A file whose path or paths are still to come. */
  #waiting: { additions: number | null; deletions: number | null; renamed: boolean; oldPath?: string } | null = null
  #done: LogEntry[] = []

  /** Takes a chunk and gives the commits that are complete now. */
  push(chunk: Buffer): LogEntry[] {
    this.#pieces.push(chunk, this.#take)
    const done = this.#done
    if (done.length > 0) this.#done = []
    return done
  }

  /**
   * The last commit, once the output has ended.
   * @param how `whole`: git ended well; `cut`: it stopped early, and files may be lacking; `cut-between`: it stopped
   * early, and no files were asked for, so a commit that began is complete
   */
  end(how: 'whole' | 'cut' | 'cut-between'): LogEntry[] {
    const cutShort = this.#pieces.rest().length > 0 || this.#header.length > 0 || this.#waiting !== null
    if (how === 'whole' && cutShort) throw new Error('git log ended in the middle of a commit')
    const last = this.#entry
    this.#entry = null
    return last && how !== 'cut' ? [last] : []
  }

  readonly #take = (piece: Buffer): void => {
    if (this.#header.length > 0) this.#field(piece)
    else if (this.#waiting) this.#path(piece)
    else if (this.#entry && startsFile(piece)) this.#file(piece)
    else {
      if (this.#entry) this.#done.push(this.#entry)
      this.#entry = null
      this.#field(piece)
    }
  }

  #field(piece: Buffer): void {
    if (piece.length >= LONGEST_PIECE) this.#clipped = true
    this.#header.push(readText(piece))
    if (this.#header.length < FIELDS) return
    this.#entry = entryOf(this.#header, this.#clipped)
    this.#header = []
    this.#clipped = false
  }

  #file(piece: Buffer): void {
    const from = piece[0] === LINE_FEED ? 1 : 0
    if (piece[from] === COLON) {
      this.#waiting = { additions: null, deletions: null, renamed: false }
      return
    }
    const first = piece.indexOf(TAB, from)
    const second = piece.indexOf(TAB, first + 1)
    const additions = countOf(piece, from, first)
    const deletions = countOf(piece, first + 1, second)
    if (second + 1 === piece.length) this.#waiting = { additions, deletions, renamed: true }
    else this.#entry!.files.push({ path: readText(piece.subarray(second + 1)), additions, deletions })
  }

  #path(piece: Buffer): void {
    const { additions, deletions, renamed, oldPath } = this.#waiting!
    const path = readText(piece)
    if (renamed && oldPath === undefined) this.#waiting!.oldPath = path
    else {
      this.#entry!.files.push(oldPath === undefined ? { path, additions, deletions } : { path, additions, deletions, oldPath })
      this.#waiting = null
    }
  }
}

/** `1<tab>2<tab>path`, `-<tab>-<tab>path` or `:100644 …`, with a line feed before a commit's first. */
function startsFile(piece: Buffer): boolean {
  const from = piece[0] === LINE_FEED ? 1 : 0
  const first = piece[from]
  if (first === COLON) return true
  if (first === undefined || (first !== DASH && (first < 0x30 || first > 0x39))) return false
  const tab = piece.indexOf(TAB, from)
  return tab !== -1 && tab - from <= 20
}

function countOf(piece: Buffer, from: number, to: number): number | null {
  if (piece[from] === DASH) return null
  let count = 0
  for (let at = from; at < to; at++) count = count * 10 + piece[at]! - 0x30
  return count
}

function entryOf(header: readonly string[], clipped: boolean): LogEntry {
  const [sha = '', parents = '', authored = '', committed = '', name = '', email = '', committerEmail = '', body = '', trailers = ''] =
    header
  if (!SHA.test(sha)) throw new Error(`git log: ${JSON.stringify(sha.slice(0, 80))} is not the name of a commit`)
  const message = body.trimEnd()
  return {
    sha,
    parents: parents === '' ? [] : parents.split(' '),
    authoredAt: secondsOf(authored),
    committedAt: secondsOf(committed),
    author: { name: clip(name, LONGEST_NAME), email: clip(email, LONGEST_NAME) },
    committerEmail: clip(committerEmail, LONGEST_NAME),
    message: clip(message, LONGEST_MESSAGE),
    clipped: clipped || message.length > LONGEST_MESSAGE,
    trailers: trailersOf(trailers),
    files: [],
  }
}

/** Moments the product can write: to the end of the year 9999. Git prints nothing for dates it cannot read. */
const LAST_SECOND = 253_402_300_799

function secondsOf(text: string): number | null {
  const seconds = text === '' ? Number.NaN : Number(text)
  return Number.isSafeInteger(seconds) && Math.abs(seconds) <= LAST_SECOND && seconds > -62_135_596_800 ? seconds : null
}

function trailersOf(text: string): [string, string][] {
  const trailers: [string, string][] = []
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) trailers.push([clip(line.slice(0, colon), LONGEST_NAME).trim(), clip(line.slice(colon + 1), LONGEST_NAME).trim()])
  }
  return trailers
}
