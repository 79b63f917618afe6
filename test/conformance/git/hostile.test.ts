import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { findRepositories } from '../../../src/sources/git/index.ts'
import { runGit, scriptedFolder, type ScriptedRepository } from './build-repository.ts'
import { scan } from './memory-sink.ts'

const folder = scriptedFolder()
/** Only root can give a folder to somebody else; for others the test does not exist. */
const ofRoot: (name: string, run: () => Promise<void>) => void = process.getuid?.() === 0 ? test : () => {}
afterAll(folder.clear)
afterEach(() => void vi.unstubAllEnvs())

function begun(): ScriptedRepository {
  const repository = folder.repository()
  repository.commit('Begin', { files: { a: 'one\n', b: 'two\n' } })
  repository.commit('Faster (#1)', { files: { a: 'one\ntwo\n' } })
  repository.tag('v1.0.0', { annotated: true })
  return repository
}

describe('a repository cannot run anything through a scan', () => {
  test('no hook, filter, diff driver, signature check, monitor, pager or alias of its configuration', async () => {
    const repository = begun()
    const clean = await scan(repository.path)
    const mark = join(folder.path, 'was-run')
    const program = join(folder.path, 'program.sh')
    writeFileSync(program, `#!/bin/sh\ntouch ${mark}\ncat\n`)
    chmodSync(program, 0o755)
    const settings = [
      'core.fsmonitor',
      'core.pager',
      'core.sshCommand',
      'core.editor',
      'core.askPass',
      'diff.external',
      'diff.x.command',
      'diff.x.textconv',
      'filter.x.smudge',
      'filter.x.clean',
      'gpg.program',
      'gpg.ssh.program',
      'pager.log',
      'core.gitProxy',
      'uploadpack.packObjectsHook',
      'alias.log',
      'alias.rev-parse',
      'interactive.diffFilter',
    ]
    for (const setting of settings) repository.git('config', setting, setting.startsWith('alias') ? `!${program}` : program)
    repository.git('config', 'log.showSignature', 'true')
    repository.git('config', 'core.hooksPath', folder.path)
    writeFileSync(join(repository.path, '.git/info/attributes'), '* diff=x filter=x -text\n')
    for (const hook of ['post-checkout', 'pre-auto-gc', 'post-index-change', 'fsmonitor-watchman']) {
      writeFileSync(join(folder.path, hook), `#!/bin/sh\ntouch ${mark}\n`)
      chmodSync(join(folder.path, hook), 0o755)
    }
    const { sink } = await scan(repository.path)
    expect(sink.state()).toEqual(clean.sink.state())
    expect(existsSync(mark)).toBe(false)
  })

  test('the environment of the caller cannot turn git to something else', async () => {
    const repository = begun()
    const clean = await scan(repository.path)
    for (const [name, value] of Object.entries({
      GIT_DIR: '/nowhere',
      GIT_WORK_TREE: '/nowhere',
      GIT_EXTERNAL_DIFF: 'false',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'diff.renames',
      GIT_CONFIG_VALUE_0: 'false',
      GIT_CEILING_DIRECTORIES: '/',
      LC_ALL: 'de_DE.UTF-8',
    }))
      vi.stubEnv(name, value)
    expect((await scan(repository.path)).sink.state()).toEqual(clean.sink.state())
  })

  test('its settings of how lines are counted and shown change nothing', async () => {
    const repository = begun()
    const clean = await scan(repository.path)
    for (const [name, value] of Object.entries({
      'diff.renames': 'false',
      'diff.algorithm': 'patience',
      'log.date': 'relative',
      'log.showRoot': 'false',
      'log.mailmap': 'false',
      'log.follow': 'true',
      'core.quotePath': 'true',
      'color.ui': 'always',
      'format.pretty': 'oneline',
      'i18n.logOutputEncoding': 'UTF-16',
      'log.diffMerges': 'separate',
      'trailer.separators': '%',
    }))
      repository.git('config', name, value)
    expect((await scan(repository.path)).sink.state()).toEqual(clean.sink.state())
  })

  test('nothing is written into it, and nothing is left behind', async () => {
    const repository = begun()
    const listing = () => runGit(repository.path, ['ls-files', '--others']) + readdirSync(join(repository.path, '.git')).join()
    const before = [listing(), readFileSync(join(repository.path, '.git/index')).toString('hex')]
    const home = join(folder.path, 'tmp')
    runGit(folder.path, ['init', '--quiet', 'tmp'])
    vi.stubEnv('TMPDIR', home)
    await scan(repository.path)
    expect([listing(), readFileSync(join(repository.path, '.git/index')).toString('hex')]).toEqual(before)
    expect(readdirSync(home)).toEqual(['.git'])
  })
})

describe('what cannot be scanned is refused with a reason and a way out', () => {
  test.each([
    ['nothing there', () => join(folder.path, 'nowhere'), 'git.no_such_path'],
    ['a file', () => (writeFileSync(join(folder.path, 'file'), ''), join(folder.path, 'file')), 'git.no_such_path'],
    ['no repository', () => folder.path, 'git.not_a_repository'],
  ])('%s', async (_, path, code) => {
    const refusal = await scan(path()).catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      name: 'Refusal',
      problem: { code, message: expect.stringContaining(folder.path), fix: expect.any(String) },
    })
  })

  test('no git on this machine', async () => {
    const repository = begun()
    vi.stubEnv('PATH', join(folder.path, 'no-programs-here'))
    expect(await scan(repository.path).catch((error: unknown) => error)).toMatchObject({
      problem: { code: 'git.missing', fix: expect.stringContaining('Install git') },
    })
  })

  test('a git that is too old', async () => {
    const repository = begun()
    const bin = join(folder.path, 'old')
    runGit(folder.path, ['init', '--quiet', 'old'])
    writeFileSync(join(bin, 'git'), '#!/bin/sh\necho git version 2.20.1\n')
    chmodSync(join(bin, 'git'), 0o755)
    vi.stubEnv('PATH', `${bin}:${process.env.PATH ?? ''}`)
    expect(await scan(repository.path).catch((error: unknown) => error)).toMatchObject({
      problem: { code: 'git.too_old', message: expect.stringContaining('2.20.1') },
    })
  })

  ofRoot('a repository of another user, until it is trusted', async () => {
    const repository = begun()
    chownSync(repository.path, 12_345, 12_345)
    chownSync(join(repository.path, '.git'), 12_345, 12_345)
    const refusal = await scan(repository.path).catch((error: unknown) => error)
    expect(refusal).toMatchObject({
      problem: { code: 'git.not_trusted', fix: expect.stringContaining(`git config --global --add safe.directory ${repository.path}`) },
    })
    const home = join(folder.path, 'home')
    runGit(folder.path, ['init', '--quiet', 'home'])
    writeFileSync(join(home, '.gitconfig'), `[safe]\n\tdirectory = ${repository.path}\n`)
    vi.stubEnv('HOME', home)
    expect((await scan(repository.path)).report.commits).toBe(2)
  })

  test('a repository of a format git does not know', async () => {
    const repository = begun()
    repository.git('config', 'core.repositoryFormatVersion', '1')
    repository.git('config', 'extensions.fromTheFuture', 'true')
    expect(await scan(repository.path).catch((error: unknown) => error)).toMatchObject({ problem: { code: 'git.unknown_format' } })
  })
})

describe('repositories in a folder', () => {
  test('all of them are found, work trees and bare ones, but none inside another or among packages', async () => {
    const nest = scriptedFolder()
    try {
      const make = (path: string, ...init: string[]) => runGit(nest.path, ['init', '--quiet', ...init, '--', path])
      make('shop/labels')
      make('shop/labels/inner')
      make('shop/routes.git', '--bare')
      make('-rf')
      make('shop/node_modules/thing')
      make('a/b/c/deep')
      make('a/b/c/d/e/too-deep')
      expect(await findRepositories(nest.path)).toEqual(
        ['-rf', 'a/b/c/deep', 'shop/labels', 'shop/routes.git'].map((path) => join(nest.path, path)),
      )
      expect(await findRepositories(join(nest.path, 'shop/labels'))).toEqual([join(nest.path, 'shop/labels')])
      expect(await findRepositories(join(nest.path, 'shop/routes.git'))).toEqual([join(nest.path, 'shop/routes.git')])
      runGit(nest.path, ['init', '--quiet', 'whole'])
      writeFileSync(join(nest.path, 'whole', 'file'), '')
      expect(await findRepositories(join(nest.path, 'whole', '.git'))).toEqual([join(nest.path, 'whole')])
      await expect(findRepositories(join(nest.path, 'nowhere'))).rejects.toMatchObject({ problem: { code: 'git.no_such_path' } })
    } finally {
      nest.clear()
    }
  })
})
