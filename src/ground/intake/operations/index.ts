import { changeConnection } from './change.ts'
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
import { listRetention, setRetention } from './retention.ts'
import { addWatch, listWatches, readCursor, removeWatch, writeCursor } from './watches.ts'

/** What callers may do with imports, rejects, watches, connections and how long records are kept. */
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
  changeConnection,
  pauseConnection,
  giveSecrets,
  removeConnection,
  backfillConnection,
  steerPulls,
  testConnection,
  listRetention,
  setRetention,
] as const
