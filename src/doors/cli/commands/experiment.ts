import pc from 'picocolors'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'experiment',
    description:
      'Tells how an experiment stands by the rule it began with; looking at it every day spoils nothing. Without a name, all of them.',
    examples: [
      'throughline experiment',
      'throughline experiment experiment:default/one-page-booking',
      'throughline experiment experiment:default/one-page-booking --keep',
    ],
    args: {
      ref: { type: 'positional', description: 'The experiment; leave out to list all', required: false },
      scope: { type: 'string', description: 'Namespace of the list', default: 'default' },
      keep: { type: 'boolean', description: 'Keep its result, so that it outlives its records' },
      reason: { type: 'string', description: 'Why it is stopped before its rule allows to' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const moments = { at: args.at, asOf: args['as-of'] }
    if (!args.ref) {
      const told = await client.ask('experiment.list', { namespace: args.scope, ...moments })
      answer(args.json, told, () =>
        told.experiments.length === 0
          ? 'No experiment is declared: write one as kind: Experiment and apply it.'
          : table(
              ['experiment', 'state', 'what is seen'],
              told.experiments.map(({ ref, kept, state, words }) => [
                ref,
                (kept ?? { state }).state.replace('_', ' '),
                (kept ?? { words }).words,
              ]),
            ),
      )
      return 0
    }
    if (args.keep) await client.ask('experiment.keep', { ref: args.ref, reason: args.reason })
    const told = await client.ask('experiment.read', { ref: args.ref, ...moments })
    answer(args.json, told, () =>
      [
        `${pc.bold(told.title)}  ${told.state.replace('_', ' ')}`,
        told.hypothesis,
        told.words,
        pc.dim(
          `${told.measure}, ${told.start.slice(0, 10)} – ${told.end.slice(0, 10)}${told.test.p === null ? '' : `, p = ${told.test.p.toPrecision(2)} at every look`}`,
        ),
        ...(told.kept ? [`kept for ${told.kept.at.slice(0, 10)}: ${told.kept.words}`] : []),
        ...told.guardrails.map(({ measure, limit, reading }) => `  guardrail ${measure} ${limit}: ${reading.value ?? 'unknown'}`),
        ...told.reservations.map((text) => `  ${text}`),
      ].join('\n'),
    )
    return told.state === 'harm' || told.state === 'refuted' ? 1 : 0
  },
)
