import type { CohortView } from '../../../houses/business/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'cohorts',
    description: 'Shows who came back: people by the day, week or month they began in, and the curve of all of them.',
    examples: [
      'throughline cohorts business.retention --subject namespace:example',
      'throughline cohorts app.retention --from 2026-01-01 --periods 6 --zone Europe/Oslo',
    ],
    args: {
      measure: { type: 'positional', description: 'A measure declared with source: { kind: retention, … }', required: true },
      subject: { type: 'string', description: 'Whom it is about: a ref, or namespace:<name>' },
      from: { type: 'string', description: 'Begin of the first cohort; twelve cohorts back when left out' },
      to: { type: 'string', description: 'End of the last cohort' },
      periods: { type: 'string', description: 'How many intervals after the first are shown; 12 unless told' },
      zone: { type: 'string', description: 'Time zone of days, weeks and months, where the measure states none' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { measure, subject, from, to, periods, zone, at } = args
    const told = await client.ask('cohorts.read', { measure, subject, from, to, periods, zone, at, asOf: args['as-of'] })
    answer(args.json, told, () => inWords(told))
    return 0
  },
)

function inWords({ title, start, return: back, interval, zone, cohorts, curve, excluded, unknown }: CohortView): string {
  const head = `${title}: began with "${start}", came back with "${back}", ${interval} by ${interval} (${zone})`
  if (unknown) return [head, `  unknown: ${unknown.why}`, `  ${unknown.fix}`].join('\n')
  const told = curve.filter(({ n }) => n > 0)
  const rows = cohorts.map(({ from, size, cells }) => [
    dayIn(zone, from),
    size === null ? '< 5' : size.toLocaleString('en-GB'),
    ...cells.slice(0, told.length).map(({ share, why }) => (share === null ? (why === 'small_group' ? '·' : '') : percent(share))),
  ])
  const points = told.map(({ period, n, share, interval: sure, cohorts: rests }) => [
    String(period),
    share === null ? 'unknown' : percent(share),
    sure ? `${percent(sure.low)} – ${percent(sure.high)}` : '',
    n.toLocaleString('en-GB'),
    String(rests),
  ])
  return [
    head,
    table(['began', 'people', ...told.map(({ period }) => `+${period}`)], rows),
    '',
    table([`${interval}s after`, 'came back', 'interval (95 %)', 'n', 'cohorts'], points),
    ...excluded.map(({ code, count }) => `  ${counted(count, SAID[code]?.of ?? 'record')} ${SAID[code]?.why ?? code.replaceAll('_', ' ')}`),
    '  An empty cell is not over yet; a dot has fewer than five people.',
  ].join('\n')
}

const SAID: Record<string, { of: string; why: string }> = {
  incomplete_cohort: { of: 'newcomer', why: 'cut: the first interval after theirs is not over' },
  small_cohort: { of: 'newcomer', why: 'in cohorts of fewer than five, not shown' },
  repeated_start: { of: 'record', why: 'left out: the person had begun before' },
  erased_person: { of: 'record', why: 'gone with people who were erased' },
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`
}

/** The day an interval begins where the measure counts it. */
function dayIn(zone: string, at: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(at))
}
