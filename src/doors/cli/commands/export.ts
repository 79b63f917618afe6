import { dataCommand } from '../command.ts'
import { answer, say } from '../terminal.ts'

export default dataCommand(
  {
    name: 'export',
    description: 'Writes every entity out again, with its relations. "export" then "apply" changes nothing.',
    examples: ['throughline export > entities.yaml', 'throughline export --kind Outcome'],
    args: { kind: { type: 'string', description: 'Only this kind' }, namespace: { type: 'string', description: 'Only this namespace' } },
  },
  async (args, { client }) => {
    const result = (await client.ask('catalog.export', { kind: args.kind, namespace: args.namespace })) as {
      entities: Record<string, unknown>[]
    }
    if (result.entities.length === 0)
      say(`There is no entity${args.kind ? ` of kind ${args.kind}` : ''}${args.namespace ? ` in ${args.namespace}` : ''}.`)
    if (args.json) answer(true, result, () => '')
    else {
      const { entitiesAsYaml } = await import('../../entities-as-yaml.ts')
      process.stdout.write(entitiesAsYaml(result.entities))
    }
    return 0
  },
)
