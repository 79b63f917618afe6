import { afterAll, expect, test } from 'vitest'
import { groundSink } from '../../../src/doors/ground-sink.ts'
import type { ToldPackages } from '../../../src/ground/catalog/index.ts'
import { declarations } from '../../../src/sources/files/index.ts'
import { scanRepository } from '../../../src/sources/git/index.ts'
import { testGround } from '../../support/ground.ts'
import { scriptedFolder } from './build-repository.ts'
import { MemorySink, NOW, scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

class PackageSink extends MemorySink {
  readonly told: { repository: string; packages: ToldPackages }[] = []
  packages = async (repository: string, packages: ToldPackages): Promise<void> => void this.told.push({ repository, packages })
}

const lockOf = (version: string) =>
  JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies: { left: '^1' } }, 'node_modules/left': { version } } })
const FILES = { 'package.json': '{"name":"ferry"}', 'package-lock.json': lockOf('1.0.0') }

test('a scan tells packages of HEAD, never of the work tree, and says what it passed over', async () => {
  const repository = folder.repository('ferry')
  repository.commit('Begin', {
    files: {
      ...FILES,
      'web/yarn.lock': 'broken',
      'web/package.json': '{"name":"web"}',
      'web/bun.lockb': '#!/usr/bin/env bun',
      'node_modules/x/package.json': '{"dependencies":{"y":"1"}}',
      'docs/requirements.txt': 'sphinx==1\n',
      'pnpm-lock.yaml': `lockfileVersion: '9.0'\n${'# padding that no lock file has\n'.repeat(700_000)}`,
    },
  })
  const { report, sink } = await scan(repository.path, new PackageSink())
  const [{ repository: subject, packages }] = (sink as PackageSink).told as [PackageSink['told'][number]]
  expect(subject).toBe('repository:default/ferry')
  expect(packages.files.map(({ file, unread, uses }) => [file, unread ?? uses.map(({ name, version }) => `${name} ${version}`)])).toEqual([
    ['package-lock.json', ['left 1.0.0']],
    ['pnpm-lock.yaml', 'it is larger than 20 MB, or all of them together are larger than 60 MB'],
    ['web/yarn.lock', 'it is in neither of the formats Yarn writes'],
  ])
  expect(report.notes).toEqual(
    expect.arrayContaining([
      expect.stringContaining('web/yarn.lock tells no packages, because it is in neither'),
      expect.stringContaining('pnpm-lock.yaml tells no packages, because it is larger'),
      expect.stringContaining('web/bun.lockb cannot be read here'),
    ]),
  )
})

test('a scan from before packages were read is made again for them alone; a later one tells nothing twice', async () => {
  const repository = folder.repository('older')
  repository.commit('Begin', { files: FILES })
  const { sink } = await scan(repository.path, new PackageSink())
  const { packages: _, ...earlier } = sink.cursor as Record<string, unknown>
  sink.cursor = earlier
  const records = sink.appended.length
  await scan(repository.path, sink)
  expect((sink as PackageSink).told).toHaveLength(2)
  expect(sink.appended).toHaveLength(records)
  await scan(repository.path, sink)
  expect((sink as PackageSink).told).toHaveLength(2)
})

test('the store knows what was built in at each head; a renamed repository leaves nothing behind under its old name', async () => {
  const ground = await testGround()
  const repository = folder.repository('boat')
  repository.commit('Begin', { files: { ...FILES, 'package.json': '{"name":"boat"}' } })
  const open = groundSink(ground)
  const versions = async (asOf?: number) =>
    (await ground.catalog.packages({ name: 'left', limit: 9, offset: 0 }, asOf)).packages.flatMap(({ versions }) =>
      versions.flatMap(({ version, users }) => users.map(({ ref }) => `${version} ${ref}`)),
    )
  await scanRepository(repository.path, { sink: await open(repository.path), declarations, now: NOW })
  const before = await ground.catalog.present()
  expect(await versions()).toEqual(['1.0.0 component:default/boat'])
  repository.commit('Newer', { files: { 'package-lock.json': lockOf('1.2.0'), 'package.json': '{"name":"ship"}' } })
  await scanRepository(repository.path, { sink: await open(repository.path), declarations, now: NOW })
  expect(await versions()).toEqual(['1.2.0 component:default/ship'])
  expect(await versions(before)).toEqual(['1.0.0 component:default/boat'])
  await ground.store.close()
})
