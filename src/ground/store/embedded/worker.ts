/** The thread of the embedded database: answers one request at a time. Started by DatabaseThread. */
import { parentPort, workerData } from 'node:worker_threads'
import { messages, PGlite } from '@electric-sql/pglite'
import type { ErrorFields } from '../errors.ts'
import { DurableFiles } from './durable-files.ts'
import type { Reply, Request, WorkerStart } from './messages.ts'
import { execute, type Executed } from './protocol.ts'
import { Statements } from './statements.ts'

/** The most of one piece of an answer: 2,000 rows of ten columns, or a megabyte of JSON, take the reading thread about 5 ms. */
const PIECE_ROWS = 2000
const PIECE_BYTES = 1024 * 1024
/** A checkpoint for each so many bytes of write-ahead log: bounds its size and the time a restart takes. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024
/** One takes a few hundred files to the disk (measured: 0.25 s), so it is made earlier where nobody asks anything for a while. */
const EARLY = { bytes: CHECKPOINT_BYTES / 4, idleMs: 200 }
const KEPT_LINES = 20
/** A line of PostgreSQL's log that begins so; what users wrote may stand further on, or in lines that begin with a tab. */
const PANIC = /^\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] (PANIC|FATAL):/

/**
 * Statements are kept read, not planned: see `Statements`. PostgreSQL plans for a disk that has to turn, where a page out of
 * order costs four in order, and for a hundred connections that share the memory: it would rather read a whole table than a
 * half of it by an index, and sort in files. Here one statement runs at a time, on a disk or in memory without such delays.
 */
const PARAMETERS = [
  ...PGlite.defaultStartParams,
  ...['plan_cache_mode=force_custom_plan', 'random_page_cost=1.1', 'work_mem=16MB'].flatMap((setting) => ['-c', setting]),
]

/**
 * PGlite starts with fsync off (-F). New files of the write-ahead log are not filled with zeros first: every byte would be
 * written twice, and counted towards the next checkpoint.
 */
const DURABLE = [
  ...PARAMETERS.filter((parameter) => parameter !== '-F'),
  ...['fsync=on', 'wal_sync_method=fsync', 'max_wal_size=256MB', 'wal_init_zero=off'].flatMap((setting) => ['-c', setting]),
]

/** PostgreSQL clears its buffers when it starts, 128 MB unless told otherwise; what lies in memory need not be buffered again. */
const IN_MEMORY = [...PARAMETERS, '-c', 'shared_buffers=16MB']

/** What Emscripten's file system throws is no Error: it has a number alone (WASI preview 1, errno). */
const ERRNO: Record<number, string> = {
  2: 'Permission denied',
  19: 'Disk quota exceeded',
  29: 'Input/output error',
  51: 'No space left on device',
  69: 'Read-only file system',
}

/** Bytes as PGlite takes them, without the two copies an ordinary Blob would make. */
class Bytes extends Blob {
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super()
    this.#bytes = bytes
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteLength } = this.#bytes
    return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? buffer : Uint8Array.from(this.#bytes).buffer
  }
}

const port = parentPort!
const start: WorkerStart = workerData
const statements = new Statements()
const lines: string[] = []
const files = start.folder === null ? null : new DurableFiles(start.folder)
let pending: Executed | null = null
/** Rows of it already sent. */
let sent = 0
let holdCheckpoints = false
let ready = false

const db = await open().catch((error: unknown) => {
  send({ reply: 'failed', error: { message: [errorFields(error).message, ...lines].join('\n'), code: '' } })
  process.exit(1)
})
let answered: Promise<void> = Promise.resolve()
let idle: NodeJS.Timeout | undefined
port.on('message', (request: Request) => {
  clearTimeout(idle)
  answered = answered.then(() => answer(request))
})
ready = true
send({ reply: 'ready' })

async function open(): Promise<PGlite> {
  const log = { onStderr: keepLine, onStdout: keepLine }
  if (!files) return PGlite.create({ ...log, startParams: IN_MEMORY, ...(start.image ? { loadDataDir: new Bytes(start.image) } : {}) })
  return PGlite.create({ ...log, fs: files, startParams: start.durable ? DURABLE : PARAMETERS })
}

async function answer(request: Request): Promise<void> {
  try {
    if (request.ask === 'run') {
      sent = 0
      pending = await execute(db, statements, request.text, request.parameters)
      sendPiece()
    } else if (request.ask === 'more') {
      sendPiece()
    } else if (request.ask === 'script') {
      statements.forgetAll()
      await db.exec(request.text)
      send({ reply: 'done' })
    } else if (request.ask === 'copyIn') {
      await db.query(request.text, [], { blob: new Bytes(request.data) })
      send({ reply: 'done' })
    } else if (request.ask === 'copyOut') {
      const { blob } = await db.query(request.text)
      sendBytes(blob ? await blob.arrayBuffer() : new ArrayBuffer(0))
    } else if (request.ask === 'image') {
      sendBytes(await (await db.dumpDataDir('none')).arrayBuffer())
    } else if (request.ask === 'holdCheckpoints') {
      holdCheckpoints = request.hold
      send({ reply: 'done' })
    } else {
      await db.close()
      send({ reply: 'done' })
      port.close()
      return
    }
    if (!files || holdCheckpoints || pending) return
    if (files.walBytes >= CHECKPOINT_BYTES) await checkpoint(files)
    else if (files.walBytes >= EARLY.bytes) idle = setTimeout(() => void (answered = answered.then(() => checkpoint(files))), EARLY.idleMs)
  } catch (error) {
    send({ reply: 'failed', error: errorFields(error) })
  }
}

/** After the answer, so that only whoever comes next waits. In a failed transaction it has to wait for its end. */
async function checkpoint(wal: DurableFiles): Promise<void> {
  if (db.isInTransaction()) return
  wal.walBytes = 0
  await execute(db, statements, 'checkpoint', []).catch((error: unknown) => keepLine(errorFields(error).message))
}

function sendPiece(): void {
  const { columns, rows, sizes, tag } = pending!
  const from = sent
  let bytes = 0
  while (sent < rows.length && sent - from < PIECE_ROWS && bytes < PIECE_BYTES) bytes += sizes[sent++]!
  const more = sent < rows.length
  send({ reply: 'rows', columns, rows: rows.slice(from, sent), tag, more })
  if (more) return
  pending = null
  sent = 0
}

function sendBytes(bytes: ArrayBuffer): void {
  port.postMessage({ reply: 'bytes', bytes: new Uint8Array(bytes) } satisfies Reply, [bytes])
}

function send(reply: Reply): void {
  port.postMessage(reply)
}

/** A panic of the running database ends it, but PGlite goes on asking it: the owner has to hear of it and end this thread. */
function keepLine(line: string): boolean {
  lines.push(line)
  if (lines.length > KEPT_LINES) lines.shift()
  if (ready && PANIC.test(line)) send({ reply: 'panic', lines: [...lines] })
  return false
}

function errorFields(error: unknown): ErrorFields {
  if (!(error instanceof messages.DatabaseError)) return { message: messageOf(error), code: '' }
  const { message, code = '', detail, hint, constraint, table, column } = error
  return { message, code, detail, hint, constraint, table, column }
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message
  const errno = typeof error === 'object' && error !== null && 'errno' in error ? Number(error.errno) : null
  return errno === null ? String(error) : (ERRNO[errno] ?? `the file system answered with error ${errno}`)
}
