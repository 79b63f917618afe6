import { Refusal } from '../../../ground/core/index.ts'
import { plainCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default plainCommand(
  {
    name: 'restore',
    description: 'Fills an empty store from a backup. All or nothing; the checksum is verified first.',
    examples: ['throughline restore throughline-2026-11-22.backup', 'THROUGHLINE_DATA=elsewhere throughline restore copy.backup'],
    args: {
      file: { type: 'positional', description: 'The backup', required: true },
      force: { type: 'boolean', description: 'Replace what is in the store', default: false },
    },
  },
  async (args) => {
    if (process.env.THROUGHLINE_URL)
      throw new Refusal('restore.local_only', 'A running server cannot be restored over the network.', {
        fix: 'Stop it and run restore on its machine, with the same THROUGHLINE_DATA or DATABASE_URL.',
      })
    const { restore } = await import('../../../ground/store/index.ts')
    const { storeOptions } = await import('../../../main.ts')
    const restored = await restore(args.file, { ...storeOptions(), force: args.force })
    answer(args.json, restored, () => `Restored from ${args.file}.`)
    return 0
  },
)
