import type { Socket } from 'node:net'
import pg from 'pg'
import { Refusal } from '../../ground/core/index.ts'
import type { Remote } from '../../ground/intake/index.ts'

const CONNECT_MS = 10_000
/** For one statement; a page may be asked several times. */
const STATEMENT_MS = 60_000
/** Bytes of one connection, far above any page. */
const MOST_BYTES = 256 * 1024 * 1024
const PARAMETERS = new Set(['sslmode'])

/** Runs some statements in a transaction that cannot write, on a connection of its own. */
export async function readingOnly<T>(
  text: string,
  remote: Pick<Remote, 'socket'>,
  work: (query: (statement: string, values: readonly unknown[]) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
  const address = addressIn(text)
  const socket = remote.socket()
  const client = new pg.Client({ ...address, stream: () => socket, ...HOW })
  client.on('error', () => undefined) // a lost connection also fails the statement that runs on it
  const watch = setInterval(() => socket.bytesRead > MOST_BYTES && socket.destroy(tooLarge()), 200)
  try {
    await client.connect()
    await client.query('begin read only')
    await client.query(`set local statement_timeout = ${STATEMENT_MS}; set local timezone = 'UTC'; set local datestyle = 'ISO'`)
    return await work(async (statement, values) => (await client.query<Record<string, unknown>>(statement, [...values])).rows)
  } catch (error) {
    throw refusalOf(error, `${address.host}:${address.port}`)
  } finally {
    clearInterval(watch)
    await ended(client, socket)
  }
}

const HOW = {
  application_name: 'throughline',
  connectionTimeoutMillis: CONNECT_MS,
  // For a server that does not keep to its own.
  query_timeout: STATEMENT_MS + 5_000,
  // Texts as they come: nothing is made of a value before it is looked at.
  types: { getTypeParser: () => (value: string) => value },
}

/** Says goodbye, and hangs up whether or not that is heard. */
async function ended(client: pg.Client, socket: Socket): Promise<void> {
  const goodbye = client.end().catch(() => undefined)
  await Promise.race([goodbye, new Promise((done) => setTimeout(done, 1_000).unref())])
  socket.destroy()
}

/**
 * What a connection string says. Everything is stated, so that nothing is taken from this process's own environment, and
 * parameters that name files of this machine are refused.
 */
export function addressIn(text: string) {
  const url = URL.parse(text)
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol) || !url.hostname || !url.username || url.pathname.length < 2)
    throw badAddress('is not one', 'Write it as postgres://user:password@host:5432/database.')
  const other = [...url.searchParams.keys()].find((name) => !PARAMETERS.has(name))
  if (other !== undefined) throw badAddress(`has the parameter ${other}`, 'Only sslmode is known; leave the others out.')
  const password = decoded(url.password)
  return {
    host: decoded(url.hostname).replace(/^\[|\]$/g, ''),
    port: Number(url.port || 5432),
    user: decoded(url.username),
    password: () => password,
    database: decoded(url.pathname.slice(1)),
    ssl: securityOf(url.searchParams.get('sslmode') ?? 'disable'),
  }
}

/** As PostgreSQL calls them; what is encrypted is also checked, unless it is said not to be. */
function securityOf(mode: string): false | { rejectUnauthorized: boolean } {
  if (mode === 'disable') return false
  if (mode === 'no-verify') return { rejectUnauthorized: false }
  if (/^(?:require|verify-ca|verify-full)$/.test(mode)) return { rejectUnauthorized: true }
  throw badAddress(`has the sslmode ${mode.slice(0, 40)}`, 'Use disable, no-verify, require or verify-full.')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw badAddress('has a % that stands for nothing', 'Write % as %25 in it.')
  }
}

function badAddress(what: string, fix: string): Refusal {
  return new Refusal('sql.bad_address', `The connection string ${what}.`, { fix })
}

function tooLarge(): Refusal {
  return new Refusal('outgoing.too_large', `The database sends more than ${MOST_BYTES / 1024 / 1024} MB at once.`, {
    fix: 'Return fewer and shorter columns.',
  })
}

/** Why it did not work, in the database's own words; what may pass is tried again. */
function refusalOf(error: unknown, place: string): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error
  const { code = '', message } = error as Error & { code?: string }
  if (!(error instanceof pg.DatabaseError))
    return new Refusal('outgoing.unreachable', `The database at ${place} cannot be reached (${code || message}).`, {
      status: 502,
      fix: 'Check host, port and sslmode of the connection string, and that this machine may reach it.',
    })
  if (/^(?:28|3D)/.test(code))
    return new Refusal('pull.unauthorized', `The database at ${place} refuses the sign-in: ${message}.`, {
      status: 502,
      fix: 'Correct user, password and database in the connection string, then resume.',
    })
  if (code === '57014')
    return new Refusal('sql.too_slow', `The statement took more than ${STATEMENT_MS / 1000} seconds.`, {
      fix: 'Use $since in its condition, with an index on that column, or read from a table of totals; then resume.',
    })
  if (/^(?:08|40|53|57)/.test(code))
    return new Refusal('outgoing.unreachable', `The database at ${place} cannot answer now: ${message}.`, { status: 502 })
  return new Refusal('sql.refused', `The database refuses the statement: ${message}.`, {
    fix: 'Correct the statement, which has to be one SELECT that returns at and value, under "Edit settings" or with throughline sources set; it is then read from the beginning.',
  })
}
