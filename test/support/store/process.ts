import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program of ours running as a process of its own, for what can only be seen between processes. */
export interface TestProcess {
  child: ChildProcessWithoutNullStreams
  /** The next line it writes; fails with what it complained about when it ended instead. */
  line(): Promise<string>
  /** What it still writes until it ends. */
  rest(): Promise<string[]>
  /** Everything it wrote to standard error. */
  errors(): string
  say(text: string): void
  ended: Promise<number | null>
}

/** Starts a script of `test/support/store/`. */
export function startProcess(script: string, args: string[], how: { env?: Record<string, string>; nodeArgs?: string[] } = {}): TestProcess {
  const child = spawn(process.execPath, [...(how.nodeArgs ?? []), new URL(script, import.meta.url).pathname, ...args], {
    stdio: 'pipe',
    env: { ...process.env, ...how.env },
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  child.stdin.on('error', () => undefined) // it was killed
  return {
    child,
    line: async () => {
      const next = await lines.next()
      if (next.done) throw new Error(`${script} ended early: ${errors}`)
      return next.value
    },
    rest: async () => {
      const rest: string[] = []
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value)
      return rest
    },
    errors: () => errors,
    say: (text) => void child.stdin.write(`${text}\n`),
    ended: new Promise((resolve) => child.on('exit', resolve)),
  }
}
