import { formatQuantity } from '../../../ground/core/index.ts'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, sureWords } from '../terminal.ts'

type Changes = OutputOf<'changes'>

export default dataCommand(
  {
    name: 'changes',
    description:
      'Lists the measures that changed level lately, worst first, how surely, and what else happened around then. Mere noise is not listed.',
    examples: ['throughline changes', 'throughline changes --since 13w --scope example', 'throughline changes --json'],
    args: {
      scope: { type: 'string', description: 'A namespace; default when left out' },
      since: { type: 'string', description: 'How far back, for example 28d' },
      zone: { type: 'string', description: 'Time zone of days and weeks' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { scope, since, zone, at } = args
    const told = await client.ask('changes', { scope, since, zone, at, asOf: args['as-of'] })
    answer(args.json, told, () => [headline(told), ...told.changes.flatMap(lines)].join('\n'))
    return 0
  },
)

function headline({ changes, looked, tooFew, since }: Changes): string {
  const found = changes.length === 0 ? 'None' : counted(changes.length, 'change')
  const few = tooFew > 0 ? `; ${tooFew} have too few values to tell` : ''
  return `${found} of ${counted(looked, 'series', 'series')} since ${since.slice(0, 10)}${few}.`
}

function lines({ measure, subject, at, before, after, unit, effect, confidence, around }: Changes['changes'][number]): string[] {
  const write = (value: number) => formatQuantity(value, unit)
  return [
    `  ${at.slice(0, 10)}  ${measure} of ${subject}: from ${write(before)} to ${write(after)}${effect ? `, ${effect}` : ''} (sure by ${sureWords(confidence)})`,
    ...around.map((one) => `              ${one.at.slice(0, 10)} ${one.kind}: ${one.title}${one.count > 1 ? '' : ` (${one.id})`}`),
  ]
}
