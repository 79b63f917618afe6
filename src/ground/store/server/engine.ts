import pg from 'pg'
import { Refusal } from '../../core/index.ts'
import type { Engine, Lane, Snapshot } from '../engine.ts'
import { closed } from '../errors.ts'
import { Lanes } from '../lanes.ts'
import { serverError, ServerLease, TYPES } from './connection.ts'

const OLDEST_POSTGRES = 150_000
const POOL_SIZE = 10

/** The pool waits for it, although its types do not say so. Values are then written as `parserOf` reads them. */
async function prepare(client: pg.ClientBase, deadlineMs: number): Promise<void> {
  client.on('error', () => undefined) // a lost connection also fails the statement that runs on it
  const settings = {
    TimeZone: 'UTC',
    DateStyle: 'ISO',
    IntervalStyle: 'postgres',
    bytea_output: 'hex',
    statement_timeout: String(deadlineMs),
  }
  await client.query('select set_config(key, value, false) from json_each_text($1)', [JSON.stringify(settings)])
}

/** A PostgreSQL server through a pool. Background work never takes the last connections. */
export class ServerEngine implements Engine {
  readonly mode = 'server'
  readonly deadlineMs: number
  readonly #pool: pg.Pool
  readonly #lanes = new Lanes(POOL_SIZE, POOL_SIZE / 2)

  private constructor(databaseUrl: string, deadlineMs: number) {
    this.deadlineMs = deadlineMs
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      max: POOL_SIZE,
      types: TYPES,
      application_name: 'throughline',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      onConnect: (client): unknown => prepare(client, deadlineMs),
    })
    this.#pool.on('error', () => undefined) // an idle connection was lost; the pool makes another
  }

  static async connect(databaseUrl: string, deadlineMs: number): Promise<ServerEngine> {
    const engine = new ServerEngine(databaseUrl, deadlineMs)
    try {
      const lease = await engine.lease('interactive')
      const { rows } = await lease.run('show server_version_num')
      lease.release()
      const version = Number((rows[0] as { server_version_num: string }).server_version_num)
      if (version < OLDEST_POSTGRES)
        throw new Refusal(
          'store.postgres_too_old',
          `The database server is PostgreSQL ${Math.floor(version / 10_000)}; Throughline needs 15 or newer.`,
          { status: 503, fix: 'Upgrade the server, or unset DATABASE_URL to use the embedded store.' },
        )
    } catch (error) {
      await engine.close()
      throw error
    }
    return engine
  }

  async lease(lane: Lane): Promise<ServerLease> {
    if (this.#pool.ending) throw closed()
    const leave = await this.#lanes.enter(lane)
    try {
      return new ServerLease(await this.#pool.connect(), this.deadlineMs, leave)
    } catch (error) {
      leave()
      throw serverError(error)
    }
  }

  async snapshot(): Promise<Snapshot> {
    const lease = await this.lease('background')
    try {
      await lease.run('begin isolation level repeatable read read only')
    } catch (error) {
      lease.release(true)
      throw error
    }
    return {
      connection: lease,
      close: async () => {
        await lease.run('rollback').then(
          () => lease.release(),
          () => lease.release(true),
        )
      },
    }
  }

  waiting(): Record<Lane, number> {
    return this.#lanes.waiting()
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }
}
