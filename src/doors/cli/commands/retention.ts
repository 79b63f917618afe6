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
    examples: [
      'throughline retention',
      'throughline retention product_event 400 --dry-run',
      'throughline retention product_event 400',
      'throughline retention product_event forever',
    ],
    args: {
      kind: { type: 'positional', description: 'A kind of record, or reject', required: false },
      keep: { type: 'positional', description: 'Days, or forever', required: false },
      'dry-run': { type: 'boolean', description: 'Only tells how much would be forgotten' },
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
    const preview = days === null ? null : await client.ask('retention.preview', { kind: args.kind, days: String(days) })
    if (args['dry-run']) {
      answer(
        args.json,
        preview ?? { kind: args.kind, days: null, records: 0 },
        () => `${forgottenWords(preview, 'would be')} Nothing was changed.`,
      )
      return 0
    }
    const kept = await client.ask('retention.set', { kind: args.kind, days })
    answer(args.json, kept, () => `${kept.kind}: kept ${lengthOf(kept)}. ${forgottenWords(preview, 'are')}`)
    return 0
  },
)

function forgottenWords(preview: { records: number; of: number; before: string } | null, verb: string): string {
  if (!preview || preview.records === 0) return 'There is nothing older.'
  const { records, of, before } = preview
  return `${records.toLocaleString('en-GB')} of ${of.toLocaleString('en-GB')}, those before ${before.slice(0, 10)}, ${verb} forgotten within the hour.`
}

function rowOf(kept: Kept): string[] {
  const { kind, forgotten, forgottenAt } = kept
  return [kind, lengthOf(kept), forgotten === 0 ? 'nothing' : `${forgotten.toLocaleString('en-GB')}, last on ${forgottenAt?.slice(0, 10)}`]
}

function lengthOf({ days }: Pick<Kept, 'days'>): string {
  return days === null ? 'for good' : `for ${days} ${days === 1 ? 'day' : 'days'}`
}
