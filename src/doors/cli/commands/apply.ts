import { dataCommand } from '../command.ts'
import { answer, counted, countProblems, describeProblem } from '../terminal.ts'

export default dataCommand(
  {
    name: 'apply',
    description: 'Reads a folder like "check" and writes every valid document. Removes only what came from that same folder before.',
    examples: ['throughline apply throughline/', 'throughline apply catalog/ --dry-run'],
    args: {
      dir: { type: 'positional', description: 'Folder or file', required: true },
      'dry-run': { type: 'boolean', description: 'Only say what would change', default: false },
      strict: {
        type: 'boolean',
        description: 'Write nothing when there is any error; documents of OpenSLO as its go-sdk reads them',
        default: false,
      },
    },
  },
  async (args, { client }) => {
    const { applyFolder, readHere } = await import('../../intent-folder.ts')
    const { kindsOnly } = await import('../../../main.ts')
    const { checkDraft } = kindsOnly()
    const read = readHere((draft) => checkDraft(draft, { strict: args.strict }))
    const result = await applyFolder(args.dir, read, (wish) => client.ask('catalog.apply', { ...wish }), {
      dryRun: args['dry-run'],
      strict: args.strict,
    })
    answer(args.json, result, () =>
      [
        ...result.problems.map(describeProblem),
        `${result.created} created, ${result.updated} updated, ${result.unchanged} unchanged, ${result.removed} removed; ${counted(result.files, 'file')}, ${countProblems(result.problems)}`,
      ].join('\n'),
    )
    return result.problems.some((problem) => problem.severity === 'error') ? 1 : 0
  },
)
