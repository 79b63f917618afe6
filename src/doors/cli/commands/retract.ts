import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'retract',
    description: 'Takes a record back, or everything one import brought. Nothing is erased: as-of readings from before still see it.',
    examples: ['throughline retract github/4711', 'throughline retract import:12', 'throughline retract github/4711 --undo'],
    args: {
      what: { type: 'positional', description: '<source>/<id> or import:<n>', required: true },
      undo: { type: 'boolean', description: 'Give it back', default: false },
    },
  },
  async (args, { client }) => {
    const result = await client.ask('retract', { what: args.what, undo: args.undo })
    const { retracted } = result as { retracted: number }
    answer(args.json, result, () => `${retracted} ${retracted === 1 ? 'record' : 'records'} ${args.undo ? 'given back' : 'taken back'}.`)
    return retracted > 0 ? 0 : 1
  },
)
