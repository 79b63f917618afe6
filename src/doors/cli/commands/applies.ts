import pc from 'picocolors'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'applies',
    description:
      'Tells what binds a change to a component or path before it is made: principles, decisions, exceptions, and who reviews it.',
    examples: ['throughline applies checkout', 'throughline applies services/checkout/src --repository repository:default/shop'],
    args: {
      of: { type: 'positional', description: 'A component by its name or ref, or a path in a repository', required: true },
      repository: { type: 'string', description: 'Which repository the path is in, where several have it' },
      scope: { type: 'string', description: 'Namespace; that of the component when left out' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    // A ref says itself which namespace it is of.
    const scope = args.scope ?? /^component:([^/]+)\//.exec(args.of)?.[1] ?? 'default'
    const isName = /^[a-z0-9][a-z0-9._-]*$/i.test(args.of)
    const asked = args.of.startsWith('component:')
      ? { component: args.of }
      : isName
        ? { component: `component:${scope}/${args.of}` }
        : { path: args.of, repository: args.repository }
    const told = await client.ask('applies', { scope, at: args.at, asOf: args['as-of'], ...asked })
    answer(args.json, told, () => inWords(told))
    return 0
  },
)

function inWords({ components, principles, decisions, exceptions, notes }: OutputOf<'applies'>): string {
  return [
    ...components.map(({ ref, owner }) => `${pc.bold(ref)}  ${owner ? `reviewed by ${owner}` : 'owned by nobody'}`),
    ...notes,
    ...part(
      'Principles',
      principles,
      ({ state, title, forbids }) => `${state}: ${title}${forbids.length ? `. Forbids ${forbids.join('; ')}` : ''}`,
    ),
    ...part('Decisions', decisions, ({ title, status, because }) => `${title} (${status}): ${because}`),
    ...part('Exceptions', exceptions, ({ title, reason, until }) => `${title}, until ${until.slice(0, 10)}: ${reason}`),
  ].join('\n')
}

function part<One>(title: string, all: readonly One[], line: (one: One) => string): string[] {
  return ['', pc.bold(title), ...(all.length === 0 ? ['  none'] : all.map((one) => `  ${line(one)}`))]
}
