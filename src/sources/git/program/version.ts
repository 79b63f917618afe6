import { Refusal } from '../../../ground/core/index.ts'
import { gitEnvironment, MINIMUM_GIT } from './environment.ts'
import { runGit } from './run.ts'

/** Refuses a git that lacks what a scan needs: `git.too_old`. */
export async function requireGit(cwd: string): Promise<void> {
  const { output } = await runGit(['--version'], { cwd, env: gitEnvironment() })
  const found = output.toString('utf8').trim()
  if (isRecentGit(found)) return
  throw new Refusal('git.too_old', `A scan needs git ${MINIMUM_GIT.join('.')} or newer; this is "${found}".`, {
    fix: 'Install a newer git (https://git-scm.com/downloads) and scan again.',
    status: 503,
  })
}

/** Whether the answer of `git --version` names a version that is recent enough. */
export function isRecentGit(answer: string): boolean {
  const version = /(\d+)\.(\d+)/.exec(answer)
  if (!version) return false
  const [major, minor] = [Number(version[1]), Number(version[2])]
  return major > MINIMUM_GIT[0] || (major === MINIMUM_GIT[0] && minor >= MINIMUM_GIT[1])
}
