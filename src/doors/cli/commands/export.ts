import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'export',
    description: 'Writes every entity out again, with its relations. "export" then "apply" changes nothing.',
    examples: ['throughline export --json > entities.json', 'throughline export --kind Outcome'],
    args: { kind: { type: 'string', description: 'Only this kind' }, namespace: { type: 'string', description: 'Only this namespace' } },
  },
  async (args, { client }) => {
    const result = (await client.ask('catalog.export', { kind: args.kind, namespace: args.namespace })) as {
      entities: Record<string, unknown>[]
    }
    if (args.json) answer(true, result, () => '')
    else {
      const { stringify } = await import('yaml')
      answer(false, result, () => result.entities.map(({ relations: _relations, ...entity }) => stringify(entity)).join('---\n'))
    }
    return 0
  },
)
