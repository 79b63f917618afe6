import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A moment all scripted histories begin at; each commit is an hour later. */
export const BEGIN = Date.parse('2026-01-05T09:00:00Z')
const HOUR = 3_600_000

export interface CommitWish {
  /** Name and address of who wrote it. */
  author?: string
  /** When it was written and committed; an hour after the one before when left out. */
  at?: string
  committedAt?: string
  committer?: string
  files?: Record<string, string | Buffer | null>
}

/** A repository built by the git program itself, step by step, with fixed people and dates. */
export class ScriptedRepository {
  readonly path: string
  #now = BEGIN

  constructor(path: string, init: readonly string[] = []) {
    this.path = path
    mkdirSync(path, { recursive: true })
    this.git('init', '--quiet', '--initial-branch=main', ...init)
  }

  /** Runs git in it and gives its output without white space at the end. */
  git(...args: string[]): string {
    return this.gitWith({}, ...args)
  }

  gitWith(how: { input?: string | Buffer; env?: Record<string, string> | undefined }, ...args: string[]): string {
    return runGit(this.path, args, { ...this.#people(), ...how.env }, how.input)
  }

  /** Writes files and commits them; without files the commit is empty. Gives its name. */
  commit(message: string | Buffer, wish: CommitWish = {}): string {
    for (const [path, content] of Object.entries(wish.files ?? {})) this.write(path, content)
    if (wish.files) this.git('add', '--all', '--force')
    this.#tick(wish)
    this.gitWith(
      { input: message, env: this.#people(wish) },
      'commit',
      '--quiet',
      '--allow-empty',
      '--allow-empty-message',
      '--cleanup=verbatim',
      '--file=-',
    )
    return this.head()
  }

  /** Merges branches into the present one, always with a merge commit. */
  merge(message: string, branches: readonly string[], wish: CommitWish = {}): string {
    this.#tick(wish)
    this.gitWith({ env: this.#people(wish) }, 'merge', '--quiet', '--no-ff', '--allow-unrelated-histories', '-m', message, ...branches)
    return this.head()
  }

  write(path: string, content: string | Buffer | null): void {
    const file = join(this.path, path)
    if (content === null) return rmSync(file)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }

  /** Starts a branch here or at a commit, and goes to it. */
  branch(name: string, from = 'HEAD'): void {
    this.git('checkout', '--quiet', '-b', name, from)
  }

  checkout(name: string): void {
    this.git('checkout', '--quiet', name)
  }

  tag(name: string, options: { annotated?: boolean; at?: string; of?: string } = {}): void {
    this.gitWith(
      { env: options.at ? { GIT_COMMITTER_DATE: options.at } : undefined },
      'tag',
      ...(options.annotated ? ['--annotate', '--message', name] : []),
      '--',
      name,
      ...(options.of ? [options.of] : []),
    )
  }

  head(): string {
    return this.git('rev-parse', 'HEAD')
  }

  /** What git itself counts. */
  count(): number {
    return Number(this.git('rev-list', '--count', 'HEAD'))
  }

  #tick({ at, committedAt }: CommitWish): void {
    const said = at ?? committedAt
    this.#now = said === undefined ? this.#now + HOUR : Math.max(this.#now, Date.parse(said) || 0)
  }

  #people({ author = 'Rosa Ferry <rosa@parcels.example>', committer = author, at, committedAt }: CommitWish = {}): Record<string, string> {
    const [, name = '', email = ''] = /^(.*?) ?<(.*)>$/.exec(author) ?? []
    const [, committerName = '', committerEmail = ''] = /^(.*?) ?<(.*)>$/.exec(committer) ?? []
    const now = new Date(this.#now).toISOString()
    return {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: committerName,
      GIT_COMMITTER_EMAIL: committerEmail,
      GIT_AUTHOR_DATE: at ?? now,
      GIT_COMMITTER_DATE: committedAt ?? at ?? now,
    }
  }
}

/** Runs git anywhere, untouched by the settings of whoever runs the tests. */
export function runGit(cwd: string, args: readonly string[], env: Record<string, string> = {}, input?: string | Buffer): string {
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')))
  return execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
    cwd,
    env: { ...plain, LC_ALL: 'C', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(input === undefined ? {} : { input }),
  }).trimEnd()
}

/** A folder for scripted repositories that is removed by `clear`. */
export function scriptedFolder(): {
  path: string
  repository: (name?: string, init?: readonly string[]) => ScriptedRepository
  clear: () => void
} {
  const path = mkdtempSync(join(tmpdir(), 'throughline-git-'))
  return {
    path,
    repository: (name = 'parcels', init) => new ScriptedRepository(mkdtempFor(path, name), init),
    clear: () => rmSync(path, { recursive: true, force: true }),
  }
}

function mkdtempFor(folder: string, name: string): string {
  return join(mkdtempSync(join(folder, 'r-')), name)
}
