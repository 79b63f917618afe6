import { Refusal } from '../../../ground/core/index.ts'
import type { GitExit } from './run.ts'

/** Turns git's own words about a failure into a refusal with place and fix. */
export function gitFailure(path: string, exit: GitExit): Refusal {
  const said = exit.stderr.trim()
  if (/dubious ownership|unsafe repository/.test(said)) {
    return new Refusal('git.not_trusted', `The repository at ${path} belongs to another user of this machine, so git does not open it.`, {
      file: path,
      fix: `If you trust it, run: git config --global --add safe.directory ${shellWord(path)}`,
      status: 403,
    })
  }
  if (/not a git repository|invalid gitfile format/.test(said)) return notARepository(path)
  if (/permission denied/i.test(said)) return unreadable(path)
  if (/unknown repository extension|expected git repo version|unknown object format|unknown ref storage/i.test(said)) {
    return new Refusal('git.unknown_format', `The repository at ${path} is of a format this git does not know: ${firstFault(said)}`, {
      file: path,
      fix: 'Install a newer git and scan again.',
    })
  }
  return new Refusal(
    'git.failed',
    `git could not read ${path}: ${firstFault(said) || `it ended with code ${exit.code ?? 'none, it was stopped'}`}`,
    { file: path, fix: `Run "git fsck" in it; it names what is damaged.` },
  )
}

export function notARepository(path: string): Refusal {
  return new Refusal('git.not_a_repository', `There is no git repository at ${path}.`, {
    file: path,
    fix: 'Name a folder with a .git inside, a bare repository, or a folder that holds several.',
  })
}

export function noSuchPath(path: string): Refusal {
  return new Refusal('git.no_such_path', `There is nothing at ${path}.`, {
    file: path,
    fix: 'Check the spelling; a path may be absolute or relative to where you are.',
    status: 404,
  })
}

export function unreadable(path: string): Refusal {
  return new Refusal('git.unreadable', `The user running this may not read ${path}.`, {
    file: path,
    fix: 'Scan as a user who may read all of it, its .git included, or change its permissions.',
    status: 403,
  })
}

/** The line that says what went wrong, without git's label. */
export function firstFault(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return (lines.find((line) => line.startsWith('fatal:')) ?? lines.find((line) => line.startsWith('error:')) ?? lines[0] ?? '').replace(
    /^(fatal|error): /,
    '',
  )
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
