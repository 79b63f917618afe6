import { AsyncLocalStorage } from 'node:async_hooks'
import { writeBackup } from './backup/write.ts'
import { copyBinary } from './copy-binary.ts'
import { type Engine, type Lane, withLease } from './engine.ts'
import { readHealth } from './health.ts'
import { maintain } from './maintenance.ts'
import { compile, identifier, type Statement } from './statement.ts'
import type { BackupResult, MaintenanceResult, CopiedColumns, Store, StoreHealth } from './store.ts'
import { OpenTransaction } from './transactions.ts'

interface Context {
  lane: Lane
  transaction: OpenTransaction | null
}

const OUTSIDE: Context = { lane: 'interactive', transaction: null }

/** The store over either engine: finds the open transaction by calling context, leases a connection otherwise. */
export class PostgresStore implements Store {
  readonly mode: 'embedded' | 'server'
  readonly #engine: Engine
  readonly #contexts = new AsyncLocalStorage<Context>()

  constructor(engine: Engine) {
    this.#engine = engine
    this.mode = engine.mode
  }

  async query<Row>(statement: Statement<Row>): Promise<Row[]> {
    const { text, parameters } = compile(statement)
    const { lane, transaction } = this.#context()
    try {
      const { rows } = transaction
        ? await transaction.run(text, parameters)
        : await withLease(this.#engine, lane, (lease) => lease.run(text, parameters))
      return rows as Row[] // proven boundary: the statement declares the shape of its rows
    } catch (error) {
      if (error instanceof Error) Error.captureStackTrace(error) // otherwise it ends at the message of the thread or the socket
      throw error
    }
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const { lane, transaction } = this.#context()
    return transaction ? join(transaction, work) : this.#begin(lane, work)
  }

  async background<T>(work: () => Promise<T>): Promise<T> {
    const { lane, transaction } = this.#context()
    return transaction || lane === 'background' ? work() : this.#contexts.run({ lane: 'background', transaction: null }, work)
  }

  async copy(table: string, columns: CopiedColumns, rows: Iterable<readonly unknown[]>): Promise<void> {
    const target = `${identifier(table)} (${Object.keys(columns).map(identifier).join(', ')})`
    const pieces = copyBinary(columns, rows, this.mode === 'embedded')
    await this.transaction(() => this.#context().transaction!.use((lease) => lease.copyIn(target, pieces, 'binary')))
  }

  async backup(file: string): Promise<BackupResult> {
    this.#refuseInTransaction('backup')
    return writeBackup(this.#engine, file)
  }

  async maintain(): Promise<MaintenanceResult> {
    this.#refuseInTransaction('maintain')
    return maintain(this.#engine)
  }

  async health(): Promise<StoreHealth> {
    return readHealth(this, this.#engine.waiting())
  }

  async close(): Promise<void> {
    this.#refuseInTransaction('close')
    await this.#engine.close()
  }

  /** It would wait for the very connection the transaction holds. */
  #refuseInTransaction(what: string): void {
    if (this.#context().transaction) throw new Error(`store.${what} was called inside a transaction: call it outside.`)
  }

  #context(): Context {
    return this.#contexts.getStore() ?? OUTSIDE
  }

  async #begin<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
    const transaction = await OpenTransaction.begin(await this.#engine.lease(lane), lane, this.#engine.deadlineMs)
    try {
      const result = await this.#contexts.run({ lane, transaction }, work)
      await transaction.commit()
      return result
    } catch (error) {
      await transaction.rollback()
      throw error
    }
  }
}

async function join<T>(transaction: OpenTransaction, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    transaction.fail(error)
    throw error
  }
}
