import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand, type ExitCode } from '../command.ts'
import { refNamed } from '../names.ts'
import { answer, minute, table } from '../terminal.ts'

const ACTIONS = ['list', 'declare', 'resolve', 'reopen', 'withdraw'] as const

export default dataCommand(
  {
    name: 'incident',
    description:
      'Incidents: those that are open (exit 1 where any is), and declaring one here, resolving it, or taking it back. The gate holds a component with an open one, as its policy says.',
    examples: [
      'throughline incident',
      'throughline incident declare checkout --title "Cards are refused" --severity high',
      'throughline incident resolve incident:throughline/2026-11-27-5f0c2e1a',
    ],
    args: {
      action: { type: 'positional', description: `${ACTIONS.join(', ')}; list when left out`, required: false },
      what: { type: 'positional', description: 'The component (declare), or the incident', required: false },
      title: { type: 'string', description: 'declare: what users notice' },
      severity: { type: 'string', description: 'declare: how bad, in your words' },
      since: { type: 'string', description: 'declare: when it began; now when left out' },
      scope: { type: 'string', description: 'Namespace of the list, and of a component named without one', default: 'default' },
    },
  },
  async (args, { client }): Promise<ExitCode> => {
    const { action = 'list', what, json, scope } = args
    const needed = (of: string) => {
      if (what) return what
      throw new Refusal('cli.missing', `"incident ${action}" has to be told which ${of}.`, {
        fix: `Write: throughline incident ${action} <${of}>`,
      })
    }
    switch (action) {
      case 'list': {
        const told = await client.ask('incident.open', { scope })
        const rows = told.incidents.map(({ openedAt, severity, component, title, id }) => [
          minute(openedAt),
          severity ?? '',
          component,
          title,
          id,
        ])
        answer(json, told, () =>
          rows.length > 0 ? table(['since', 'severity', 'component', 'what', 'incident'], rows) : 'No incident is open.',
        )
        return rows.length > 0 ? 1 : 0
      }
      case 'declare': {
        const { title, severity, since } = args
        const wish = { component: refNamed('component', needed('component'), scope), title, severity, openedAt: since }
        const { id } = await client.ask('incident.declare', wish)
        answer(json, { id }, () => `Declared as ${id}. When users are well again: throughline incident resolve ${id}`)
        return 0
      }
      case 'resolve':
      case 'reopen': {
        const done = await client.ask('incident.resolve', { id: needed('incident'), resolved: action === 'resolve' })
        answer(json, done, () => (done.resolved ? `${done.id} is over.` : `${done.id} is open again.`))
        return 0
      }
      case 'withdraw': {
        const done = await client.ask('incident.withdraw', { id: needed('incident') })
        answer(json, done, () => `Taken back: ${done.id}.`)
        return 0
      }
      default:
        throw new Refusal('cli.unknown_action', `"incident ${action}" is not known.`, { fix: `Use one of: ${ACTIONS.join(', ')}.` })
    }
  },
)
