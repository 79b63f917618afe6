import { writeFile } from 'node:fs/promises'
import { toRef, Refusal } from '../../../ground/core/index.ts'
import { isZone, TABLE_KINDS, type TableKind } from '../../../sources/tables/index.ts'
import type { TakenBill } from '../../tables/taken.ts'
import { dataCommand, type ExitCode } from '../command.ts'
import type { Connection } from '../connect.ts'
import { answer, counted, describeProblem, progressLine, say } from '../terminal.ts'

export default dataCommand(
  {
    name: 'import',
    description:
      'Brings records in from a file, a folder or standard input: NDJSON, JSON, CloudEvents, CDEvents; or rows of a table (CSV, TSV, JSON with columns of its own), which are shown as the records they would become before anything is written. Batches are durable; a stopped import goes on where it was.',
    examples: [
      'throughline import events.ndjson',
      'cat events.ndjson | throughline import -',
      'throughline import exports/ --format cdevents',
      'throughline import incidents.csv',
      'throughline import incidents.csv --as incident --zone Europe/Berlin --apply',
      'throughline import incidents.csv --map mapping.yaml',
      'throughline import focus-2026-05.csv.gz --apply',
    ],
    args: {
      file: { type: 'positional', description: 'File, folder, or - for standard input', required: true },
      format: { type: 'string', description: 'ndjson, cloudevents or cdevents; recognised when left out' },
      map: { type: 'string', description: 'Rows: the mapping to read them by, a YAML or JSON file or the name of one that is kept' },
      as: { type: 'string', description: `Rows: what they are (${TABLE_KINDS.join(', ')}); guessed when left out` },
      zone: { type: 'string', description: 'Rows: the zone of times written without one, such as Europe/Berlin' },
      subject: { type: 'string', description: 'Rows: what all of them are about, such as component:default/shop' },
      apply: { type: 'boolean', description: 'Rows: import by the guessed mapping; it is kept for the next file of the same shape' },
      preview: { type: 'boolean', description: 'Rows: only show what they would become' },
      part: { type: 'boolean', description: 'A bill: the file is only a part of it, so what it does not hold stays' },
      replace: { type: 'boolean', description: 'A bill: take this version although most of what was known is not in it' },
      save: { type: 'string', description: 'Rows: write the mapping to this file, to be edited' },
    },
  },
  async (args, connection) => {
    const { map, as, zone, subject, save } = args
    const isWanted = [map, as, zone, subject, save].some((one) => one !== undefined) || args.apply === true || args.preview === true
    const { importTable, isTable, mappingAt } = await import('../../tables/import-table.ts')
    if (args.format !== undefined || !(isWanted || (await isTable(args.file)))) return importRecords(args, connection)
    const mapping = map === undefined ? undefined : await mappingAt(map, connection)
    const progress = progressLine('Importing')
    const outcome = await importTable(
      args.file,
      {
        mapping: mapping && zone !== undefined ? { ...mapping, zone: zoneOf(zone)! } : mapping,
        kind: as === undefined ? undefined : kindOf(as),
        zone: zoneOf(zone),
        subject: refOf(subject),
        apply: args.apply === true,
        previewOnly: args.preview === true || save !== undefined,
        part: args.part === true,
        replace: args.replace === true,
      },
      connection,
      (rows, bytes, all) =>
        progress.show(Math.round(bytes / 1e6), all === null ? null : Math.ceil(all / 1e6), `MB  ${counted(rows, 'row')}`),
    )
    progress.end()
    if ('imported' in outcome) {
      const { imported } = outcome
      answer(args.json, imported, () =>
        [
          ...imported.problems.slice(0, 20).map(describeProblem),
          ...imported.remarks.map((remark) => `${describeProblem(remark)} ${counted(remark.count, 'time')}`),
          `${counted(imported.rows, 'row')} by the mapping ${imported.mapping}: ${countsOf(imported)}`,
          ...(imported.bills ?? []).map(billWords),
          imported.rejected > 0 && imported.bills
            ? `Nothing was imported: ${counted(imported.rejected, 'line')} cannot be read, and a bill is taken whole or not at all.`
            : imported.rejected > 0
              ? 'Refused rows are kept: correct the mapping, then read them again on the Evidence page, or with the API (POST /api/rejects/retry).'
              : '',
        ]
          .filter(Boolean)
          .join('\n'),
      )
      return imported.rejected === 0 ? 0 : 1
    }
    const { preview } = outcome
    if (save !== undefined) {
      const { stringify } = await import('yaml')
      await writeFile(save, stringify(preview.mapping, { lineWidth: 0, doubleQuotedAsJSON: true }), { flag: 'wx' }).catch(
        (error: NodeJS.ErrnoException) => {
          throw new Refusal(
            'import.not_saved',
            `The mapping cannot be written to ${save}: ${error.code === 'EEXIST' ? 'there is a file already' : error.message}.`,
            {
              fix: 'Name a file that is not there yet.',
            },
          )
        },
      )
      say(`The mapping is in ${save}.`)
    }
    const { previewText } = await import('../preview-text.ts')
    answer(args.json, preview, () => previewText(preview, args.file))
    return preview.undecided.length > 0 || preview.sample.refused > 0 ? 1 : 0
  },
)

async function importRecords(
  args: { file: string; format?: string | undefined; json: boolean },
  connection: Connection,
): Promise<ExitCode> {
  const { importFiles } = await import('../../import-files.ts')
  const progress = progressLine('Importing')
  const result = await importFiles(args.file, args.format, connection, (lines, label) => progress.show(lines, null, label))
  progress.end()
  answer(args.json, result, () => [...result.problems.slice(0, 20).map(describeProblem), countsOf(result)].join('\n'))
  return result.rejected === 0 ? 0 : 1
}

function countsOf(result: { accepted: number; revised: number; duplicates: number; rejected: number }): string {
  return `${result.accepted} accepted, ${result.revised} revised, ${result.duplicates} duplicates, ${result.rejected} rejected`
}

function billWords({ bill, lines, costs, gone, sums }: TakenBill): string {
  const amounts = sums.flatMap(({ currency, billed, effective }) => [
    ...(billed === null ? [] : [`${currency} ${billed} billed`]),
    ...(effective === null ? [] : [`${currency} ${effective} effective`]),
  ])
  const left = gone > 0 ? `; ${counted(gone, 'cost')} of an earlier version gone` : ''
  return `  ${bill}: ${counted(lines, 'line')}, ${counted(costs, 'cost')}, ${amounts.join(', ')}${left}`
}

function kindOf(name: string): TableKind {
  const kind = TABLE_KINDS.find((one) => one === name)
  if (kind) return kind
  throw new Refusal('import.unknown_kind', `Rows cannot become "${name}".`, { path: 'as', fix: `Use ${TABLE_KINDS.join(', ')}.` })
}

function zoneOf(zone: string | undefined): string | undefined {
  if (zone === undefined || isZone(zone)) return zone
  throw new Refusal('import.unknown_zone', `There is no time zone "${zone}".`, {
    path: 'zone',
    fix: 'Use a name such as Europe/Berlin, or UTC.',
  })
}

function refOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const ref = toRef(text)
  if (ref.ok) return ref.value
  throw new Refusal('import.subject', `"${text}" does not name a thing.`, {
    path: 'subject',
    fix: 'Write kind:namespace/name, such as component:default/shop.',
  })
}
