import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ScriptedRepository } from '../../conformance/git/build-repository.ts'
import { dataFolder, testFolder } from '../../support/store.ts'
import { type Server, startServer, throughline } from '../../support/throughline.ts'

let place: { folder: string; remove: () => Promise<void> }
let data: { folder: string; remove: () => Promise<void> }
let server: Server
beforeAll(async () => {
  place = await testFolder()
  data = await dataFolder()
  server = await startServer({ data: data.folder })
})
afterAll(async () => {
  await server.stop()
  await place.remove()
  await data.remove()
})

interface Scanned {
  repositories: { path: string; subject: string; commits: number; deployments: number }[]
}
const scan = async (path: string, cwd: string) => {
  const run = await throughline(['scan', path, '--json'], { data: data.folder, cwd })
  expect(run.code, run.err).toBe(0)
  return (JSON.parse(run.out) as Scanned).repositories
}

test('shell characters and leading dashes in names of repositories, branches and tags are only names', async () => {
  const folder = join(place.folder, 'named')
  const names = [
    '--upload-pack=touch pwned',
    '-c core.pager=touch${IFS}pwned',
    '$(touch pwned)',
    '`touch pwned`;&& | > pwned2',
    'it\'s "quoted" * ?',
  ]
  for (const name of names) {
    const repository = new ScriptedRepository(join(folder, name))
    repository.git('symbolic-ref', 'HEAD', 'refs/heads/--output=pwned;$(touch${IFS}pwned)')
    repository.commit('One', { files: { '--exec=touch pwned': 'b\n' } })
    repository.git('update-ref', 'refs/tags/-v1.0.0;touch${IFS}pwned', 'HEAD')
    repository.git('update-ref', 'refs/tags/v1.0.0', 'HEAD')
  }
  const together = await scan(folder, place.folder)
  expect(together.map(({ commits, deployments }) => [commits, deployments])).toEqual(names.map(() => [1, 1]))
  const [alone] = await scan(join(folder, names[0]!), place.folder)
  expect(alone!.subject).toMatch(/^repository:default\/[a-z0-9._-]+$/)
  const written = readdirSync(place.folder, { recursive: true, encoding: 'utf8' }).filter((path) => /(^|\/)pwned2?$/.test(path))
  expect(written).toEqual([])
  expect(existsSync(join(process.cwd(), 'pwned'))).toBe(false)
  expect(await server.get('/api/brief')).toMatchObject({ claims: expect.any(Array) })
})

test('a repository with ten thousand tags is scanned, and the server stays up', async () => {
  const repository = new ScriptedRepository(join(place.folder, 'tagged'))
  const tags = Array.from({ length: 10_000 }, (_, n) => `reset refs/tags/v${n}.0.0\nfrom :1\n\n`)
  const commit = 'commit refs/heads/main\nmark :1\ncommitter A <a@b.example> 1768000000 +0000\ndata 2\nx\n\n'
  repository.gitWith({ input: [commit, ...tags].join('') }, 'fast-import', '--quiet')
  const [report] = await scan(repository.path, place.folder)
  expect(report).toMatchObject({ commits: 1, deployments: 10_000 })
  const before = await server.get<{ kinds: { kind: string; records: number }[] }>('/api/evidence')
  expect(await scan(repository.path, place.folder)).toMatchObject([{ newCommits: 0 }])
  expect(await server.get('/api/evidence')).toEqual(before)
})
