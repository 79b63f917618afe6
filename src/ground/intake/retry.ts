import { type Problem, type Ref, Refusal } from '../core/index.ts'
import type { Ledger } from '../ledger/index.ts'
import { DatabaseError, type Store } from '../store/index.ts'
import type { Parsed } from './intake.ts'
import type { Rejects, Sealed } from './rejects.ts'

/** Rejects read in one go. */
const PAGE = 200

/** Reads a refused line again: one record from a line of ours, several from a payload of a connected system. */
export type LineParser = (raw: string) => Parsed | Promise<Parsed[]>

/** Reads rejects again: what is a record now goes to the ledger under the import it came with, the rest stays with its new reason. */
export class Retries {
  readonly #store: Store
  readonly #ledger: Ledger
  readonly #rejects: Rejects
  readonly #parsers = new Map<string, LineParser>()

  constructor(store: Store, ledger: Ledger, rejects: Rejects) {
    this.#store = store
    this.#ledger = ledger
    this.#rejects = rejects
  }

  register(format: string, parse: LineParser): void {
    this.#parsers.set(format, parse)
  }

  async retry(which: { id: number } | 'all', by: Ref): Promise<{ retried: number; accepted: number; rejected: number }> {
    const result = { retried: 0, accepted: 0, rejected: 0 }
    const readOne = async (sealed: Sealed) => {
      result.retried += 1
      if (await this.#again(sealed, by)) result.accepted += 1
      else result.rejected += 1
    }
    if (which !== 'all') await readOne(await this.#rejects.one(which.id))
    else {
      let page: Sealed[]
      let after = 0
      do {
        page = await this.#rejects.open({ after, limit: PAGE })
        for (const sealed of page) await readOne(sealed)
        after = page.at(-1)?.id ?? after
      } while (page.length === PAGE)
    }
    return result
  }

  /** @returns true when the line is a record now */
  async #again({ id, importId, format, raw }: Sealed, by: Ref): Promise<boolean> {
    const parse = this.#parsers.get(format)
    try {
      const parsed = parse ? [await parse(raw)].flat() : [{ reject: { raw, problem: unknownFormat(format) } }]
      const refused = parsed.find((one) => 'reject' in one)
      if (refused) {
        await this.#rejects.refusedAgain(id, refused.reject.problem)
        return false
      }
      await this.#store.transaction(async () => {
        await this.#ledger.append(
          parsed.flatMap((one) => ('record' in one ? [one.record] : [])),
          { by, importId },
        )
        await this.#rejects.remove([id])
      })
      return true
    } catch (error) {
      if (error instanceof Refusal) await this.#rejects.refusedAgain(id, error.problem)
      else if (error instanceof DatabaseError)
        await this.#rejects.refusedAgain(id, { code: 'intake.not_storable', severity: 'error', message: error.message })
      else throw error
      return false
    }
  }
}

function unknownFormat(format: string): Problem {
  return {
    code: 'intake.unknown_format',
    severity: 'error',
    message: `Nothing here reads the format ${format}`,
    fix: 'Import the line again in a format this version reads, then discard this one.',
  }
}
