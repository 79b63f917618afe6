import { formatQuantity } from '../../../ground/core/index.ts'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, minute, sureWords, table } from '../terminal.ts'

type Series = OutputOf<'series.read'>

export default dataCommand(
  {
    name: 'series',
    description:
      'Tells one measure over time: its values, a robust trend, changes of level, and on wish a forecast that says how often such forecasts of this series held.',
    examples: [
      'throughline series business.orders',
      'throughline series business.orders --bucket week --forecast 28d',
      'throughline series delivery.change_lead_time --subject component:default/checkout --from 2026-01-01 --zone Europe/Berlin',
    ],
    args: {
      id: { type: 'positional', description: 'The measure' },
      subject: { type: 'string', description: 'Whom it is about: a ref, or namespace:<name>' },
      where: { type: 'string', description: 'Filter, k=v; several with commas' },
      bucket: { type: 'string', description: 'day, week or month; sent-in values stand as they came when left out' },
      from: { type: 'string', description: 'Start of the window; the first record when left out' },
      to: { type: 'string', description: 'End of the window' },
      forecast: { type: 'string', description: 'How far to look ahead, for example 28d' },
      level: { type: 'string', description: 'Share of forecast intervals that shall hold; 0.8 unless told' },
      zone: { type: 'string', description: 'Time zone of days, weeks and months' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { id, subject, where, bucket, from, to, forecast, level, zone, at } = args
    const series = await client.ask('series.read', {
      id,
      subject,
      where,
      bucket,
      from,
      to,
      forecast,
      level,
      zone,
      at,
      asOf: args['as-of'],
    })
    answer(args.json, series, () => [...wordsOf(series), ...(series.points.length > 0 ? ['', pointsTable(series)] : [])].join('\n'))
    return 0
  },
)

/** Trend, changes and forecast, a sentence each; what cannot be told, with the reason. */
function wordsOf(series: Series): string[] {
  const write = (value: number) => formatQuantity(value, series.unit)
  const percent = (share: number) => `${Math.round(share * 100)} %`
  const day = (at: string) => at.slice(0, 10)
  const { trend, changes, forecast, backTest, untold, unknown } = series
  if (series.points.length === 0) return [`${series.measure} is unknown: ${unknown?.why ?? 'no data'}`, `  ${unknown?.fix ?? ''}`]
  const last = forecast?.at(-1)
  return [
    `${series.title} of ${series.subject}, ${series.n.toLocaleString('en-GB')} records`,
    ...(series.pointIs ? [`  ${series.pointIs}`] : []),
    ...(trend
      ? [
          `  ${trend.direction} since ${day(trend.from.at)}: from ${write(trend.from.value)} to ${write(trend.to.value)} by ${day(trend.to.at)} (${percent(trend.level)} of such lines end between ${write(endOf(trend, trend.low))} and ${write(endOf(trend, trend.high))}; n = ${trend.n})`,
        ]
      : []),
    ...changes.map(
      ({ at, before, after, confidence, effect }) =>
        `  changed on ${day(at)} from ${write(before)} to ${write(after)}${effect ? `, for the ${effect}` : ''} (sure by ${sureWords(confidence)})`,
    ),
    ...(changes.length === 0 && !untold.some(({ part }) => part === 'changes') ? ['  no change of level'] : []),
    ...(last
      ? [
          `  ${write(last.value)} by ${day(last.at)} (${percent(last.level)}: ${write(last.low)} – ${write(last.high)}); ${
            backTest?.coverage == null
              ? 'too short to check earlier forecasts'
              : `of ${backTest.n.toLocaleString('en-GB')} earlier forecasts ${percent(backTest.coverage)} held`
          }`,
        ]
      : []),
    ...untold.map(({ why, fix }) => `  unknown: ${why} ${fix}`),
  ]
}

/** Where a line of another slope would end. */
function endOf({ from, to }: NonNullable<Series['trend']>, perDay: number): number {
  const days = (Date.parse(to.at) - Date.parse(from.at)) / 86_400_000
  const middle = (from.value + to.value) / 2
  return middle + (perDay * days) / 2
}

function pointsTable({ points, forecast = [], unit, bucket }: Series): string {
  const write = (value: number) => formatQuantity(value, unit)
  const moment = (at: string) => (bucket ? at.slice(0, 10) : minute(at))
  const told = points.map(({ at, value, n, partial }) => [
    moment(at),
    value === null ? 'unknown' : write(value),
    n.toLocaleString('en-GB'),
    partial ? 'not a whole one' : '',
  ])
  const ahead = forecast.map(({ at, value, low, high }) => [moment(at), write(value), '', `forecast, ${write(low)} – ${write(high)}`])
  return table(['at', 'value', 'n', ''], [...told, ...ahead])
}
