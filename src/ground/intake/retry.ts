import { type Problem, type Ref, Refusal } from '../core/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Basis, Evidence, Ledger } from '../ledger/index.ts'
import { DatabaseError, type Store } from '../store/index.ts'
import type { Imports } from './imports.ts'
import type { Parsed } from './intake.ts'
import { liesInData } from './lies-in-data.ts'
import type { Rejects, Sealed } from './rejects.ts'

/** Rejects read in one go, and kept in one transaction. */
const PAGE = 200

/** Reads a refused line again: one record from a line of ours, several from a payload of a connected system. */
export type LineParser = (raw: string) => Parsed | Promise<Parsed[]>

/** How many lines were read again, and what came of them. */
export interface Retried {
  retried: number
  accepted: number
  rejected: number
}

/** A line that can be read now. */
interface Readable {
  sealed: Sealed
  records: Evidence[]
}
type Read = { records: Evidence[] } | { problem: Problem }

/** A line that still cannot. */
interface Refused {
  id: number
  problem: Problem
}

interface On {
  store: Store
  ledger: Ledger
  identity: Identity
  rejects: Rejects
  imports: Imports
}

/**
 * Reads rejects again: what is a record now goes to the ledger under the import it came with, on the basis its like has; the
 * rest stays with its new reason. A page a transaction, so that people get in between.
 */
export class Retries {
  readonly #on: On
  readonly #formats = new Map<string, { parse: LineParser; basis: Basis | undefined }>()

  constructor(on: On) {
    this.#on = on
  }

  register(format: string, parse: LineParser, basis?: Basis): void {
    this.#formats.set(format, { parse, basis })
  }

  /** Notes itself in the audit trail, once it is through. */
  async retry(which: { id: number } | 'all', by: Ref): Promise<Retried> {
    const { store, rejects, identity } = this.#on
    const result: Retried = { retried: 0, accepted: 0, rejected: 0 }
    if (which !== 'all') await this.#page([await rejects.one(which.id)], by, result)
    else
      await store.background(async () => {
        let page: Sealed[]
        let after = 0
        do {
          page = await rejects.open({ after, limit: PAGE })
          await this.#page(page, by, result)
          after = page.at(-1)?.id ?? after
        } while (page.length === PAGE)
      })
    await identity.audit({
      person: by,
      verb: 'reject.retry',
      target: which === 'all' ? 'all' : String(which.id),
      detail: { ...result },
    })
    return result
  }

  /** Takes a corrected line in the place of a refused one. What is still wrong with it is told, and the line stays as it came. */
  async correct(id: number, text: string, by: Ref): Promise<Problem | null> {
    const { rejects, identity } = this.#on
    const sealed = await rejects.one(id)
    const read = await this.#parse(sealed.format, text)
    if ('problem' in read) return read.problem
    const [refused] = await this.#take([{ sealed, ...read }], by)
    if (refused) return refused.problem
    await identity.audit({ person: by, verb: 'reject.correct', target: String(id), detail: {} })
    return null
  }

  async #page(page: readonly Sealed[], by: Ref, result: Retried): Promise<void> {
    const readable: Readable[] = []
    const refused: Refused[] = []
    for (const sealed of page) {
      const read = await this.#read(sealed)
      if ('problem' in read) refused.push({ id: sealed.id, problem: read.problem })
      else readable.push({ sealed, ...read })
    }
    const alike = Map.groupBy(readable, ({ sealed: { importId, format } }) => `${importId} ${format}`)
    for (const lines of alike.values()) refused.push(...(await this.#take(lines, by)))
    await this.#on.rejects.refusedAgain(refused)
    result.retried += page.length
    result.accepted += page.length - refused.length
    result.rejected += refused.length
  }

  async #read({ format, sealed }: Sealed): Promise<Read> {
    try {
      return await this.#parse(format, this.#on.rejects.unsealed(sealed))
    } catch (error) {
      if (error instanceof Refusal && !isStoreAway(error)) return { problem: error.problem }
      throw error
    }
  }

  /** One line that breaks its parser keeps no other from being read. */
  async #parse(format: string, text: string): Promise<Read> {
    const parse = this.#formats.get(format)?.parse
    if (!parse) return { problem: unknownFormat(format) }
    try {
      const parsed = [await parse(text)].flat()
      const refused = parsed.find((one) => 'reject' in one)
      return refused ? { problem: refused.reject.problem } : { records: parsed.flatMap((one) => ('record' in one ? [one.record] : [])) }
    } catch (error) {
      if (error instanceof DatabaseError || isStoreAway(error)) throw error
      return { problem: error instanceof Refusal ? error.problem : unreadable(error) }
    }
  }

  /** Keeps lines of one import; when the store refuses one of their records, halves find out which. */
  async #take(lines: readonly Readable[], by: Ref): Promise<Refused[]> {
    const { store, ledger, rejects, imports } = this.#on
    const { importId, format } = lines[0]!.sealed
    const basis = this.#formats.get(format)?.basis
    try {
      await store.transaction(async () => {
        const records = lines.flatMap((line) => line.records)
        const taken = await ledger.append(records, { by, importId, ...(basis ? { basis } : {}) })
        await rejects.remove(lines.map(({ sealed }) => sealed.id))
        await imports.noteRetried(importId, taken, lines.length)
      })
      return []
    } catch (error) {
      if (!(error instanceof DatabaseError) || !liesInData(error)) throw error
      if (lines.length === 1)
        return [{ id: lines[0]!.sealed.id, problem: { code: 'intake.not_storable', severity: 'error', message: error.message } }]
      const middle = lines.length >> 1
      return [...(await this.#take(lines.slice(0, middle), by)), ...(await this.#take(lines.slice(middle), by))]
    }
  }
}

function isStoreAway(error: unknown): boolean {
  return error instanceof Refusal && error.problem.code.startsWith('store.')
}

function unreadable(error: unknown): Problem {
  const message = `This cannot be read: ${error instanceof Error ? error.message : String(error)}`
  return { code: 'intake.unreadable', severity: 'error', message, fix: 'Have it sent again, and discard this one.' }
}

function unknownFormat(format: string): Problem {
  return {
    code: 'intake.unknown_format',
    severity: 'error',
    message: `Nothing here reads the format ${format}`,
    fix: 'Import the line again in a format this version reads, then discard this one.',
  }
}
