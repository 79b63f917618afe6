import { resolve } from 'node:path'
import type { Ground } from '../ground/index.ts'
import type { ScanSink } from '../sources/git/index.ts'

const SCANNER = 'user:default/scan'

/** After this many new records the planner's picture of the tables is stale; it is refreshed at once. */
const MANY = 2_000

/** Takes what a scan finds straight into the store of this process, on the background lane. */
export function groundSink(ground: Ground, by = SCANNER): (repository: string) => Promise<ScanSink> {
  return async (repository) => {
    const key = `cursor:scan:${resolve(repository)}`
    let appended = 0
    return {
      cursor: await ground.intake.setting<Record<string, unknown>>(key),
      append: async (records) => {
        await ground.store.background(() => ground.ledger.append(records, { by }))
        appended += records.length
      },
      retract: async (which, { undo }) => {
        await ground.store.background(async () => {
          for (const one of which) await ground.ledger.retract(one, { by, at: ground.ledger.now(), undo })
        })
      },
      entities: async (folder, drafts) => {
        await ground.store.background(() => ground.catalog.applyFolder(folder, drafts, { by, origin: 'inferred' }))
      },
      packages: async (subject, told) => {
        await ground.store.background(() => ground.catalog.tellPackages(subject, told, { by }))
      },
      wasRead: (folder) => ground.store.background(() => ground.catalog.wasRead(folder)),
      people: async (origin, pairs) => {
        await ground.store.background(() => ground.identity.people.told(pairs, origin, by))
      },
      saveCursor: async (cursor) => {
        await ground.intake.setSetting(key, cursor)
        if (appended > MANY) await ground.store.maintain()
      },
    }
  }
}
