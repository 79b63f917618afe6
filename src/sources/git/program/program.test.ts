import { expect, test, vi } from 'vitest'
import { gitEnvironment } from './environment.ts'
import { gitFailure } from './failure.ts'
import { isRecentGit } from './version.ts'

test('the version of git is read from what vendors print', () => {
  expect(
    ['git version 2.39.5', 'git version 2.31.0.windows.1', 'git version 2.50.1 (Apple Git-155)', 'git version 3.0.0'].map(isRecentGit),
  ).toEqual([true, true, true, true])
  expect(['git version 2.30.2', 'git version 1.8.3.1', 'no version'].map(isRecentGit)).toEqual([false, false, false])
})

test('nothing of the caller’s that steers git reaches it', () => {
  vi.stubEnv('GIT_DIR', '/nowhere')
  vi.stubEnv('GIT_SSH_COMMAND', 'false')
  const environment = gitEnvironment({ GIT_DIR: '/ours' })
  vi.unstubAllEnvs()
  expect(environment).toMatchObject({ GIT_DIR: '/ours', GIT_NO_REPLACE_OBJECTS: '1', GIT_ALLOW_PROTOCOL: 'none', LC_ALL: 'C' })
  expect(environment).not.toHaveProperty('GIT_SSH_COMMAND')
})

test('git’s own words become a reason and a way out', () => {
  const code = (stderr: string) => gitFailure("/it's here", { code: 128, stderr }).problem
  expect(code("fatal: detected dubious ownership in repository at '/x'")).toMatchObject({
    code: 'git.not_trusted',
    fix: `If you trust it, run: git config --global --add safe.directory '/it'\\''s here'`,
  })
  expect(code('fatal: not a git repository (or any of the parent directories): .git').code).toBe('git.not_a_repository')
  expect(code('error: open("x"): Permission denied').code).toBe('git.unreadable')
  expect(code('warning: x\nfatal: something new')).toMatchObject({
    code: 'git.failed',
    message: "git could not read /it's here: something new",
  })
})
