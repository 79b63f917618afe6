import { spawn } from 'node:child_process'
import { Refusal } from '../../../ground/core/index.ts'

/** How one git process is started. Arguments are never read by a shell. */
export interface GitCall {
  cwd: string
  env: NodeJS.ProcessEnv
  /** Written to standard input, which is closed then; `later`: `write` and `end` do it. */
  input?: string | 'later'
  signal?: AbortSignal
}

export interface GitExit {
  /** Exit code; null when it was killed. */
  code: number | null
  /** The last 16 KiB of standard error. */
  stderr: string
}

export interface GitStream {
  /** Standard output as it comes; git waits while nobody reads. */
  output: AsyncIterable<Buffer>
  exit: Promise<GitExit>
  /** Gives more input; only after `input: 'later'`. */
  write(text: string): void
  end(): void
  /** Ends the process when the output is no longer wanted. */
  stop(): void
}

const STDERR_KEPT = 16_384
const LATER = 'later'

/** Starts git and streams its output. Throws `git.missing` when there is no git on this machine. */
export function streamGit(args: readonly string[], call: GitCall): GitStream {
  const child = spawn('git', args, {
    cwd: call.cwd,
    env: call.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...(call.signal ? { signal: call.signal } : {}),
  })
  let stderr = ''
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT)
  })
  child.stdin.on('error', () => {}) // git may end before it has read everything; its exit tells why
  if (call.input !== LATER) child.stdin.end(call.input ?? '')
  const exit = new Promise<GitExit>((settle, fail) => {
    child.on('error', (error: NodeJS.ErrnoException) => fail(error.code === 'ENOENT' ? noGit() : error))
    child.on('close', (code) => settle({ code, stderr }))
  })
  exit.catch(() => {}) // whoever awaits it is told; nobody may be waiting yet
  return {
    output: child.stdout,
    exit,
    write: (text) => void child.stdin.write(text),
    end: () => void child.stdin.end(),
    stop: () => void child.kill(),
  }
}

/** Runs git to its end and gives its whole output, at most `limit` bytes of it. */
export async function runGit(args: readonly string[], call: GitCall & { limit?: number }): Promise<GitExit & { output: Buffer }> {
  const git = streamGit(args, call)
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of git.output) {
      size += chunk.length
      if (size > (call.limit ?? 64 * 1024 * 1024)) {
        git.stop()
        throw new Refusal(
          'git.too_much',
          `git ${args.find((word) => /^[a-z]/.test(word)) ?? ''} answered more than can be kept in memory.`,
          { fix: 'Report this with the shape of the repository: its number of refs and of files.' },
        )
      }
      chunks.push(chunk)
    }
  } catch (error) {
    await git.exit // a missing git explains more than its broken pipe
    throw error
  }
  return { ...(await git.exit), output: Buffer.concat(chunks) }
}

function noGit(): Refusal {
  return new Refusal('git.missing', 'There is no git program on this machine, or it is not on the PATH.', {
    fix: 'Install git (https://git-scm.com/downloads) and scan again.',
    status: 503,
  })
}
