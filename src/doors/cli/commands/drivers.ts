import { formatQuantity } from '../../../ground/core/index.ts'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

type Found = OutputOf<'drivers'>
type Driver = Found['drivers'][number]

export default dataCommand(
  {
    name: 'drivers',
    description:
      'Holds what is thought to drive a measure against what was measured: believed, supported, refuted or not enough data, with the numbers.',
    examples: [
      'throughline drivers business.support_contacts',
      'throughline drivers business.orders --subject system:default/checkout --from 2026-01-01',
      'throughline drivers business.orders --driver delivery.change_failure_rate --direction opposite --lag 14d',
    ],
    args: {
      measure: { type: 'positional', description: 'The measure that is driven', required: true },
      subject: { type: 'string', description: 'Whom it is about: a ref, or namespace:<name>' },
      driver: { type: 'string', description: 'Test this measure instead of the drivers that are stated' },
      direction: { type: 'string', description: 'same or opposite, with --driver' },
      lag: { type: 'string', description: 'How long after it, such as 14d, with --driver' },
      from: { type: 'string', description: 'Start of the window; 52 weeks unless said' },
      to: { type: 'string', description: 'End of the window' },
      zone: { type: 'string', description: 'Time zone of days and weeks' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { measure, subject, driver, lag, from, to, zone, at } = args
    const direction = args.direction as 'same' | 'opposite' | undefined // the operation refuses other words
    const found = await client.ask('drivers', { measure, subject, driver, direction, lag, from, to, zone, at, asOf: args['as-of'] })
    answer(args.json, found, () => (found.drivers.length === 0 ? noneOf(found) : [driversTable(found), '', ...sentences(found)].join('\n')))
    return 0
  },
)

const WORDS: Record<Driver['verdict'], string> = {
  believed: 'believed',
  supported: 'supported',
  refuted: 'refuted',
  not_enough_data: 'not enough data',
}

function driversTable({ drivers }: Found): string {
  return table(['driver', 'said', 'verdict', 'correlation', 'n', 'lag', 'p'], drivers.map(cells))
}

function cells({ measure, direction, lag, verdict, tested, n, grain }: Driver): string[] {
  return [
    measure,
    [direction ?? 'either way', lag ? (/^0\D*$/.test(lag) ? 'at the same time' : `after ${lag}`) : ''].filter(Boolean).join(' '),
    WORDS[verdict],
    tested ? `${tested.correlation.toFixed(2)} (${tested.interval.low.toFixed(2)} – ${tested.interval.high.toFixed(2)})` : '–',
    `${formatQuantity(n, 'count')} ${grain}s`,
    tested ? `${tested.lagDays} d` : '–',
    tested ? tested.p.toFixed(3) : '–',
  ]
}

function sentences({ drivers }: Found): string[] {
  return drivers.map(({ measure, why, fix }) => `${measure}: ${why}${fix ? ` ${fix}` : ''}`)
}

function noneOf({ measure }: Found): string {
  return `Nobody has said what drives ${measure}.\n  State it under spec.drivers of its Measure, or test one with --driver.`
}
