import { open } from 'node:fs/promises'

/** Makes the content of a file durable. */
export async function syncFile(file: string): Promise<void> {
  await sync(file, 'r+')
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform !== 'win32') await sync(folder, 'r') // cannot be opened there, and need not be
}

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
