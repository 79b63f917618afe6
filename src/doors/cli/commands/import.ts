import { dataCommand } from '../command.ts'
import { answer, describeProblem, progressLine } from '../terminal.ts'

export default dataCommand(
  {
    name: 'import',
    description:
      'Brings records in from a file, a folder or standard input: NDJSON, JSON, CloudEvents, CDEvents. Batches are durable; a stopped import goes on where it was.',
    examples: [
      'throughline import events.ndjson',
      'cat events.ndjson | throughline import -',
      'throughline import exports/ --format cdevents',
    ],
    args: {
      file: { type: 'positional', description: 'File, folder, or - for standard input', required: true },
      format: { type: 'string', description: 'ndjson, cloudevents or cdevents; recognised when left out' },
    },
  },
  async (args, connection) => {
    const { importFiles } = await import('../../import-files.ts')
    const progress = progressLine('Importing')
    const result = await importFiles(args.file, args.format, connection, (lines, label) => progress.show(lines, null, label))
    progress.end()
    answer(args.json, result, () =>
      [
        ...result.problems.slice(0, 20).map(describeProblem),
        `${result.accepted} accepted, ${result.revised} revised, ${result.duplicates} duplicates, ${result.rejected} rejected`,
      ].join('\n'),
    )
    return result.rejected === 0 ? 0 : 1
  },
)
