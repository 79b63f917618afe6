import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'gaps',
    description: 'Lists the holes in the line from intent to work: outcomes nobody works on, work that serves none, and more.',
    examples: ['throughline gaps', 'throughline gaps --scope example --json'],
    args: {
      scope: { type: 'string', description: 'Namespace', default: 'default' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const result = await client.ask('gaps', { scope: args.scope, namespace: args.scope, at: args.at, asOf: args['as-of'] })
    answer(args.json, result, () =>
      result.gaps.length === 0
        ? 'No gaps found.'
        : result.gaps.map((gap) => `${gap.ref}\n  ${gap.message} [${gap.code}]\n  ${gap.fix}`).join('\n'),
    )
    return result.gaps.length === 0 ? 0 : 1
  },
)
