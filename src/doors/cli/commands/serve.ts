import { plainCommand } from '../command.ts'

export default plainCommand(
  {
    name: 'serve',
    description: 'Serves the web app and the API. The first start on an empty store reads the repository it stands in.',
    examples: ['throughline serve', 'PORT=8080 throughline serve --example', 'throughline serve --empty'],
    args: {
      example: { type: 'boolean', description: 'Also load the example company', default: false },
      empty: { type: 'boolean', description: 'Load nothing', default: false },
    },
  },
  async (args) => {
    const { serve } = await import('../../../main.ts')
    await serve({ example: args.example, empty: args.empty })
    return 0
  },
)
