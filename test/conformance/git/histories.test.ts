import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runGit, scriptedFolder } from './build-repository.ts'
import { NOW, scan } from './memory-sink.ts'

const folder = scriptedFolder()
afterAll(folder.clear)

describe('whatever shape a history has, the scan counts the commits git counts', () => {
  test('a repository nobody committed to has no commits, and says so', async () => {
    const repository = folder.repository('empty')
    const { report, sink } = await scan(repository.path)
    expect(report).toMatchObject({
      subject: 'repository:default/empty',
      commits: 0,
      newCommits: 0,
      changes: 0,
      deployments: 0,
      authors: 0,
      bots: [],
    })
    expect(report.notes).toEqual(['Nothing has been committed here yet.'])
    expect(sink.state()).toEqual([])
  })

  test('a line of commits with renames, binary files and an empty message', async () => {
    const repository = folder.repository()
    repository.commit('First', { files: { 'a.txt': 'one\ntwo\nthree\nfour\n', 'logo.png': Buffer.from([0, 1, 2, 0, 255]) } })
    repository.git('mv', 'a.txt', 'b.txt')
    const renamed = repository.commit('', { files: { 'b.txt': 'one\ntwo\nthree\nfour\nfive\n' } })
    const { report, sink } = await scan(repository.path)
    expect(report.commits).toBe(repository.count())
    expect(sink.one('commit', renamed).files).toEqual([['b.txt', 1, 0, 'a.txt']])
    expect(sink.of('commit').find((commit) => commit.message === 'First')?.files).toEqual([
      ['a.txt', 4, 0],
      ['logo.png', null, null],
    ])
  })

  test('merges, an octopus, and two beginnings', async () => {
    const repository = folder.repository()
    repository.commit('Begin', { files: { a: '1' } })
    for (const name of ['x', 'y', 'z']) {
      repository.branch(name, 'main')
      repository.commit(`On ${name}`, { files: { [name]: name } })
    }
    repository.checkout('main')
    const octopus = repository.merge("Merge branches 'x', 'y' and 'z'", ['x', 'y', 'z'])
    repository.git('checkout', '--quiet', '--orphan', 'other')
    repository.commit('Another beginning', { files: { other: '1' } })
    repository.checkout('main')
    repository.merge("Merge branch 'other'", ['other'])
    const { report, sink } = await scan(repository.path)
    expect(report.commits).toBe(repository.count())
    expect(sink.one('commit', octopus).parents).toHaveLength(4)
    expect(sink.of('change').map((change) => change.mergeCommit)).toEqual([octopus]) // joining another history is nobody's change
    expect(sink.one('change', `merge-${octopus.slice(0, 12)}`).commits).toHaveLength(3)
  })

  test('a detached HEAD is read, and said', async () => {
    const repository = folder.repository()
    repository.commit('One', { files: { a: '1' } })
    repository.commit('Two', { files: { a: '2' } })
    repository.git('checkout', '--quiet', '--detach', 'HEAD~1')
    const { report, sink } = await scan(repository.path)
    expect(report.commits).toBe(1)
    expect(report.notes.join()).toContain('HEAD is detached')
    expect(sink.drafts[0]!.spec).not.toHaveProperty('defaultBranch')
  })

  test('a bare repository, a linked work tree and a folder inside read like the repository itself', async () => {
    const repository = folder.repository()
    repository.commit('One', { files: { 'deep/inside/a': '1' } })
    const bare = join(folder.path, 'ferry.git')
    runGit(folder.path, ['clone', '--quiet', '--bare', repository.path, bare])
    const linked = join(folder.path, 'linked')
    repository.git('worktree', 'add', '--quiet', '-b', 'other', linked)
    expect((await scan(bare)).report).toMatchObject({ commits: 1, subject: 'repository:default/ferry' })
    expect((await scan(linked)).report).toMatchObject({ commits: 1, subject: 'repository:default/linked' })
    expect((await scan(join(repository.path, 'deep/inside'))).report).toMatchObject({ commits: 1, subject: 'repository:default/parcels' })
  })

  test('a repository with SHA-256 names', async () => {
    const repository = folder.repository('parcels', ['--object-format=sha256'])
    const first = repository.commit('One', { files: { a: '1' } })
    repository.tag('v1.0.0', { annotated: true })
    const { report, sink } = await scan(repository.path)
    expect(first).toHaveLength(64)
    expect(report.commits).toBe(repository.count())
    expect(sink.one('deployment', 'v1.0.0').commit).toBe(first)
  })

  test('a shallow clone counts what is there, says so, and makes up no sizes at its boundary', async () => {
    const repository = folder.repository()
    for (let n = 1; n <= 5; n++) repository.commit(`Step ${n}`, { files: { [`file-${n}`]: 'text\n' } })
    const shallow = join(folder.path, 'shallow')
    runGit(folder.path, ['clone', '--quiet', '--depth=2', `file://${repository.path}`, shallow])
    const { report, sink } = await scan(shallow)
    expect(report.commits).toBe(Number(runGit(shallow, ['rev-list', '--count', 'HEAD'])))
    expect(report.commits).toBe(2)
    expect(report.notes.join()).toContain('git fetch --unshallow')
    const boundary = sink.of('commit').find((commit) => commit.message === 'Step 4')!
    expect(boundary.additions).toBeUndefined()
    expect(boundary.linesUnknown).toBe('its parents are not here')
    runGit(shallow, ['fetch', '--quiet', '--unshallow'])
    const again = await scan(shallow, sink)
    expect(again.report).toMatchObject({ commits: 5 })
    expect(sink.one('commit', boundary.id)).toMatchObject({ additions: 1, parents: [expect.any(String)] })
  })

  test('submodules are skipped by name, and their changes count no lines', async () => {
    const library = folder.repository('library')
    library.commit('Library', { files: { a: '1' } })
    const repository = folder.repository()
    repository.git('submodule', '--quiet', 'add', library.path, 'libs/library')
    const added = repository.commit('Use the library')
    library.commit('Newer', { files: { a: '2' } })
    repository.git('-C', 'libs/library', 'pull', '--quiet')
    repository.git('add', '--all')
    const moved = repository.commit('Use the newer library')
    const { report, sink } = await scan(repository.path)
    expect(report.commits).toBe(2)
    expect(report.notes.join()).toContain('1 submodule was skipped (libs/library)')
    expect(sink.one('commit', added).files).toEqual([['.gitmodules', 3, 0]])
    expect(sink.one('commit', moved)).toMatchObject({ files: [], additions: 0, deletions: 0 })
  })

  test('replacements and grafts do not change what was committed', async () => {
    const repository = folder.repository()
    const first = repository.commit('One', { files: { a: '1' } })
    repository.commit('Two', { files: { a: '2' } })
    const last = repository.commit('Three', { files: { a: '3' } })
    const before = repository.count()
    repository.git('replace', '--graft', last, first)
    writeFileSync(join(repository.path, '.git/info/grafts'), `${last}\n`)
    const { report } = await scan(repository.path)
    expect(report.commits).toBe(before)
    expect(report.notes.join()).toContain('git replace')
  })

  test('dates in the future and clocks that ran backwards are kept and told', async () => {
    const repository = folder.repository()
    repository.commit('One', { at: '2026-03-01T10:00:00Z' })
    const early = repository.commit('Two', { at: '2026-02-01T10:00:00+02:00' })
    const late = repository.commit('Three', { at: '2031-01-01T00:00:00Z' })
    const { report, sink } = await scan(repository.path)
    expect(sink.one('commit', early).committedAt).toBe('2026-02-01T08:00:00.000Z')
    expect(sink.one('commit', late).committedAt).toBe('2031-01-01T00:00:00.000Z')
    expect(report.notes).toContain('1 commit is dated in the future, up to 2031-01-01; the dates are kept as they are.')
    expect(report.notes.join()).toContain('1 commit is dated more than a day before a parent')
    expect(NOW).toBeLessThan(Date.parse('2031-01-01'))
  })

  test('a date nobody can read is replaced by what is known', async () => {
    const repository = folder.repository()
    repository.commit('One', { files: { a: '1' } })
    const broken = repository.gitWith(
      {
        input: `tree ${repository.git('rev-parse', 'HEAD^{tree}')}\nauthor A <a@b.example> 99999999999999999999 +0000\ncommitter A <a@b.example> 1767607200 +0000\n\nBroken clock\n`,
      },
      'hash-object',
      '-t',
      'commit',
      '--literally',
      '-w',
      '--stdin',
    )
    repository.git('update-ref', 'refs/heads/main', broken)
    const { report, sink } = await scan(repository.path)
    expect(sink.one('commit', broken).authoredAt).toBe('2026-01-05T10:00:00.000Z')
    expect(report.notes.join()).toContain('a date git cannot read')
  })

  test('the work tree is never read: what is not committed does not exist', async () => {
    const repository = folder.repository()
    repository.commit('One', { files: { 'package.json': '{"name":"committed"}' } })
    const before = await scan(repository.path)
    repository.write('package.json', '{"name":"lying-about"}')
    repository.write('catalog-info.yaml', 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: uncommitted }\n')
    repository.write('.mailmap', 'Somebody Else <else@parcels.example> <rosa@parcels.example>\n')
    repository.write('.gitattributes', '*.json linguist-generated -diff\n')
    const after = await scan(repository.path)
    expect(after.report.subject).toBe('repository:default/committed')
    expect(after.sink.state()).toEqual(before.sink.state())
  })

  test('a copy somewhere else reads the same', async () => {
    const repository = folder.repository()
    repository.commit('One', { files: { a: '1' } })
    const copy = join(folder.path, 'copied', 'parcels')
    cpSync(repository.path, copy, { recursive: true })
    expect((await scan(copy)).sink.state()).toEqual((await scan(repository.path)).sink.state())
  })
})
