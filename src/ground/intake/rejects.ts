import { createHash } from 'node:crypto'
import { type Clock, type Instant, type Problem, Refusal } from '../core/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Eye } from '../ledger/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import type { Reject } from './intake.ts'
import type { Settings } from './settings.ts'

/** Rejects kept at most; beyond either limit the oldest go, and are counted. */
export const MOST_REJECTS = 10_000
export const MOST_BYTES = 256 * 1024 * 1024
const DROPPED = 'intake.rejects_dropped'
/** Raw text sent to the store in one statement. */
const STATEMENT_BYTES = 4 * 1024 * 1024

/** Rejects unsealed in one go. */
const PAGE = 200

/** A line that was refused, with the reason. */
export interface Refused {
  raw: string
  problem: Problem
}

/** A reject with its line as it is kept, for reading it again. */
export interface Sealed {
  id: number
  importId: number
  format: string
  sealed: Uint8Array
}

/** Lines that could not be read, sealed so that only this installation reads them; the same line is kept once. */
export class Rejects {
  readonly #store: Store
  readonly #identity: Identity
  readonly #clock: Clock
  readonly #settings: Settings
  readonly #limits: { rejects: number; bytes: number }

  constructor(store: Store, identity: Identity, clock: Clock, settings: Settings, limits = { rejects: MOST_REJECTS, bytes: MOST_BYTES }) {
    this.#store = store
    this.#identity = identity
    this.#clock = clock
    this.#settings = settings
    this.#limits = limits
  }

  /**
   * Keeps refused lines, without people who were erased, in the open transaction. A line refused before is kept with the newer
   * reason.
   * @returns how many were not there before
   */
  async keep(refused: readonly Refused[], importId: number): Promise<number> {
    if (refused.length === 0) return 0
    let fresh = 0
    const { erased } = this.#identity.people
    await erased.catchUp()
    const kept = erased.isEmpty ? refused : refused.map((one) => erased.without(one) as Refused) // a text stays a text
    const byHash = new Map(kept.map((one) => [hashOf(one.raw), one]))
    let rows: Record<string, unknown>[] = []
    let bytes = 0
    for (const [hash, { raw, problem }] of byHash) {
      const sealed = this.#identity.seal(raw)
      rows.push({
        hash,
        sealed: sealed.toString('base64'),
        code: problem.code,
        message: storable(problem.message),
        fix: problem.fix && storable(problem.fix),
        line: problem.line,
      })
      bytes += sealed.length
      if (bytes < STATEMENT_BYTES) continue
      fresh += await this.#insert(rows, importId)
      rows = []
      bytes = 0
    }
    if (rows.length) fresh += await this.#insert(rows, importId)
    await this.#dropOldest()
    return fresh
  }

  /** Newest first. */
  async list({ limit, offset = 0 }: { limit: number; offset?: number }): Promise<{ total: number; dropped: number; rejects: Reject[] }> {
    const [counted] = await this.#store.query<{ total: number }>(sql`select count(*) as total from reject`)
    const rows = await this.#store.query<{
      id: number
      import_id: number
      at: Instant
      label: string
      code: string
      message: string
      fix: string | null
      line: number | null
      attempts: number
    }>(sql`
      select r.id, r.import_id, r.at, i.label, r.code, r.message, r.fix, r.line, r.attempts
      from reject r join import i on i.id = r.import_id order by r.id desc limit ${limit}::bigint offset ${offset}::bigint`)
    const rejects = rows.map(({ import_id: importId, fix, line, ...rest }) => ({
      ...rest,
      importId,
      ...(fix === null ? {} : { fix }),
      ...(line === null ? {} : { line }),
    }))
    return { total: counted!.total, dropped: (await this.#settings.read<number>(DROPPED)) ?? 0, rejects }
  }

  /** The next rejects after an id, oldest first; or one alone. */
  async open(which: { id: number } | { after: number; limit: number }): Promise<Sealed[]> {
    const rows = await this.#store.query<{ id: number; import_id: number; format: string; sealed: Uint8Array }>(sql`
      select r.id, r.import_id, i.format, r.sealed from reject r join import i on i.id = r.import_id
      where ${'id' in which ? sql`r.id = ${which.id}::bigint` : sql`r.id > ${which.after}::bigint order by r.id limit ${which.limit}::bigint`}`)
    return rows.map(({ import_id: importId, ...rest }) => ({ ...rest, importId }))
  }

  async one(id: number): Promise<Sealed> {
    const [found] = await this.open({ id })
    if (!found) throw noSuchReject(id)
    return found
  }

  /** The line itself; refuses with `identity.unreadable` where it was sealed with another secret. */
  unsealed(sealed: Uint8Array): string {
    return this.#identity.unseal(Buffer.from(sealed))
  }

  /** Notes that lines were read again in vain, and why. */
  async refusedAgain(refused: readonly { id: number; problem: Problem }[]): Promise<void> {
    if (refused.length === 0) return
    const rows = refused.map(({ id, problem: { code, message, fix } }) => ({
      id,
      code,
      message: storable(message),
      fix: fix && storable(fix),
    }))
    await this.#store.query(sql`
      update reject set attempts = attempts + 1, code = r.code, message = r.message, fix = r.fix
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id bigint, code text, message text, fix text) where reject.id = r.id`)
  }

  async remove(ids: readonly number[]): Promise<number> {
    return (await this.#store.query(sql`delete from reject where id = any(${[...ids]}::bigint[]) returning id`)).length
  }

  /** Deletes lines that name an erased person, or that nobody can look into; a page at a time. */
  async erasePerson(eye: Eye, { dryRun }: { dryRun: boolean }): Promise<number> {
    let erased = 0
    for (let after = 0; ;) {
      const page = await this.#store.query<{ id: number; sealed: Uint8Array; told: string }>(sql`
        select id, sealed, concat_ws(' ', message, fix) as told from reject where id > ${after}::bigint order by id limit ${PAGE}`)
      const named = page.filter(({ sealed, told }) => eye.without(told) !== told || this.#names(sealed, eye)).map(({ id }) => id)
      if (!dryRun && named.length) await this.remove(named)
      erased += named.length
      if (page.length < PAGE) return erased
      after = page.at(-1)!.id
    }
  }

  #names(sealed: Uint8Array, eye: Eye): boolean {
    try {
      const raw = this.unsealed(sealed)
      return eye.without(raw) !== raw
    } catch (error) {
      if (error instanceof Refusal) return true
      throw error
    }
  }

  async #insert(rows: readonly Record<string, unknown>[], importId: number): Promise<number> {
    const kept = await this.#store.query<{ fresh: boolean }>(sql`
      insert into reject (import_id, at, hash, sealed, code, message, fix, line)
      select ${importId}::bigint, ${instant(this.#clock())}, r.hash, decode(r.sealed, 'base64'), r.code, r.message, r.fix, r.line
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(hash text, sealed text, code text, message text, fix text, line bigint)
      on conflict (hash) do update set import_id = excluded.import_id, at = excluded.at, code = excluded.code, message = excluded.message, fix = excluded.fix, line = excluded.line
      returning xmax = 0 as fresh`)
    return kept.filter((one) => one.fresh).length
  }

  async #dropOldest(): Promise<void> {
    const dropped = await this.#store.query(sql`
      delete from reject where id <= (
        select max(id) from (select id, row_number() over newest as place, sum(octet_length(sealed)) over newest as bytes from reject window newest as (order by id desc)) r
        where place > ${this.#limits.rejects}::bigint or bytes > ${this.#limits.bytes}::bigint) returning id`)
    if (dropped.length) await this.#settings.write(DROPPED, ((await this.#settings.read<number>(DROPPED)) ?? 0) + dropped.length)
  }
}

export function noSuchReject(id: number): Refusal {
  return new Refusal('intake.no_such_reject', `There is no reject ${id}`, {
    status: 404,
    fix: 'It was read again or discarded; the list shows what is left.',
  })
}

function hashOf(raw: string): string {
  return createHash('sha256').update(raw).digest('hex')
}

function storable(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}
