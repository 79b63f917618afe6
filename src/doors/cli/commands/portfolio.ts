import pc from 'picocolors'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, progressLine, table } from '../terminal.ts'

type Portfolio = OutputOf<'portfolio'>

/** Between two looks at how far the draws are. */
const LOOK_MS = 500

export default dataCommand(
  {
    name: 'portfolio',
    description:
      'Chooses investments within people-weeks and money: worth most by what they close of the gaps of outcomes, and how often each is chosen when every input is off by up to a half. Exit 1 when nothing fits.',
    examples: [
      'throughline portfolio --people-weeks 60',
      'throughline portfolio --people-weeks 60 --money 100000 --floor safer-payments,faster-booking=12 --scope example',
    ],
    args: {
      'people-weeks': { type: 'string', description: 'People-weeks there are' },
      money: { type: 'string', description: 'Money there is' },
      currency: { type: 'string', description: 'What money is counted in; the one most investments are stated in when left out' },
      floor: {
        type: 'string',
        description: 'Outcomes something has to be done for, with people-weeks at least or without: safer,faster=12',
      },
      weight: { type: 'string', description: 'What closing the gap of an outcome counts, 1 where nothing is said: faster=2' },
      resamples: { type: 'string', description: 'Draws with every input off by up to a half', default: '500' },
      scope: { type: 'string', description: 'Namespace to choose in', default: 'default' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { money, currency, floor, weight, resamples, scope, at } = args
    const wish = { scope, peopleWeeks: args['people-weeks'], money, currency, floor, weight, resamples, wait: 'false' }
    const line = progressLine('Trying it with other inputs')
    let told = await client.ask('portfolio', { ...wish, at, asOf: args['as-of'] })
    // Asked again about the same moment, the answer goes on where it was.
    while (told.resamples.done < told.resamples.asked) {
      line.show(told.resamples.done, told.resamples.asked)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      told = await client.ask('portfolio', { ...wish, at: told.at, asOf: told.asOf })
    }
    line.end()
    answer(args.json, told, () => text(told))
    return told.feasible ? 0 : 1
  },
)

function text(told: Portfolio): string {
  const rows = told.investments
    .map((one) => ({ ...one, isChosen: told.chosen.includes(one.ref), share: told.chosenShare[one.ref] }))
    .sort((a, b) => Number(b.isChosen) - Number(a.isChosen) || (b.share ?? -1) - (a.share ?? -1))
    .map((one) => [
      one.isChosen ? '● chosen' : '○',
      one.title,
      one.cost ? `${one.cost.peopleWeeks}` : 'unknown',
      one.cost?.money ? `${one.cost.money.amount.toLocaleString('en-GB')} ${one.cost.money.currency}` : '',
      one.worth === null ? 'unknown' : one.worth.toFixed(2),
      one.share === undefined ? '' : `${Math.round(one.share * 100)} %`,
    ])
  const titles = new Map(told.investments.map(({ ref, title }) => [ref, title]))
  const named = (refs: readonly string[]) => refs.map((ref) => titles.get(ref) ?? ref).join(', ')
  const words = { next_best: 'next best', worthPerWeek: 'sorted by worth a week', wsjf: 'sorted by WSJF', rice: 'sorted by RICE' }
  const { done, infeasible } = told.resamples
  return [
    pc.bold(told.headline),
    rows.length > 0 ? `\n${table(['', 'investment', 'people-weeks', 'money', 'worth (gaps)', 'chosen in'], rows)}` : '',
    done > 0
      ? pc.dim(
          `Chosen in: of ${done - infeasible} draws with every input off by up to a half${infeasible ? `; in ${infeasible} more nothing fitted` : ''}.`,
        )
      : '',
    ...told.alternatives.map(
      ({ by, value, adds, drops }) =>
        `${words[by]}: ${value.toFixed(2)} gaps${adds.length ? `, with ${named(adds)}` : ''}${drops.length ? `, without ${named(drops)}` : ''}${adds.length + drops.length === 0 ? ', the same' : ''}`,
    ),
    ...told.leftOut.map(({ ref, why, fix }) => `${titles.get(ref) ?? ref} cannot be chosen: ${why}. ${fix}`),
  ]
    .filter(Boolean)
    .join('\n')
}
