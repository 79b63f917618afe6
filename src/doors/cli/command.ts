import { type ArgsDef, type CommandDef, defineCommand, type ParsedArgs } from 'citty'
import { refuseStrangers, repeated } from './arguments.ts'
import { type Connection, connect } from './connect.ts'

/** What a command ends with: 0 yes or done, 1 no, hold or problems found, 2 could not (mostly thrown). */
export type ExitCode = 0 | 1 | 2

const json = {
  json: { type: 'boolean', description: 'Print exactly one JSON value on standard output', default: false },
} as const satisfies ArgsDef

export interface CommandWords<A extends ArgsDef> {
  name: string
  description: string
  /** Shown below the options: lines to copy. */
  examples: string[]
  args: A
  /** The last argument may be given more than once. */
  several?: boolean
  /** Options that may be given more than once; they arrive as one text with commas. */
  lists?: readonly (keyof A & string)[]
}

/** A command with the lines its help teaches. */
export interface TaughtCommand {
  command: CommandDef
  examples: string[]
}

/** A command that needs no data. */
export function plainCommand<const A extends ArgsDef>(
  words: CommandWords<A>,
  run: (args: ParsedArgs<A & typeof json>) => Promise<ExitCode>,
): TaughtCommand {
  const options: ArgsDef = { ...words.args, ...json }
  const command = defineCommand({
    meta: { name: `throughline ${words.name}`, description: words.description },
    args: options,
    run: async ({ args, rawArgs }) => {
      refuseStrangers(words.name, options, { rawArgs, positionals: args._, several: words.several ?? false })
      const lists = (words.lists ?? []).map((name) => [name, repeated(rawArgs, name)] as const)
      const given = Object.fromEntries(lists.filter(([, values]) => values.length > 0).map(([name, values]) => [name, values.join(',')]))
      process.exitCode = await run({ ...args, ...given } as ParsedArgs<A & typeof json>)
    },
  })
  return { command, examples: words.examples }
}

/** A command on the data: connects first, closes last, whatever happens between. */
export function dataCommand<const A extends ArgsDef>(
  words: CommandWords<A>,
  run: (args: ParsedArgs<A & typeof json>, connection: Connection) => Promise<ExitCode>,
): TaughtCommand {
  return plainCommand(words, async (args) => {
    const connection = await connect()
    try {
      return await run(args, connection)
    } finally {
      await connection.close()
    }
  })
}
