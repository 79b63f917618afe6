import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One numbered SQL file of the `migrations` folder. */
export interface Migration {
  /** File name without `.sql`: `0001_ledger`. */
  name: string
  text: string
  /** SHA-256 of the text with plain line ends. */
  hash: string
}

/** All migrations in the order they run. */
export async function readMigrations(folder = migrationsFolder()): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_.+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async (file) => {
      const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
      return { name: file.slice(0, -'.sql'.length), text, hash: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** The nearest `migrations` folder above this file: beside `src` in a checkout, beside the built code in a package. */
function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'migrations', '0001_ledger.sql'))) {
    if (folder === dirname(folder)) throw new Error('The folder of migrations is missing from this installation.')
    folder = dirname(folder)
  }
  return join(folder, 'migrations')
}
