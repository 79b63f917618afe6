import { formatQuantity, type Reading, type Row } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'measure',
    description: 'Answers one measure from the evidence: value or unknown with the reason, how many records, what was left out.',
    examples: [
      'throughline measure delivery.change_lead_time',
      'throughline measure delivery.change_size --subject repository:default/shop --bucket week',
      'throughline measure delivery.change_failure_rate --rows',
    ],
    args: {
      id: { type: 'positional', description: 'The measure; leave out to list all', required: false },
      subject: { type: 'string', description: 'Whom it is about: a ref, or namespace:<name>' },
      where: { type: 'string', description: 'Filter, k=v; several with commas' },
      from: { type: 'string', description: 'Start of the window' },
      to: { type: 'string', description: 'End of the window' },
      bucket: { type: 'string', description: 'day, week or month' },
      by: { type: 'string', description: 'component: one reading each' },
      zone: { type: 'string', description: 'Time zone of days and weeks' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
      rows: { type: 'boolean', description: 'Also the records behind it', default: false },
    },
  },
  async (args, { client }) => {
    if (!args.id) {
      const listed = await client.ask('measure.list', {})
      const measures = (listed as { measures: { id: string; question: string; unit: string }[] }).measures
      answer(args.json, listed, () =>
        table(
          ['measure', 'unit', 'question'],
          measures.map((measure) => [measure.id, measure.unit, measure.question]),
        ),
      )
      return 0
    }
    const { id, subject, where, from, to, bucket, by, zone, at, rows } = args
    const result = (await client.ask('measure.read', {
      id,
      subject,
      where,
      from,
      to,
      bucket,
      by,
      zone,
      at,
      asOf: args['as-of'],
      rows: rows ? 'true' : undefined,
    })) as { readings: Reading[]; rows?: Row[]; readingIs?: string }
    answer(args.json, result, () =>
      [
        readingsTable(result.readings),
        ...fixes(result.readings),
        ...cautions(result.readings),
        ...(result.readingIs ? [`  ${result.readingIs}`] : []),
        ...(result.rows ? ['', rowsTable(result.rows)] : []),
      ].join('\n'),
    )
    return 0
  },
)

function readingsTable(readings: readonly Reading[]): string {
  return table(['window', 'subject', 'value', 'interval', 'n', 'left out'], readings.map(describe))
}

/** What would make unknown values known, once each. */
function fixes(readings: readonly Reading[]): string[] {
  return [...new Set(readings.flatMap(({ unknown }) => unknown?.fix ?? []))].map((fix) => `  ${fix}`)
}

/** What the figures rest on that is not whole, once each. */
function cautions(readings: readonly Reading[]): string[] {
  const silent = [...new Set(readings.flatMap(({ stale }) => stale ?? []))]
  const some = readings.find(({ value, covers }) => value !== null && covers && covers.withData < covers.subjects)
  return [
    ...(silent.length > 0
      ? [`  Silent for much longer than usual: ${silent.join(', ')}. What happened since is not in these figures.`]
      : []),
    ...(some
      ? [`  ${some.covers!.withData} of ${some.covers!.subjects} components ${some.covers!.withData === 1 ? 'has' : 'have'} data.`]
      : []),
  ]
}

/** The records behind the answer, newest first, and why one does not count. */
function rowsTable(rows: readonly Row[]): string {
  if (rows.length === 0) return 'No record stands behind it.'
  const cells = rows.map(({ id, at, value, unit, title = '', excluded, links }) => [
    at?.slice(0, 10) ?? '',
    value === null ? '–' : formatQuantity(value, unit),
    id,
    title.length > MOST_TITLE ? `${title.slice(0, MOST_TITLE - 1)}…` : title,
    [excluded ? `left out: ${excluded.replaceAll('_', ' ')}` : '', ...links.map(({ type, to }) => `${type} ${to}`)]
      .filter(Boolean)
      .join(', '),
  ])
  return table(['when', 'value', 'record', 'what', 'why'], cells)
}

const MOST_TITLE = 60

function describe(reading: Reading): string[] {
  const number = (value: number) => formatQuantity(value, reading.unit)
  return [
    `${reading.window.from.slice(0, 10)} – ${reading.window.to.slice(0, 10)}`,
    reading.subject,
    reading.value === null ? `unknown: ${reading.unknown?.why ?? 'no data'}` : number(reading.value),
    reading.interval
      ? `${number(reading.interval.low)} – ${number(reading.interval.high)} (${Math.round(reading.interval.level * 100)} %)`
      : '',
    reading.n.toLocaleString('en-GB'),
    reading.excluded.map(({ code, count }) => `${count} ${code.replaceAll('_', ' ')}`).join(', '),
  ]
}
