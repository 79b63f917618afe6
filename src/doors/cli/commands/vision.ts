import pc from 'picocolors'
import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, say } from '../terminal.ts'

export default dataCommand(
  {
    name: 'vision',
    description:
      'Prints the vision: its words, where its outcomes stand, which principles are broken, and what a careful reader would object to. Also makes a link by which it is read without an account.',
    examples: ['throughline vision', 'throughline vision --scope example --json', 'throughline vision share --days 90'],
    args: {
      action: { type: 'positional', description: 'show or share; show when left out', required: false },
      scope: { type: 'string', description: 'A namespace; default when left out' },
      days: { type: 'string', description: 'How long a link lives; until it is taken back when left out' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async ({ action = 'show', scope, days, at, json, ...args }, { client, where }) => {
    if (action === 'share') {
      const made = await client.ask('vision.share', { scope, days })
      answer(json, made, () => `${where.startsWith('http') ? where : ''}${made.path}`)
      say('Whoever has this address reads the vision, and nothing else. It is shown this once.')
      return 0
    }
    if (action !== 'show')
      throw new Refusal('cli.unknown_action', `"vision ${action}" is nothing this does.`, { fix: 'Say show or share.' })
    const told = await client.ask('vision.page', { scope, at, asOf: args['as-of'] })
    answer(json, told, () => {
      const { vision, outcomes, principles, words, remarks } = told
      if (!vision && outcomes.length === 0)
        return 'Nobody has written the vision yet: draft it on the page Vision, or apply a file with kind: Vision.'
      return [
        pc.bold(vision?.title ?? 'No vision is written'),
        ...(vision ? [vision.statement] : []),
        '',
        ...outcomes.map((one) => `  ${one.judgement.state.replace('_', ' ').padEnd(10)} ${one.title}: ${one.because}`),
        ...principles.map((one) => `  ${(STATES[one.judgement.state] ?? 'unknown').padEnd(10)} ${one.title}`),
        '',
        `${counted(words, 'word')} of 300.`,
        ...remarks.map(({ message, fix }) => `  ${message}. ${fix ?? ''}`.trimEnd()),
      ].join('\n')
    })
    return 0
  },
)

/** A principle is held or broken. */
const STATES: Record<string, string> = { met: 'held', missed: 'broken' }
