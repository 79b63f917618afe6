import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Ground } from '../../ground/index.ts'
import type { Watch } from '../../ground/intake/index.ts'
import { declarations } from '../../sources/files/index.ts'
import { type ScanProgress, type ScanReport, scanRepository } from '../../sources/git/index.ts'
import { groundSink } from '../ground-sink.ts'
import { applyFolder } from '../intent-folder.ts'
import { readInThread } from './reading/read-in-thread.ts'

const READER = 'user:default/scan'

/** Where a repository keeps its intent, its decisions and its place in the catalogue. */
const INTENT = ['throughline', 'catalog-info.yaml', 'docs/decisions', 'docs/adr', 'doc/adr', 'docs/architecture/decisions', 'adr']

/** Reads what is new in a repository. */
export async function readRepository(ground: Ground, path: string, onProgress?: (progress: ScanProgress) => void): Promise<ScanReport> {
  const sink = await groundSink(ground)(path)
  return scanRepository(path, { sink, declarations, now: ground.clock(), ...(onProgress ? { onProgress } : {}) })
}

/** Applies what a repository says of its intent. */
export async function readIntent(ground: Ground, repository: string): Promise<void> {
  for (const place of INTENT) {
    const path = join(repository, place)
    if (existsSync(path)) await readOneFolder(ground, path)
  }
}

async function readOneFolder(ground: Ground, path: string): Promise<Record<string, unknown>> {
  const { problems, ...counts } = await applyFolder(path, readInThread, ({ folder, drafts, ...how }) =>
    ground.catalog.applyFolder(folder, drafts, { ...how, by: READER }),
  )
  return { ...counts, problems: problems.length }
}

/** Whether the time of any watch has come. */
export async function anyWatchDue({ intake }: Pick<Ground, 'intake'>): Promise<boolean> {
  return (await intake.watchesDue()).length > 0
}

/** Reads every watch whose time has come; a failure is kept with the watch and does not stop the others. */
export async function readDueWatches(ground: Ground): Promise<void> {
  for (const watch of await ground.intake.watchesDue()) {
    try {
      await ground.intake.watched(watch.id, { result: await read(ground, watch) })
    } catch (error) {
      await ground.intake.watched(watch.id, { error: (error as Error).message })
    }
  }
}

async function read(ground: Ground, watch: Watch): Promise<Record<string, unknown>> {
  if (watch.kind === 'folder') return readOneFolder(ground, watch.path)
  const { commits, newCommits, changes, deployments } = await readRepository(ground, watch.path)
  await readIntent(ground, watch.path)
  return { commits, newCommits, changes, deployments }
}
