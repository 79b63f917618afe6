import { readFileSync } from 'node:fs'
import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, minute, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'rejects',
    description:
      'Lines that could not be read: kept sealed with the reason until they are read again, corrected or thrown away. Beyond 10,000 lines or 256 MB the oldest go, and after 90 days unless "throughline retention reject" says otherwise.',
    examples: [
      'throughline rejects',
      'throughline rejects show 12',
      'throughline rejects retry',
      'throughline rejects correct 12 line.json',
      'throughline rejects discard 12',
    ],
    args: {
      action: { type: 'positional', description: 'list, show, retry, correct or discard', required: false },
      id: { type: 'positional', description: 'The number of a line; leave out to retry all', required: false },
      file: { type: 'positional', description: 'For correct: a file with the corrected line, - for standard input', required: false },
    },
  },
  async (args, { client }) => {
    const { action = 'list', id, file } = args
    if (action === 'list') {
      const found = await client.call('rejects', { limit: 100 })
      answer(args.json, found, () =>
        found.total === 0
          ? 'No line was refused.'
          : [
              table(
                ['number', 'when', 'from', 'why', 'tried again'],
                found.rejects.map((one) => [
                  String(one.id),
                  minute(one.at),
                  one.line === undefined ? one.label : `${one.label}, line ${one.line}`,
                  [one.message, one.fix].filter(Boolean).join(one.message.endsWith('.') ? ' ' : '. '),
                  String(one.attempts),
                ]),
              ),
              ...(found.total > found.rejects.length ? [`and ${counted(found.total - found.rejects.length, 'more')}`] : []),
              ...(found.dropped > 0 ? [`${counted(found.dropped, 'older line')} had to go: there were more than are kept.`] : []),
            ].join('\n'),
      )
      return found.total === 0 ? 0 : 1
    }
    if (action === 'retry') {
      const result = await client.call('retry', id === undefined ? {} : { id: Number(id) })
      answer(args.json, result, () => `${counted(result.accepted, 'line')} read, ${result.rejected} still refused.`)
      return result.rejected === 0 ? 0 : 1
    }
    if (action === 'show' && id) {
      const line = await client.call('reject.body', { id: Number(id) })
      answer(args.json, line, () => line.body)
      return 0
    }
    if (action === 'correct' && id && file) {
      const body = readFileSync(file === '-' ? 0 : file, 'utf8').trim()
      const result = await client.call('reject.correct', { id: Number(id), body })
      answer(args.json, result, () =>
        result.accepted
          ? 'Read, in the place of the refused line.'
          : `Still refused: ${result.problem?.message}. ${result.problem?.fix ?? ''}`,
      )
      return result.accepted ? 0 : 1
    }
    if (action === 'discard' && id) {
      const result = await client.call('discard', { id: Number(id) })
      answer(args.json, result, () => 'Thrown away.')
      return 0
    }
    throw new Refusal('cli.rejects_action', `"${[action, id].filter(Boolean).join(' ')}" is not something rejects can do.`, {
      fix: 'Use: rejects | rejects show <number> | rejects retry [<number>] | rejects correct <number> <file> | rejects discard <number>',
    })
  },
)
