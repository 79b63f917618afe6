import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'search',
    description: 'Finds what goes by these words: what is declared, and records by their number, key, commit or incident title.',
    examples: ['throughline search checkout', 'throughline search "#42"', 'throughline search 8f2c1ab'],
    args: {
      words: { type: 'positional', description: 'Words, a number, a key or the beginning of a commit', required: true },
      scope: { type: 'string', description: 'Namespace; all of them when left out' },
    },
  },
  async (args, { client }) => {
    const ask = { q: args.words, ...(args.scope ? { namespace: args.scope } : {}) }
    const [{ results }, { records }] = await Promise.all([client.ask('search', ask), client.ask('evidence.named', ask)])
    const found = [
      ...results.map(({ ref, kind, title }) => ({ ref, kind: kind.toLowerCase(), title })),
      ...records.map(({ id, kind, title }) => ({ ref: id, kind: kind.replaceAll('_', ' '), title })),
    ]
    answer(args.json, { found }, () =>
      found.length === 0
        ? `Nothing is called "${args.words}".`
        : table(
            ['what', 'kind', 'name'],
            found.map(({ title, kind, ref }) => [title, kind, ref]),
          ),
    )
    return found.length === 0 ? 1 : 0
  },
)
