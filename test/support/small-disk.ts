import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { testFolder } from './store.ts'

/** A disk that can be filled to its last byte. */
export interface SmallDisk {
  /** An empty folder on it. */
  folder: string
  fill(): void
  free(): void
  /** What a process needs to see it as full, where it is only played. */
  env: Record<string, string>
  nodeArgs: string[]
  remove(): Promise<void>
}

/**
 * A small file system of its own where this user may mount one; elsewhere a folder whose writes fail as on a full disk
 * while it is filled, so that the tests run everywhere.
 */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  const { folder: place, remove } = await testFolder()
  const filler = join(place, 'filler')
  const folder = join(place, 'data')
  if (!mounted(place, megabytes)) {
    mkdirSync(folder)
    return {
      folder,
      fill: () => writeFileSync(filler, ''),
      free: () => rmSync(filler),
      env: { WATCH_DISK: `full:${filler}` },
      nodeArgs: ['--import', new URL('store/watch-disk.ts', import.meta.url).href],
      remove,
    }
  }
  mkdirSync(folder)
  return {
    folder,
    fill: () => fillUp(filler),
    free: () => rmSync(filler),
    env: {},
    nodeArgs: [],
    remove: async () => {
      execFileSync('umount', ['--lazy', place])
      await remove()
    },
  }
}

function mounted(place: string, megabytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', place], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** In large pieces first, to the last byte. */
function fillUp(filler: string): void {
  const descriptor = openSync(filler, 'w')
  for (const bytes of [1024 * 1024, 4096, 1]) {
    try {
      for (;;) writeSync(descriptor, Buffer.alloc(bytes, 1))
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
    }
  }
  closeSync(descriptor)
}
