import { fsyncSync, fstatSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

type Init = NodeFS['init']

/** The part of Emscripten's Node file system (its NODEFS) that is changed here. */
interface NodeFiles {
  NODEFS: {
    tryFSOperation<T>(work: () => T): T
    stream_ops: {
      write(stream: OpenFile, ...rest: unknown[]): number
      fsync?(stream: OpenFile): number
    }
  }
}

interface OpenFile {
  /** Node's file descriptor. */
  nfd: number
  node: { parent: { name: string } }
}

/**
 * Data files on disk that are really written: PGlite's own file system answers PostgreSQL's fsync without asking the
 * disk, so an acknowledged commit would not survive the death of the machine. Also counts what goes into the
 * write-ahead log, because PGlite never makes a checkpoint by itself.
 */
export class DurableFiles extends NodeFS {
  /** Bytes written to the write-ahead log since the last checkpoint. */
  walBytes = 0

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
    operations.write = (stream, ...rest) => {
      const written = write(stream, ...rest)
      if (stream.node.parent.name === 'pg_wal') this.walBytes += written
      return written
    }
    operations.fsync = (stream) => {
      files.tryFSOperation(() => sync(stream.nfd))
      return 0
    }
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
