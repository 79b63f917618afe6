import { Refusal } from '../../../ground/core/index.ts'
import { type ExitCode, plainCommand } from '../command.ts'
import { connect, type Connection } from '../connect.ts'
import { args } from '../decisions/arguments.ts'
import { listDecisions, showDecision, tellCalibration } from '../decisions/answers.ts'
import { writeNewDecision } from '../decisions/new-decision.ts'
import { writeNewRecord } from '../decisions/new-record.ts'
import { wishOf } from '../decisions/record-wish.ts'
import { supersedeInFolder } from '../decisions/supersede-files.ts'
import { answer, say } from '../terminal.ts'

export default plainCommand(
  {
    name: 'decision',
    description:
      'Writes, finds and replaces decision records, and tells how often what they expected came true. Records lie in a folder of a repository (--dir) or in the store.',
    examples: [
      'throughline decision new "Split the order service" --dir docs/decisions --options "Split it;Leave it" --criteria "outcome:default/faster;cost to run"',
      'throughline decision supersede 12 --by 31 --dir docs/decisions',
      'throughline decision list --text postgres --component component:default/checkout',
      'throughline decision show decision:shop/0012-one-database',
      'throughline decision calibration',
    ],
    args,
  },
  async (given): Promise<ExitCode> => {
    const { action, what, dir } = given
    if (action === 'new') {
      const wish = wishOf(given)
      if (dir === undefined) return connected((connection) => writeNewDecision(connection, wish, given))
      const written = await writeNewRecord(dir, wish)
      for (const { number, file, ref } of written.taken) say(`Number ${number} is taken by ${file} on ${ref}.`)
      answer(given.json, written, () => `Wrote ${written.file}. Fill in what stands in comments, then: throughline check ${dir}`)
      return 0
    }
    if (action === 'supersede') {
      if (!what || !given.by)
        throw missing('supersede', 'which decision, and by which: throughline decision supersede 12 --by 31 --dir docs/decisions')
      if (dir === undefined)
        return connected(async ({ client }) => {
          const done = await client.ask('decision.supersede', { older: what, newer: given.by })
          answer(given.json, done, () => `${done.older} is superseded by ${done.newer}.`)
          return 0
        })
      const done = supersedeInFolder(dir, what, given.by)
      answer(given.json, done, () => (done.changed.length > 0 ? `Changed ${done.changed.join(' and ')}.` : 'Both records say so already.'))
      return 0
    }
    if (action === 'list') return connected((connection) => listDecisions(connection, given))
    if (action === 'calibration') return connected((connection) => tellCalibration(connection, given))
    if (action === 'show') {
      if (!what) throw missing('show', 'which decision: throughline decision show decision:shop/0012-one-database')
      return connected((connection) => showDecision(connection, what, given))
    }
    throw new Refusal('cli.unknown_action', `"decision" knows no "${action}".`, { fix: 'Say new, list, show, supersede or calibration.' })
  },
)

async function connected(work: (connection: Connection) => Promise<ExitCode>): Promise<ExitCode> {
  const connection = await connect()
  try {
    return await work(connection)
  } finally {
    await connection.close()
  }
}

function missing(action: string, what: string): Refusal {
  return new Refusal('cli.missing', `"decision ${action}" has to be told ${what.split(':')[0]}.`, {
    fix: `Write ${what.slice(what.indexOf(':') + 2)}`,
  })
}
