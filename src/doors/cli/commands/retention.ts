import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

interface Kept {
  kind: string
  days: number | null
  by: string | null
  forgotten: number
  forgottenAt: string | null
}

export default dataCommand(
  {
    name: 'retention',
    description:
      'How long each kind of record is kept. What is older is forgotten within the hour, for good; counts by day and what was derived from it stay, and readings that reach behind say so.',
    examples: ['throughline retention', 'throughline retention product_event 400', 'throughline retention product_event forever'],
    args: {
      kind: { type: 'positional', description: 'A kind of record, or reject', required: false },
      keep: { type: 'positional', description: 'Days, or forever', required: false },
    },
  },
  async (args, { client }) => {
    if (!args.kind) {
      const { retention } = await client.ask('retention.list', {})
      answer(args.json, { retention }, () => table(['kind', 'kept', 'forgotten'], retention.map(rowOf)))
      return 0
    }
    const days = args.keep === 'forever' ? null : Number(args.keep)
    if (!args.keep || Number.isNaN(days))
      throw new Refusal('cli.retention_days', `It has to be said how long ${args.kind} is kept.`, {
        fix: `Write days or forever: throughline retention ${args.kind} 400`,
      })
    const kept = await client.ask('retention.set', { kind: args.kind, days })
    answer(args.json, kept, () => `${kept.kind}: kept ${lengthOf(kept)}.`)
    return 0
  },
)

function rowOf(kept: Kept): string[] {
  const { kind, forgotten, forgottenAt } = kept
  return [kind, lengthOf(kept), forgotten === 0 ? 'nothing' : `${forgotten.toLocaleString('en-GB')}, last on ${forgottenAt?.slice(0, 10)}`]
}

function lengthOf({ days }: Pick<Kept, 'days'>): string {
  return days === null ? 'for good' : `for ${days} ${days === 1 ? 'day' : 'days'}`
}
