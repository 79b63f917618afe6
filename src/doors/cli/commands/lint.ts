import { dataCommand } from '../command.ts'
import { answer, counted, describeProblem } from '../terminal.ts'

export default dataCommand(
  {
    name: 'lint',
    description:
      'What a careful reader would object to in the strategy: what cannot be checked, settles nothing, contradicts itself, or is served by no work. ' +
      'With a folder, its documents as if they had been applied; nothing is written.',
    examples: ['throughline lint', 'throughline lint throughline/', 'throughline lint --scope example --json'],
    args: {
      dir: { type: 'positional', description: 'Folder or file; what is in the store when left out', required: false },
      scope: { type: 'string', description: 'Namespace, where no folder is named', default: 'default' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { lintFolder } = await import('../../intent-folder.ts')
    const { kindsOnly } = await import('../../../main.ts')
    const when = { at: args.at, asOf: args['as-of'] }
    const { problems, unjudged } =
      args.dir === undefined
        ? await client.ask('lint', { scope: args.scope, ...when })
        : await lintFolder(args.dir, kindsOnly(), (drafts) => client.ask('lint.documents', { drafts, ...when }))
    answer(args.json, { problems, unjudged }, () =>
      [
        ...problems.map(describeProblem),
        problems.length === 0 ? 'Nothing to object to.' : `${counted(problems.length, 'objection')}.`,
        ...unjudged.map(({ rule, why, fix }) => `Not judged: ${why.replace(/\.$/, '')}. ${fix} [${rule}]`),
      ].join('\n'),
    )
    return problems.length === 0 ? 0 : 1
  },
)
