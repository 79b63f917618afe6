import type { Clock } from '../../core/index.ts'
import type { Connections } from '../connections/connections.ts'
import type { DeclaredFinder, DeclaredList } from './pull.ts'
import type { Pulls } from './pulls.ts'

/** How lists that are declared are called: settings name theirs otherwise. */
const MARK = 'declared '
/** How often it is looked what is declared. */
const EVERY_MS = 20_000

/** Lists that others than the settings of a connection ask for, by kind of source. */
export class Declared {
  readonly #finders = new Map<string, DeclaredFinder>()
  readonly #on: { clock: Clock; connections: Connections; pulls: Pulls }
  #lookedAt = -Infinity

  constructor(on: { clock: Clock; connections: Connections; pulls: Pulls }) {
    this.#on = on
  }

  register(kind: string, find: DeclaredFinder): void {
    if (this.#finders.has(kind)) throw new Error(`Lists of ${kind} are declared twice`)
    this.#finders.set(kind, find)
  }

  /** Begins lists that are new, ends those that nobody declares any more. */
  async look(): Promise<void> {
    const { clock, connections, pulls } = this.#on
    const now = clock()
    if (this.#finders.size === 0 || now - this.#lookedAt < EVERY_MS) return
    this.#lookedAt = now
    const connected = (await connections.list()).filter(({ source, pausedAt }) => this.#finders.has(source) && pausedAt === null)
    for (const connection of connected) {
      const wanted = await this.#finders.get(connection.source)!(connection)
      const streams = new Map([...wanted].map(([name, list]) => [streamOf(name, list), { name, ...list }]))
      const known = (await pulls.list(connection.id)).map(({ stream }) => stream).filter((stream) => this.is(stream))
      const ended = known.filter((stream) => !streams.has(stream))
      const changed = new Set(ended.map(nameIn))
      const begun = [...streams]
        .filter(([stream]) => !known.includes(stream))
        .map(([stream, { name, since }]) => ({ stream, since: changed.has(name) ? now : since }))
      if (begun.length + ended.length > 0) await pulls.declare(connection.id, begun, ended)
    }
  }

  is(stream: string): boolean {
    return stream.startsWith(MARK)
  }

  /** What is asked for a list; null where nobody declares it any more. */
  async listOf(kind: string, connection: Parameters<DeclaredFinder>[0], stream: string): Promise<DeclaredList | null> {
    const list = (await this.#finders.get(kind)?.(connection))?.get(nameIn(stream))
    return list && streamOf(nameIn(stream), list) === stream ? list : null
  }
}

function streamOf(name: string, { version }: Pick<DeclaredList, 'version'>): string {
  return `${MARK}${name} (${version})`
}

function nameIn(stream: string): string {
  return stream.slice(MARK.length, stream.lastIndexOf(' ('))
}
