import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runGit, scriptedFolder, type ScriptedRepository } from './build-repository.ts'
import { scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

/** Five commits in a row, each with a file of its own. */
function begun(): { repository: ScriptedRepository; commits: string[] } {
  const repository = folder.repository()
  return {
    repository,
    commits: Array.from({ length: 5 }, (_, n) => repository.commit(`Step ${n}`, { files: { [`file-${n}`]: `${n}\n` } })),
  }
}

const objectFile = (repository: ScriptedRepository, name: string): string =>
  join(repository.path, '.git/objects', name.slice(0, 2), name.slice(2))

describe('what is missing or damaged is named, and everything else is read', () => {
  test('a missing file: its commit is there, its lines are unknown', async () => {
    const { repository, commits } = begun()
    const blob = repository.git('rev-parse', 'HEAD~2:file-2')
    rmSync(objectFile(repository, blob), { force: true })
    const { report, sink } = await scan(repository.path)
    expect(report.commits).toBe(5)
    expect(report.notes.join()).toContain(blob)
    expect(sink.one('commit', commits[2]!)).toMatchObject({ files: [['file-2', null, null]], linesUnknown: expect.stringContaining(blob) })
    expect(sink.one('commit', commits[2]!)).not.toHaveProperty('additions')
    expect(sink.one('commit', commits[3]!)).toMatchObject({ additions: 1 })
    repository.gitWith({ input: '2\n' }, 'hash-object', '-w', '--stdin')
    await scan(repository.path, sink)
    expect(sink.one('commit', commits[2]!)).toMatchObject({ additions: 1 })
  })

  test.each(['missing', 'damaged'])('a %s commit: history is read up to it', async (how) => {
    const { repository, commits } = begun()
    const file = objectFile(repository, commits[1]!)
    chmodSync(file, 0o644)
    if (how === 'missing') rmSync(file)
    else writeFileSync(file, 'no zlib stream')
    const { report, sink } = await scan(repository.path)
    expect(
      sink
        .of('commit')
        .map(({ id }) => id)
        .sort(),
    ).toEqual(commits.slice(2).sort())
    expect(report.commits).toBe(3)
    expect(report.notes.join()).toContain(commits[1])
    expect(report.notes.join()).toContain(commits[2]!.slice(0, 12))
    expect(sink.one('commit', commits[2]!)).not.toHaveProperty('additions')
  })

  test('nothing is taken back only because it cannot be read any more', async () => {
    const { repository, commits } = begun()
    const { sink } = await scan(repository.path)
    rmSync(objectFile(repository, commits[1]!))
    repository.commit('Later')
    await scan(repository.path, sink)
    expect(sink.of('commit')).toHaveLength(6)
  })

  test('a head that is missing is refused with what to do', async () => {
    const { repository, commits } = begun()
    rmSync(objectFile(repository, commits[4]!))
    expect(await scan(repository.path).catch((error: unknown) => error)).toMatchObject({
      problem: { code: 'git.damaged', message: expect.stringContaining(commits[4]!), fix: expect.stringContaining('git fsck') },
    })
  })

  test('a broken tag does not stop the others', async () => {
    const { repository } = begun()
    repository.tag('v1.0.0', { annotated: true })
    repository.tag('v1.1.0', { annotated: true })
    rmSync(objectFile(repository, repository.git('rev-parse', 'refs/tags/v1.0.0')))
    expect((await scan(repository.path)).sink.of('deployment').map(({ id }) => id)).toEqual(['v1.1.0'])
  })

  test('a partial clone is read without fetching: paths, and lines where they are there', async () => {
    const { repository, commits } = begun()
    repository.git('config', 'uploadpack.allowFilter', 'true')
    const partial = join(folder.path, 'partial')
    runGit(folder.path, ['clone', '--quiet', '--filter=blob:none', '--no-checkout', `file://${repository.path}`, partial])
    runGit(partial, ['config', 'remote.origin.url', 'file:///nowhere'])
    const { report, sink } = await scan(partial)
    expect(report.commits).toBe(5)
    expect(report.notes.join()).toContain('This is a partial clone')
    expect(sink.one('commit', commits[2]!)).toMatchObject({ files: [['file-2', null, null]] })
  })
})
