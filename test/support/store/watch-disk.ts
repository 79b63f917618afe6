/**
 * Preloaded into a process (and its threads) to stand between it and the disk:
 * WATCH_DISK=count writes a line to standard error for each fsync, with the name of the folder;
 * WATCH_DISK=full:<file> lets every write fail as on a full disk while that file exists.
 */
import fs, { existsSync, type PathLike } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename, dirname } from 'node:path'

// Taken now: the names of the module itself will lead to the replacements.
const { fsyncSync, openSync, writeSync } = fs
const [task, file] = (process.env.WATCH_DISK ?? '').split(':')

if (task === 'count') {
  const paths = new Map<number, PathLike>()
  fs.openSync = (path, ...how) => {
    const descriptor = openSync(path, ...how)
    paths.set(descriptor, path)
    return descriptor
  }
  fs.fsyncSync = (descriptor) => {
    fsyncSync(descriptor)
    writeSync(2, `fsync ${basename(dirname(String(paths.get(descriptor))))}\n`)
  }
}

if (task === 'full') {
  const write = writeSync as (...parameters: unknown[]) => number
  const full = (...parameters: unknown[]): number => {
    if (Number(parameters[0]) > 2 && existsSync(file!))
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28, syscall: 'write' })
    return write(...parameters)
  }
  fs.writeSync = full as typeof fs.writeSync
}

syncBuiltinESMExports()
