import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'story',
    description: 'Tells one page from work to outcomes: how each outcome moved, the work that names it, trade-offs, what was learned.',
    examples: [
      'throughline story',
      'throughline story --from 2026-07-01 --at 2026-10-01 --format html > story.html',
      'throughline story --as-of 2026-10-01T00:00:00Z --corrections',
    ],
    args: {
      scope: { type: 'string', description: 'Namespace to tell about', default: 'default' },
      from: { type: 'string', description: 'Beginning of the time it tells of' },
      weeks: { type: 'string', description: 'Or how many weeks it tells of', default: '13' },
      at: { type: 'string', description: 'End of the time; only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
      corrections: { type: 'boolean', description: 'What it would say otherwise today, and why; needs --as-of' },
      format: { type: 'string', description: 'text, md, html or json', default: 'text' },
    },
  },
  async (args, { client }) => {
    const ask = { scope: args.scope, from: args.from, weeks: args.weeks, at: args.at, asOf: args['as-of'] }
    if (args.corrections) {
      const { text, ...found } = await client.ask('corrections', { ...ask, of: 'story' })
      answer(args.json, found, () => text)
      return 0
    }
    const format = args.json ? 'json' : args.format
    const { text, ...told } = (await client.ask('story', { ...ask, format })) as { text?: string }
    answer(format === 'json', told, () => text ?? '')
    return 0
  },
)
