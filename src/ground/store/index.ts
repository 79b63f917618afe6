/** The one database: embedded or a server, same statements, same promises. */
export { restore, type RestoreResult } from './backup/restore.ts'
export { type LockHolder, lockHolder } from './embedded/lock.ts'
export { DatabaseError } from './errors.ts'
export { migratedImage, openMemoryStore } from './memory.ts'
export { createMoments, type Moments, readAsOf } from './moments.ts'
export { openStore } from './open.ts'
export { instant, instantText, sql, type Statement } from './statement.ts'
export type { BackupResult, CopiedColumns, CopiedType, MaintenanceResult, Store, StoreHealth, StoreOptions } from './store.ts'
