import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes the content of a file durable. */
export async function syncFile(file: string): Promise<void> {
  await sync(file, 'r+')
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await sync(folder, 'r') // cannot be opened there, and need not be
}

/** Makes a folder and all that is in it durable. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    await (entry.isDirectory() ? syncTree(path) : syncFile(path))
  }
  await syncFolder(folder)
}

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
