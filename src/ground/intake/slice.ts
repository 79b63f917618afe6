import { type Problem, type Ref, Refusal } from '../core/index.ts'
import type { AppendResult, Basis, Evidence, Ledger, NotKept } from '../ledger/index.ts'
import { DatabaseError, sql, type Store } from '../store/index.ts'
import { counted } from './imports.ts'
import type { Parsed } from './intake.ts'
import { liesInData } from './lies-in-data.ts'
import type { Rejects } from './rejects.ts'

/** Lines written in one transaction: about 50 ms on a small machine, so that readers get in between. */
const SLICE = 1_000

/** What came of a batch. */
export interface Taken extends AppendResult {
  rejected: number
  problems: Problem[]
}

/** Where a batch belongs to. */
export interface BatchOf {
  importId: number
  by: Ref
  basis?: Basis
  /** Lines done once all of the batch is. */
  done?: number
  /** They may have been read before: what was refused then and is again counts no more. */
  rereads?: boolean
}

/** Writes batches of an import: records to the ledger, the rest to the rejects, and the count of both to the import. */
export class Batches {
  readonly #store: Store
  readonly #ledger: Ledger
  readonly #rejects: Rejects

  constructor(store: Store, ledger: Ledger, rejects: Rejects) {
    this.#store = store
    this.#ledger = ledger
    this.#rejects = rejects
  }

  async take(parsed: readonly Parsed[], of: BatchOf): Promise<Taken> {
    const total: Taken = { accepted: 0, revised: 0, duplicates: 0, rejected: 0, byKind: {}, problems: [] }
    for (let from = 0; from < parsed.length; from += SLICE) {
      const isLast = from + SLICE >= parsed.length
      addTo(total, await this.#takeSlice(parsed.slice(from, from + SLICE), { ...of, done: isLast ? of.done : undefined }))
    }
    if (parsed.length === 0) await this.#count(total, of)
    return total
  }

  /** One transaction; when the store refuses one of the records, halves find out which. */
  async #takeSlice(parsed: readonly Parsed[], of: BatchOf): Promise<Taken> {
    try {
      return await this.#store.transaction(() => this.#write(parsed, of))
    } catch (error) {
      if (!(error instanceof DatabaseError) || !liesInData(error)) throw error
      const [only] = parsed
      if (parsed.length === 1 && only && 'record' in only) return this.#takeSlice([unstorable(only.record, error)], of)
      if (parsed.length <= 1) throw error
      const middle = parsed.length >> 1
      const total = await this.#takeSlice(parsed.slice(0, middle), { ...of, done: undefined })
      return addTo(total, await this.#takeSlice(parsed.slice(middle), of))
    }
  }

  async #write(parsed: readonly Parsed[], of: BatchOf): Promise<Taken> {
    const records = parsed.flatMap((one) => ('record' in one ? [one.record] : []))
    const rejects = parsed.flatMap((one) => ('reject' in one ? [one.reject] : []))
    const appended = await this.#ledger.append(records, { by: of.by, importId: of.importId, ...(of.basis ? { basis: of.basis } : {}) })
    if (rejects.length > 0) await this.#expectOpen(of.importId)
    const fresh = await this.#rejects.keep(rejects, of.importId)
    const { notKept, ...counts } = appended
    const turnedAway = notKept ? problemsOf(notKept) : []
    const taken = {
      ...counts,
      rejected: (of.rereads ? fresh : rejects.length) + (notKept ? notKept.beyondRetention + notKept.erasedPerson : 0),
      problems: [...rejects.map(({ problem }) => problem), ...turnedAway],
    }
    await this.#count(taken, of)
    return taken
  }

  async #count(taken: Taken, { importId, done }: BatchOf): Promise<void> {
    const rows = await this.#store.query(sql`
      update import set done = greatest(done, ${done ?? 0}::bigint), ${counted(taken)}, rejected = rejected + ${taken.rejected}::bigint where id = ${importId}::bigint and finished_at is null returning id`)
    if (rows.length === 0) throw noOpenImport(importId)
  }

  /** Refused lines are kept with their import, and before it counts them. */
  async #expectOpen(importId: number): Promise<void> {
    const rows = await this.#store.query(sql`select 1 as open from import where id = ${importId}::bigint and finished_at is null`)
    if (rows.length === 0) throw noOpenImport(importId)
  }
}

function noOpenImport(importId: number): Refusal {
  return new Refusal('intake.no_open_import', `There is no open import ${importId}`, {
    status: 409,
    fix: 'Begin an import first; one that was finished takes no more.',
  })
}

/** Adds up what came of two batches. */
export function addTo(total: Taken, more: Taken): Taken {
  total.accepted += more.accepted
  total.revised += more.revised
  total.duplicates += more.duplicates
  total.rejected += more.rejected
  for (const kind of Object.keys(more.byKind) as (keyof Taken['byKind'])[])
    total.byKind[kind] = (total.byKind[kind] ?? 0) + (more.byKind[kind] ?? 0)
  total.problems.push(...more.problems)
  return total
}

/** Records that may not be kept are not kept as rejects either: only how many there were is told. */
function problemsOf({ beyondRetention, erasedPerson }: NotKept): Problem[] {
  const records = (count: number) => `${count} ${count === 1 ? 'record' : 'records'}`
  const old: Problem = {
    code: 'evidence.beyond_retention',
    severity: 'error',
    message: `${records(beyondRetention)} happened longer ago than their kind is kept`,
    fix: 'Keep the kind longer ("throughline retention") and send them again.',
  }
  const gone: Problem = {
    code: 'evidence.person_erased',
    severity: 'error',
    message: `${records(erasedPerson)} told of nothing but a person who was erased`,
    fix: 'Nothing is to be done: this person does not come back.',
  }
  return [...(beyondRetention > 0 ? [old] : []), ...(erasedPerson > 0 ? [gone] : [])]
}

function unstorable(record: Evidence, error: DatabaseError): Parsed {
  const problem: Problem = {
    code: 'intake.not_storable',
    severity: 'error',
    message: `The store cannot keep this ${record.kind} ${record.id}: ${error.message}`,
    fix: 'Correct the value the message names and send the record again.',
  }
  return { reject: { raw: JSON.stringify(record), problem } }
}
