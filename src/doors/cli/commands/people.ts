import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

const KINDS = ['person', 'bot', 'agent'] as const

export default dataCommand(
  {
    name: 'people',
    description:
      'Which names were joined to one person and which authors are programs: counts and what was said by hand, never a list of people. Also merges, splits, corrects and undoes.',
    examples: [
      'throughline people',
      'throughline people merge dev-1@example.org dev-1',
      'throughline people split dev-1',
      'throughline people correct deploy-user bot',
      'throughline people undo 12',
    ],
    args: {
      action: { type: 'positional', description: 'list, merge, split, correct or undo', required: false },
      name: { type: 'positional', description: 'A mail address, handle or ref; for undo a number', required: false },
      other: { type: 'positional', description: 'For merge another name, for correct: person, bot or agent', required: false },
    },
  },
  async (args, { client }) => {
    const { action = 'list', name, other } = args
    if (action === 'list') {
      const people = await client.call('people.read', {})
      answer(args.json, people, () =>
        [
          `${people.aliases} names stand for ${people.people} people${people.joins.length ? `: ${people.joins.map(({ origin, count }) => `${count} by ${origin}`).join(', ')}` : ''}.`,
          ...(people.byHand.length
            ? [
                '',
                table(
                  ['number', 'said', 'of', 'and', 'by'],
                  people.byHand.map((one) => [String(one.id), one.says, one.alias, one.other ?? '', one.by]),
                ),
              ]
            : []),
          ...(people.programs.length
            ? [
                '',
                table(
                  ['program', 'kind', 'commits', 'known by'],
                  people.programs.map((one) => [one.name, one.kind, String(one.commits), one.by]),
                ),
              ]
            : []),
        ].join('\n'),
      )
      return 0
    }
    if (action === 'merge' && name && other) {
      const said = await client.call('people.merge', { name, other })
      answer(args.json, said, () => `Joined. "throughline people undo ${said.id}" takes it back.`)
      return 0
    }
    if (action === 'split' && name) {
      const said = await client.call('people.split', { name })
      answer(args.json, said, () => `Set apart. "throughline people undo ${said.id}" takes it back.`)
      return 0
    }
    const kind = KINDS.find((one) => one === other)
    if (action === 'correct' && name && kind) {
      const said = await client.call('people.correct', { name, kind })
      answer(args.json, said, () => `Counts as ${kind} from now on. "throughline people undo ${said.id}" takes it back.`)
      return 0
    }
    if (action === 'undo' && name) {
      const said = await client.ask('people.undo', { id: name })
      answer(args.json, said, () => 'Taken back.')
      return 0
    }
    throw new Refusal('cli.people_action', `"${[action, name, other].filter(Boolean).join(' ')}" is not something people can do.`, {
      fix: 'Use: people | people merge <name> <name> | people split <name> | people correct <name> person|bot|agent | people undo <number>',
    })
  },
)
