import { plainCommand } from '../command.ts'
import { answer, counted, countProblems, describeProblem } from '../terminal.ts'

export default plainCommand(
  {
    name: 'check',
    description:
      'Reads a folder of intent files, catalogue descriptors and decision records, and names every problem with its place. Writes nothing.',
    examples: ['throughline check throughline/', 'throughline check docs/decisions --json'],
    args: {
      dir: { type: 'positional', description: 'Folder or file', required: true },
      strict: {
        type: 'boolean',
        description: 'Warnings count as problems too; documents of OpenSLO as its go-sdk reads them',
        default: false,
      },
    },
  },
  async (args) => {
    const { checkFolder } = await import('../../intent-folder.ts')
    const { kindsOnly } = await import('../../../main.ts')
    const result = await checkFolder(args.dir, kindsOnly(), { strict: args.strict })
    const errors = result.problems.filter((problem) => problem.severity === 'error' || args.strict).length
    answer(args.json, result, () =>
      [
        ...result.problems.map(describeProblem),
        `${counted(result.files, 'file')}, ${counted(result.entities, 'document')}: ${countProblems(result.problems)}`,
      ].join('\n'),
    )
    return errors === 0 ? 0 : 1
  },
)
