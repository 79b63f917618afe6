import { runCommand } from 'citty'
import { Refusal } from '../../ground/core/index.ts'
import { ApiProblem } from '../client/index.ts'
import type { TaughtCommand } from './command.ts'
import { describeProblem, say } from './terminal.ts'

/** One file a command, loaded only when called; one line each for the overview. */
const commands: Record<string, { about: string; load: () => Promise<TaughtCommand> }> = {
  serve: { about: 'serve the web app and the API', load: async () => (await import('./commands/serve.ts')).default },
  scan: {
    about: 'read the history of a repository, or of a folder of them',
    load: async () => (await import('./commands/scan.ts')).default,
  },
  import: { about: 'bring records in from files or standard input', load: async () => (await import('./commands/import.ts')).default },
  check: { about: 'name every problem in a folder of intent files', load: async () => (await import('./commands/check.ts')).default },
  apply: { about: 'write a folder of intent files', load: async () => (await import('./commands/apply.ts')).default },
  brief: { about: 'tell where things stand', load: async () => (await import('./commands/brief.ts')).default },
  measure: { about: 'answer one measure, or list all', load: async () => (await import('./commands/measure.ts')).default },
  trace: { about: 'follow links up to outcomes and down to records', load: async () => (await import('./commands/trace.ts')).default },
  gaps: { about: 'list the holes between intent and work', load: async () => (await import('./commands/gaps.ts')).default },
  export: { about: 'write every entity out again', load: async () => (await import('./commands/export.ts')).default },
  retract: { about: 'take a record or an import back', load: async () => (await import('./commands/retract.ts')).default },
  example: { about: 'load or remove the example company', load: async () => (await import('./commands/example.ts')).default },
  sources: {
    about: 'list, connect and pause the systems that send records',
    load: async () => (await import('./commands/sources.ts')).default,
  },
  token: { about: 'create, list and revoke tokens', load: async () => (await import('./commands/token.ts')).default },
  backup: { about: 'copy the whole store to a file', load: async () => (await import('./commands/backup.ts')).default },
  restore: { about: 'fill an empty store from a backup', load: async () => (await import('./commands/restore.ts')).default },
  doctor: { about: 'look at the installation and say what to do', load: async () => (await import('./commands/doctor.ts')).default },
}

/** Runs one command line. Exit code 2 when it could not be done. */
export async function run(argv: string[]): Promise<void> {
  const [name = '--help'] = argv
  try {
    if (name === '--help' || name === '-h' || name === 'help') return await usage(argv[1])
    const found = commands[name]
    if (!found) {
      const near = nearest(name)
      throw new Refusal('cli.unknown_command', `There is no command "${name}".`, {
        fix: near ? `Did you mean "${near}"? "throughline --help" lists all.` : '"throughline --help" lists all.',
      })
    }
    if (argv.includes('--help') || argv.includes('-h')) return await usage(name)
    await runCommand((await found.load()).command, { rawArgs: argv.slice(1) })
  } catch (error) {
    process.exitCode = 2
    fail(error, argv.includes('--json'))
  }
}

async function usage(name: string | undefined): Promise<void> {
  const found = name ? commands[name] : undefined
  if (!found) return void process.stdout.write(overview())
  const { command, examples } = await found.load()
  const { renderUsage } = await import('citty')
  process.stdout.write(`${await renderUsage(command)}\n\nFor example:\n${examples.map((line) => `  ${line}`).join('\n')}\n`)
}

function overview(): string {
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(10)}${about}`)
  return `Throughline joins what you intend with what happens, and judges one against the other.

Start with:
  throughline scan .
  throughline brief

Commands:
${lines.join('\n')}

Every command takes --help, and --json for exactly one JSON value on standard output.
Exit code: 0 yes or done, 1 no or problems found, 2 could not.
`
}

/** The command whose letters are closest: fewest single-letter edits, at most three. */
function nearest(wrong: string): string | undefined {
  const distance = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, column) => column)
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i]
      for (let j = 1; j <= b.length; j += 1)
        next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
      row = next
    }
    return row[b.length]!
  }
  const [best] = Object.keys(commands)
    .map((name) => ({ name, edits: distance(wrong, name) }))
    .sort((a, b) => a.edits - b.edits)
  return best && best.edits <= 3 ? best.name : undefined
}

function fail(error: unknown, json: boolean): void {
  const problem =
    error instanceof Refusal
      ? error.problem
      : error instanceof ApiProblem
        ? {
            code: error.code,
            severity: 'error' as const,
            message: error.message,
            ...(error.fix ? { fix: error.fix } : {}),
            problems: error.problems,
          }
        : { code: 'cli.failed', severity: 'error' as const, message: error instanceof Error ? error.message : String(error) }
  if (json) process.stdout.write(`${JSON.stringify({ error: problem })}\n`)
  say(describeProblem(problem))
  if (!(error instanceof Refusal || error instanceof ApiProblem) && process.env.DEBUG) console.error(error)
}

await run(process.argv.slice(2))
