import { resolve } from 'node:path'
import { Refusal } from '../ground/core/index.ts'
import { declarations } from '../sources/files/index.ts'
import { findRepositories, scanRepository, type ScanProgress, type ScanReport, type ScanSink } from '../sources/git/index.ts'
import type { Connection } from './cli/connect.ts'
import { groundSink } from './ground-sink.ts'
import { httpSink } from './http-sink.ts'

/** Reads every repository at some paths and hands what it finds to where the connection leads. */
export async function scanInto(
  paths: readonly string[],
  connection: Pick<Connection, 'client' | 'ground'>,
  options: { onProgress?: (progress: ScanProgress) => void; watch?: boolean; signal?: AbortSignal } = {},
): Promise<{ repositories: ScanReport[] }> {
  const found = new Set<string>()
  for (const path of paths) {
    const here = await findRepositories(resolve(path))
    if (here.length === 0)
      throw new Refusal('git.no_repository', `There is no git repository at ${path}.`, {
        fix: 'Name a folder with a .git inside, a bare repository, or a folder that holds several.',
      })
    for (const repository of here) found.add(repository)
  }
  const repositories: ScanReport[] = []
  for (const repository of found) {
    const open = connection.ground ? groundSink(connection.ground) : httpSink(connection.client)
    const sink: ScanSink = await open(repository)
    repositories.push(await scanRepository(repository, { sink, declarations, now: Date.now(), ...options }))
    if (options.watch) await connection.client.ask('watch.add', { kind: 'repository', path: repository })
  }
  return { repositories }
}
