import { fsyncSync, fstatSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Init = NodeFS['init']

/** The part of Emscripten's Node file system (its NODEFS) that is changed here. */
interface NodeFiles {
  NODEFS: {
    tryFSOperation<T>(work: () => T): T
    stream_ops: {
      write(stream: OpenFile, buffer: unknown, offset: number, length: number, position: number): number
      fsync?(stream: OpenFile): number
    }
  }
}

interface OpenFile {
  /** Node's file descriptor. */
  nfd: number
  node: { name: string; parent: { name: string } }
}

/**
 * Data files on disk that are really written: PGlite's own file system answers PostgreSQL's fsync without asking the
 * disk, so an acknowledged commit would not survive the death of the machine. Also counts by how much the write-ahead log
 * grows, because PGlite never makes a checkpoint by itself.
 */
export class DurableFiles extends NodeFS {
  /**
   * By how much the write-ahead log grew since the last checkpoint. Its last page is written again with each commit (measured:
   * 40,500 small commits, each a page of 8 KB, are 5.9 MB of log).
   */
  walBytes = 0
  /** The file of the log that is written, and how far. */
  #wal = { file: '', end: 0 }

  override async init(...[db, options]: Parameters<Init>): ReturnType<Init> {
    const { emscriptenOpts } = await super.init(db, options)
    const preRun = emscriptenOpts.preRun ?? []
    if (!Array.isArray(preRun)) throw new Error('PGlite changed how it starts: preRun is no list')
    preRun.push((module: unknown) => this.#harden((module as NodeFiles).NODEFS)) // proven boundary: checked by the durability tests
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }

  #harden(files: NodeFiles['NODEFS']): void {
    const { stream_ops: operations } = files
    const write = operations.write
    operations.write = (stream, buffer, offset, length, position) => {
      const written = write(stream, buffer, offset, length, position)
      if (stream.node.parent.name === 'pg_wal') this.#note(stream.node.name, position, position + written)
      return written
    }
    operations.fsync = (stream) => {
      files.tryFSOperation(() => sync(stream.nfd))
      return 0
    }
  }

  #note(file: string, start: number, end: number): void {
    if (file !== this.#wal.file) this.#wal = { file, end: start }
    this.walBytes += Math.max(0, end - this.#wal.end)
    this.#wal.end = Math.max(this.#wal.end, end)
  }
}

function sync(descriptor: number): void {
  try {
    fsyncSync(descriptor)
  } catch (error) {
    // Windows cannot flush a folder; PostgreSQL itself skips it there.
    if (process.platform !== 'win32' || !fstatSync(descriptor).isDirectory()) throw error
  }
}
