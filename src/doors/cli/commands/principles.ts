import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'principles',
    description: 'Lists the principles, broken first: where each is held, broken or excepted, and which decisions cite it.',
    examples: ['throughline principles', 'throughline principles --scope example --json'],
    args: {
      scope: { type: 'string', description: 'A namespace; default when left out' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async ({ scope, at, json, ...args }, { client }) => {
    const told = await client.ask('principles', { scope, at, asOf: args['as-of'] })
    answer(json, told, () =>
      told.principles.length === 0
        ? 'No principle is written yet: "throughline apply" reads them from files, and two come ready on the page Vision.'
        : table(
            ['state', 'principle', 'held', 'broken', 'excepted', 'unknown', 'cited by'],
            told.principles.map(({ judgement, title, counts, cited }) => [
              { met: 'held', missed: 'broken' }[judgement.state as string] ?? 'unknown',
              title,
              ...[counts.held, counts.broken, counts.excepted, counts.unknown, cited.length].map(String),
            ]),
          ),
    )
    return told.principles.some(({ judgement }) => judgement.state === 'missed') ? 1 : 0
  },
)
