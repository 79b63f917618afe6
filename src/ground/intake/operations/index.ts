import { changeConnection } from './change.ts'
import { connectSource, giveSecrets, pauseConnection, removeConnection, renewConnection } from './connect.ts'
import { listConnections, listSources, readConnection } from './connections.ts'
import { beginImport, finishImport, listImports, takeBatch } from './imports.ts'
import { backfillConnection, steerPulls, testConnection } from './pulls.ts'
import { correctReject, discardReject, listRejects, readReject, retryRejects } from './rejects.ts'
import { listRetention, previewRetention, setRetention } from './retention.ts'
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
  correctReject,
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
  renewConnection,
  removeConnection,
  backfillConnection,
  steerPulls,
  testConnection,
  listRetention,
  previewRetention,
  setRetention,
] as const
