import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'capabilities',
    description: 'Tells what components provide to others, who uses it, and who has built the same thing again.',
    examples: ['throughline capabilities', 'throughline capabilities --scope example'],
    args: {
      scope: { type: 'string', description: 'Namespace', default: 'default' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const told = await client.ask('capability.list', { namespace: args.scope, asOf: args['as-of'] })
    answer(args.json, told, () =>
      told.capabilities.length === 0
        ? 'Nobody has said yet what is built for others: give a component the tag capability:<name>, or spec.provides.'
        : table(
            ['capability', 'shared by', 'used by', 'built again by'],
            told.capabilities.map(({ name, providers, unmet }) => {
              const shared = providers.filter((one) => one.shared)
              return [
                name,
                shared.map(({ ref }) => ref).join(', ') || '–',
                String(shared.flatMap(({ users }) => users).length),
                unmet.join(', ') || '–',
              ]
            }),
          ),
    )
    return told.capabilities.some(({ unmet }) => unmet.length > 0) ? 1 : 0
  },
)
