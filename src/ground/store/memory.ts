import { EmbeddedEngine } from './embedded/engine.ts'
import { withLease } from './engine.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { DEFAULT_DEADLINE_MS } from './open.ts'
import { PostgresStore } from './postgres-store.ts'
import type { Store } from './store.ts'

/**
 * An embedded store that lives in memory and is gone when closed; for tests and dry runs.
 * @param options.image what `migratedImage` gave: starts in a fraction of the time
 */
export async function openMemoryStore(options: { image?: Uint8Array<ArrayBuffer>; deadlineMs?: number } = {}): Promise<Store> {
  return new PostgresStore(await migratedEngine(options.image ?? null, options.deadlineMs ?? DEFAULT_DEADLINE_MS))
}

/** What PostgreSQL makes other databases from: two thirds of the files of an empty store, and nothing is made from them. */
const WITHOUT_TEMPLATES = [
  'update pg_database set datistemplate = false where datistemplate',
  'drop database template0',
  'drop database template1',
]

/** The data folder of a freshly migrated store as a tar file, to open many from. */
export async function migratedImage(): Promise<Uint8Array<ArrayBuffer>> {
  const engine = await migratedEngine(null, DEFAULT_DEADLINE_MS)
  try {
    await withLease(engine, 'interactive', async (lease) => {
      for (const statement of WITHOUT_TEMPLATES) await lease.run(statement)
    })
    return await engine.image()
  } finally {
    await engine.close()
  }
}

async function migratedEngine(image: Uint8Array<ArrayBuffer> | null, deadlineMs: number): Promise<EmbeddedEngine> {
  const engine = await EmbeddedEngine.start({ folder: null, durable: false, image }, deadlineMs)
  if (!image) {
    const migrations = await readMigrations()
    await withLease(engine, 'interactive', (lease) => migrate(lease, engine.mode, migrations))
  }
  return engine
}
