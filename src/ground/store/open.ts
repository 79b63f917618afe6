import { EmbeddedEngine } from './embedded/engine.ts'
import { claimFolder } from './embedded/folder.ts'
import { type Engine, withLease } from './engine.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { PostgresStore } from './postgres-store.ts'
import type { Store, StoreOptions } from './store.ts'

/** How long one statement may take when nobody says otherwise. */
export const DEFAULT_DEADLINE_MS = 60_000

/**
 * Opens the store: takes its lock and starts the embedded database, or connects to the server, and brings the schema
 * up to date. Refuses (`Refusal`) a folder that is in use, unreadable or not writable, a server that does not answer,
 * and a store of a newer version.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options)
  try {
    const migrations = await readMigrations()
    await withLease(engine, 'interactive', (lease) => migrate(lease, engine.mode, migrations))
    return new PostgresStore(engine)
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** The engine alone, whatever its schema. */
export async function openEngine(options: StoreOptions): Promise<Engine> {
  const { databaseUrl, folder, address = null, deadlineMs = DEFAULT_DEADLINE_MS } = options
  if (databaseUrl) return (await import('./server/engine.ts')).ServerEngine.connect(databaseUrl, deadlineMs)
  if (!folder) throw new Error('openStore needs a folder or a databaseUrl')
  const { files, lock } = await claimFolder(folder, address)
  try {
    return await EmbeddedEngine.start({ folder: files, durable: true, image: null }, deadlineMs, () => lock.release())
  } catch (error) {
    lock.release()
    throw error
  }
}
