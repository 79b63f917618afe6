import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'brief',
    description: 'Tells where things stand: one truth at the length an audience needs, every sentence with its grounds.',
    examples: [
      'throughline brief',
      'throughline brief --audience engineering --format md',
      'throughline brief --as-of 2026-10-01T00:00:00Z --json',
      'throughline brief --as-of 2026-10-01T00:00:00Z --corrections',
    ],
    args: {
      audience: { type: 'string', description: 'executive, product or engineering', default: 'executive' },
      scope: { type: 'string', description: 'Namespace to tell about', default: 'default' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
      corrections: { type: 'boolean', description: 'What it would say otherwise today, and why; needs --as-of' },
      format: { type: 'string', description: 'text, md, html or json', default: 'text' },
    },
  },
  async (args, { client }) => {
    const ask = { audience: args.audience, scope: args.scope, at: args.at, asOf: args['as-of'] }
    if (args.corrections) {
      const { text, ...found } = await client.ask('corrections', ask)
      answer(args.json, found, () => text)
      return 0
    }
    const format = args.json ? 'json' : args.format
    const { text, ...told } = (await client.ask('brief', { ...ask, format })) as { text?: string }
    answer(format === 'json', told, () => text ?? '')
    return 0
  },
)
