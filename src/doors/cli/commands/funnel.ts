import type { FunnelView } from '../../../houses/business/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'funnel',
    description: 'Shows a funnel step by step: how many people came to each, and where they left.',
    examples: ['throughline funnel business.first_parcel --subject namespace:example --from 2026-06-01'],
    args: {
      measure: { type: 'positional', description: 'A measure declared with source: { kind: funnel, … }', required: true },
      subject: { type: 'string', description: 'Whom it is about: a ref, or namespace:<name>' },
      from: { type: 'string', description: 'Start of the window people begin in' },
      to: { type: 'string', description: 'End of the window' },
      zone: { type: 'string', description: 'Time zone of dates' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { measure, subject, from, to, zone, at } = args
    const told = await client.ask('funnel.read', { measure, subject, from, to, zone, at, asOf: args['as-of'] })
    answer(args.json, told, () => inWords(told))
    return 0
  },
)

function inWords({ title, within, steps, excluded, unknown }: FunnelView): string {
  const head = `${title}: in this order, less than ${within} after the first step`
  if (unknown) return [head, `  unknown: ${unknown.why}`, `  ${unknown.fix}`].join('\n')
  const percent = (share: number | null) => (share === null ? '' : `${(share * 100).toFixed(0)} %`)
  const rows = steps.map(({ event, people, share, interval, fromBefore, lost }) => [
    event,
    people.toLocaleString('en-GB'),
    percent(share),
    interval ? `${percent(interval.low)} – ${percent(interval.high)}` : '',
    percent(fromBefore),
    lost ? lost.toLocaleString('en-GB') : '',
  ])
  const left = (code: string) => excluded.find((one) => one.code === code)?.count ?? 0
  return [
    head,
    table(['step', 'people', 'of the first', 'interval (95 %)', 'of the step before', 'lost here'], rows),
    ...(left('still_open') ? [`  ${counted(left('still_open'), 'newcomer')} left out: they still have time`] : []),
    ...(left('erased_person') ? [`  ${counted(left('erased_person'), 'record')} gone with people who were erased`] : []),
  ].join('\n')
}
