import { dataCommand } from '../command.ts'
import { answer, counted, progressLine, say } from '../terminal.ts'

export default dataCommand(
  {
    name: 'scan',
    description:
      'Reads the whole history of one repository, or of every repository in a folder, from HEAD. Again later it reads only what is new.',
    examples: ['throughline scan .', 'throughline scan ~/repositories', 'throughline scan ../shop ../till', 'throughline scan . --watch'],
    several: true,
    args: {
      path: { type: 'positional', description: 'Repository, or folder of repositories; several if you like', required: true },
      watch: { type: 'boolean', description: 'Also have the server read it again on a schedule', default: false },
    },
  },
  async (args, connection) => {
    const { scanInto } = await import('../../scan-into.ts')
    const progress = progressLine('Reading')
    const result = await scanInto(args._, connection, {
      onProgress: ({ phase, done, total }) => progress.show(done, total, phase),
      watch: args.watch,
    })
    progress.end()
    for (const repository of result.repositories) for (const note of repository.notes) say(`${repository.subject}: ${note}`)
    answer(
      args.json,
      result,
      () =>
        result.repositories
          .map(
            (one) =>
              `${one.subject}  ${counted(one.commits, 'commit')} (${one.newCommits.toLocaleString('en-GB')} new), ${counted(one.changes, 'change')}, ${counted(one.deployments, 'deployment')}, ${counted(one.authors, 'author')}, ${counted(one.bots.length, 'bot')}, ${one.seconds.toFixed(1)} s`,
          )
          .join('\n') + '\n\nNow: throughline brief',
    )
    return 0
  },
)
