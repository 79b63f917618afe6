import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'principles',
    description:
      'Principles held against their signals, broken first. With a name, one of them: who holds it, who breaks it and since when, exceptions, decisions for and against.',
    examples: ['throughline principles', 'throughline principles small-reversible-changes --scope example'],
    args: {
      name: { type: 'positional', description: 'One principle, by its name or ref; all when left out', required: false },
      scope: { type: 'string', description: 'Namespace', default: 'default' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const when = { at: args.at, asOf: args['as-of'] }
    if (args.name !== undefined) {
      const ref = args.name.includes(':') ? args.name : `principle:${args.scope}/${args.name}`
      const found = await client.ask('principle', { ref, ...when })
      answer(args.json, found, () => oneText(found))
      return 0
    }
    const told = await client.ask('principles', { scope: args.scope, ...when })
    answer(args.json, told, () =>
      told.principles.length === 0
        ? 'No principle is written yet: "throughline apply" reads them from files, and two come ready on the page Vision.'
        : table(
            ['state', 'principle', 'held', 'broken', 'excepted', 'unknown', 'cited by'],
            told.principles.map(({ judgement, title, counts, cited }) => [
              WORDS[judgement.state] ?? judgement.state,
              title,
              ...[counts.held, counts.broken, counts.excepted, counts.unknown, cited.length].map(String),
            ]),
          ),
    )
    return told.principles.some(({ judgement }) => judgement.state === 'missed') ? 1 : 0
  },
)

const WORDS: Record<string, string> = { met: 'held', missed: 'broken' }

function oneText({ principle, history }: OutputOf<'principle'>): string {
  const { title, statement, judgement, subjects, exceptions, cited } = principle
  const since = new Map(history.subjects.map((line) => [line.subject, line.since]))
  const lasting = (subject: string) => {
    const start = since.get(subject)
    return start ? `${start.atLeast ? 'at least ' : ''}since ${start.at.slice(0, 10)}` : ''
  }
  const how = (kind: 'supports' | 'against') => counted(cited.filter((one) => one.how === kind).length, 'decision')
  return [
    `${title}: ${WORDS[judgement.state] ?? judgement.state}, ${judgement.rule}`,
    `  ${statement}`,
    table(
      ['who', 'team', 'state', 'since', 'why'],
      subjects.map(({ subject, team, state, signals }) => [
        subject,
        team ?? '–',
        state,
        lasting(subject),
        signals.find((signal) => signal.state === state)?.rule ?? '',
      ]),
    ),
    ...exceptions.map(
      ({ title: name, until, live, soon }) => `  Exception "${name}" ${live ? `until ${until}${soon ? ', soon' : ''}` : `ended ${until}`}.`,
    ),
    `  ${how('supports')} for it, ${how('against')} against it.`,
  ].join('\n')
}
