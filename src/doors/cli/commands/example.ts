import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, progressLine } from '../terminal.ts'

export default dataCommand(
  {
    name: 'example',
    description:
      'Loads or removes the example company (namespace "example"): a year of a mid-size firm, never mixed into your own numbers.',
    examples: ['throughline example load', 'throughline example remove', 'throughline brief --scope example'],
    args: {
      action: { type: 'positional', description: 'load or remove', required: true },
      events: { type: 'string', description: 'About how many records to make', default: '50000' },
      seed: { type: 'string', description: 'Same seed, same records', default: '1' },
    },
  },
  async (args, connection) => {
    if (args.action !== 'load' && args.action !== 'remove')
      throw new Refusal('cli.example_action', `"${args.action}" is not something the example can do.`, {
        fix: 'Use: example load | example remove',
      })
    const progress = progressLine(args.action === 'load' ? 'Loading' : 'Removing')
    progress.show(0, null, 'the example company')
    const result = await connection.client.ask(args.action === 'load' ? 'example.load' : 'example.remove', {
      events: args.events,
      seed: args.seed,
    })
    progress.end()
    answer(args.json, result, () =>
      args.action === 'load' ? 'The example company is loaded. Now: throughline brief --scope example' : 'The example company is gone.',
    )
    return 0
  },
)
