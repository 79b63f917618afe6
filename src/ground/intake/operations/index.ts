import {
  connectSource,
  giveSecrets,
  listConnections,
  listSources,
  pauseConnection,
  readConnection,
  removeConnection,
} from './connections.ts'
import { beginImport, finishImport, listImports, takeBatch } from './imports.ts'
import { backfillConnection, steerPulls, testConnection } from './pulls.ts'
import { discardReject, listRejects, readReject, retryRejects } from './rejects.ts'
import { addWatch, listWatches, readCursor, removeWatch, writeCursor } from './watches.ts'

/** What callers may do with imports, rejects and watches. */
export const intakeOperations = [
  beginImport,
  takeBatch,
  finishImport,
  listImports,
  listRejects,
  readReject,
  retryRejects,
  discardReject,
  listWatches,
  addWatch,
  removeWatch,
  readCursor,
  writeCursor,
  listSources,
  listConnections,
  readConnection,
  connectSource,
  pauseConnection,
  giveSecrets,
  removeConnection,
  backfillConnection,
  steerPulls,
  testConnection,
] as const
