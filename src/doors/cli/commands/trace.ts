import pc from 'picocolors'
import type { Trace } from '../../../ground/catalog/index.ts'
import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'trace',
    description: 'Follows the links of one thing, up to the outcomes it serves and down to the records under it.',
    examples: ['throughline trace outcome:default/true-briefs', 'throughline trace commit:git/<sha> --up'],
    args: {
      ref: { type: 'positional', description: 'A ref, or a record as kind:source/id', required: true },
      up: { type: 'boolean', description: 'Only towards outcomes', default: false },
      down: { type: 'boolean', description: 'Only towards records', default: false },
      depth: { type: 'string', description: 'How many steps', default: '4' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const direction = args.up === args.down ? 'both' : args.up ? 'up' : 'down'
    const trace = await client.ask('trace', { ref: args.ref, direction, depth: args.depth, asOf: args['as-of'] })
    answer(args.json, trace, () => (trace.nodes.length > 1 ? outline(trace) : alone(trace)))
    return trace.nodes.length > 1 ? 0 : 1
  },
)

function alone({ nodes }: Trace): string {
  const [node] = nodes
  return node?.dangling
    ? `Nothing is known of ${node.id}: nobody declared it, and no link names it.`
    : `Nothing is linked to ${node?.title ?? 'it'}.`
}

/** The trace as an indented list; links that hold only by membership are marked. */
function outline(trace: Trace): string {
  const edges = new Map<string, Trace['edges']>()
  for (const edge of trace.edges) for (const id of [edge.from, edge.to]) edges.set(id, [...(edges.get(id) ?? []), edge])
  return [...trace.nodes]
    .sort((a, b) => a.depth - b.depth)
    .map((node) => {
      const via = (edges.get(node.id) ?? [])[0]
      const how =
        node.depth === 0 || !via
          ? ''
          : pc.dim(`  ${via.type} (${via.origin}${via.weak ? ', weak' : ''}${via.confidence < 1 ? `, ${via.confidence}` : ''})`)
      const more = node.more ? pc.dim(`  and ${node.more} more`) : ''
      const mark = node.depth < 0 ? '↑' : node.depth > 0 ? '↓' : '•'
      return `${'  '.repeat(Math.abs(node.depth))}${mark} ${node.title} ${pc.dim(node.id)}${node.dangling ? pc.yellow('  not declared') : ''}${how}${more}${(node.asks ?? []).map((ask) => pc.yellow(`\n${'  '.repeat(Math.abs(node.depth))}  ▲ ${ask}`)).join('')}`
    })
    .join('\n')
}
