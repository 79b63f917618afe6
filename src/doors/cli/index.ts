import { stripVTControlCharacters } from 'node:util'
import { runCommand } from 'citty'
import { nearestWord, type Problem, Refusal } from '../../ground/core/index.ts'
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
  story: { about: 'tell one page from work to outcomes', load: async () => (await import('./commands/story.ts')).default },
  vision: { about: 'tell the vision, or make a link to it', load: async () => (await import('./commands/vision.ts')).default },
  outcomes: { about: 'list the outcomes, worst first', load: async () => (await import('./commands/outcomes.ts')).default },
  principles: { about: 'list the principles, broken first', load: async () => (await import('./commands/principles.ts')).default },
  review: { about: 'review the vision: rank alone, agree, sign', load: async () => (await import('./commands/review.ts')).default },
  measure: { about: 'answer one measure, or list all', load: async () => (await import('./commands/measure.ts')).default },
  cost: { about: 'tell what things cost, and what nobody claims', load: async () => (await import('./commands/cost.ts')).default },
  cohorts: { about: 'show who came back, by when they began', load: async () => (await import('./commands/cohorts.ts')).default },
  funnel: { about: 'show where people leave on their way', load: async () => (await import('./commands/funnel.ts')).default },
  work: {
    about: 'tell where work goes: by outcome, upkeep, incidents, unlinked',
    load: async () => (await import('./commands/work.ts')).default,
  },
  drivers: {
    about: 'hold what is thought to drive a measure against what was measured',
    load: async () => (await import('./commands/drivers.ts')).default,
  },
  benchmark: {
    about: 'show where a measure lies among what others answered',
    load: async () => (await import('./commands/benchmark.ts')).default,
  },
  decision: {
    about: 'write, find and replace decisions; tell how often we are right',
    load: async () => (await import('./commands/decision.ts')).default,
  },
  experiment: { about: 'tell how an experiment stands', load: async () => (await import('./commands/experiment.ts')).default },
  effect: {
    about: 'tell what an investment, or a day, changed, and how far to trust it',
    load: async () => (await import('./commands/effect.ts')).default,
  },
  gate: { about: 'ask whether a release may go out, and why not', load: async () => (await import('./commands/gate.ts')).default },
  series: {
    about: 'tell one measure over time: trend, changes of level, forecast',
    load: async () => (await import('./commands/series.ts')).default,
  },
  changes: { about: 'list the measures that changed level lately', load: async () => (await import('./commands/changes.ts')).default },
  slo: { about: 'list what was promised, write rules for Prometheus', load: async () => (await import('./commands/slo.ts')).default },
  alerts: {
    about: 'tell which error budgets burn too fast, and who is told',
    load: async () => (await import('./commands/alerts.ts')).default,
  },
  trace: { about: 'follow links up to outcomes and down to records', load: async () => (await import('./commands/trace.ts')).default },
  packages: {
    about: 'tell who is built on which package, in which versions',
    load: async () => (await import('./commands/packages.ts')).default,
  },
  lint: {
    about: 'what a careful reader would object to in the vision, outcomes and principles',
    load: async () => (await import('./commands/lint.ts')).default,
  },
  search: { about: 'find anything by its words, number or commit', load: async () => (await import('./commands/search.ts')).default },
  capabilities: {
    about: 'tell who uses what is shared, and who built it again',
    load: async () => (await import('./commands/capabilities.ts')).default,
  },
  applies: {
    about: 'tell what binds a change to a component or path',
    load: async () => (await import('./commands/applies.ts')).default,
  },
  gaps: { about: 'list the holes between intent and work', load: async () => (await import('./commands/gaps.ts')).default },
  facts: {
    about: 'show what is declared beside what is seen, and what contradicts',
    load: async () => (await import('./commands/facts.ts')).default,
  },
  incident: { about: 'list, declare and resolve incidents', load: async () => (await import('./commands/incident.ts')).default },
  telemetry: {
    about: 'tell which services do not reveal their health, or what one did',
    load: async () => (await import('./commands/telemetry.ts')).default,
  },
  export: { about: 'write every entity out again', load: async () => (await import('./commands/export.ts')).default },
  retract: { about: 'take a record or an import back', load: async () => (await import('./commands/retract.ts')).default },
  example: { about: 'load or remove the example company', load: async () => (await import('./commands/example.ts')).default },
  sources: {
    about: 'list, connect and pause the systems that send records',
    load: async () => (await import('./commands/sources.ts')).default,
  },
  rejects: {
    about: 'lines that could not be read: look, correct, read again',
    load: async () => (await import('./commands/rejects.ts')).default,
  },
  people: {
    about: 'join names to people, and tell programs from people',
    load: async () => (await import('./commands/people.ts')).default,
  },
  erase: { about: 'erase a person everywhere, for good', load: async () => (await import('./commands/erase.ts')).default },
  retention: { about: 'say how long records are kept', load: async () => (await import('./commands/retention.ts')).default },
  token: { about: 'create, list and revoke tokens', load: async () => (await import('./commands/token.ts')).default },
  backup: { about: 'copy the whole store to a file', load: async () => (await import('./commands/backup.ts')).default },
  portfolio: { about: 'choose investments within people and money', load: async () => (await import('./commands/portfolio.ts')).default },
  restore: { about: 'fill an empty store from a backup', load: async () => (await import('./commands/restore.ts')).default },
  doctor: { about: 'look at the installation and say what to do', load: async () => (await import('./commands/doctor.ts')).default },
}

/** Runs one command line. Exit code 2 when it could not be done. */
export async function run(argv: string[]): Promise<void> {
  const [name = '--help'] = argv
  try {
    if (name === '--help' || name === '-h' || name === 'help') return await usage(argv[1])
    if (name === '--version' || name === '-V' || name === 'version') return await version(argv.includes('--json'))
    const found = commands[name]
    if (!found) {
      const near = nearestWord(name, Object.keys(commands))
      throw new Refusal('cli.unknown_command', `There is no command "${name}".`, {
        fix: near ? `Did you mean "${near}"? "throughline --help" lists all.` : '"throughline --help" lists all.',
      })
    }
    if (argv.includes('--help') || argv.includes('-h')) return await usage(name)
    await runCommand((await found.load()).command, { rawArgs: argv.slice(1) })
  } catch (error) {
    process.exitCode = 2
    fail(error, argv.includes('--json'), commands[name] ? name : undefined)
  }
}

async function version(json: boolean): Promise<void> {
  const { VERSION } = await import('../version.ts')
  process.stdout.write(json ? `${JSON.stringify({ version: VERSION })}\n` : `throughline ${VERSION}\n`)
}

async function usage(name: string | undefined): Promise<void> {
  const found = name ? commands[name] : undefined
  if (!found) return void process.stdout.write(overview())
  const { command, examples } = await found.load()
  const { renderUsage } = await import('citty')
  const text = `${await renderUsage(command)}\n\nFor example:\n${examples.map((line) => `  ${line}`).join('\n')}\n`
  process.stdout.write(process.stdout.isTTY ? text : stripVTControlCharacters(text))
}

function overview(): string {
  const widest = Math.max(...Object.keys(commands).map(({ length }) => length))
  const lines = Object.entries(commands).map(([name, { about }]) => `  ${name.padEnd(widest + 2)}${about}`)
  return `Throughline joins what you intend with what happens, and judges one against the other.

Start with:
  throughline scan .
  throughline brief

Commands:
${lines.join('\n')}

Every command takes --help, and --json for exactly one JSON value on standard output.
Exit code: 0 yes or done, 1 no or problems found, 2 could not. "throughline --version" tells which one this is.
`
}

function fail(error: unknown, json: boolean, command: string | undefined): void {
  const problem = problemOf(
    error,
    command ? `"throughline ${command} --help" lists what it takes.` : '"throughline --help" lists all commands.',
  )
  if (json) process.stdout.write(`${JSON.stringify({ error: problem })}\n`)
  say(describeProblem(problem))
  if (!(error instanceof Refusal || error instanceof ApiProblem) && process.env.DEBUG) console.error(error)
}

function problemOf(error: unknown, help: string): Problem & { problems?: ApiProblem['problems'] } {
  if (error instanceof Refusal) return error.problem
  const common = { severity: 'error' as const, message: error instanceof Error ? error.message : String(error) }
  if (error instanceof ApiProblem) {
    // What the API says about its address is no help to who typed a command.
    const fix = error.code === 'input.invalid' ? help : error.fix
    return { code: error.code, ...common, ...(fix ? { fix } : {}), problems: error.problems }
  }
  const missing = /^Missing required positional argument: (\w+)/.exec(common.message)?.[1]
  if (missing)
    return {
      code: 'cli.missing_argument',
      ...common,
      message: `<${missing.toLowerCase()}> is missing.`,
      fix: help,
    }
  return { code: 'cli.failed', ...common }
}

await run(process.argv.slice(2))
