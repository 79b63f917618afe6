import { formatQuantity } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'outcomes',
    description: 'Lists the outcomes, worst first: where each stands, what was promised by when, and why it is judged so.',
    examples: ['throughline outcomes', 'throughline outcomes --scope example --json'],
    args: {
      scope: { type: 'string', description: 'A namespace; default when left out' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async ({ scope, at, json, ...args }, { client }) => {
    const told = await client.ask('outcomes', { scope, at, asOf: args['as-of'] })
    answer(json, told, () =>
      told.outcomes.length === 0
        ? 'No outcome is written yet: write one on the page Vision, or apply a file with kind: Outcome.'
        : table(
            ['state', 'outcome', 'now', 'promised', 'by', 'why'],
            told.outcomes.map((one) => {
              const write = (value: number | null | undefined) =>
                value === null || value === undefined ? '' : formatQuantity(value, one.measure?.unit ?? '')
              return [
                one.judgement.state.replace('_', ' '),
                one.title,
                one.value === null ? 'unknown' : `${write(one.value)} (n = ${one.judgement.reading?.n ?? 0})`,
                write(one.target?.value) || (one.target?.text ?? ''),
                one.target?.by ?? '',
                one.because,
              ]
            }),
          ),
    )
    return told.counts.missed + told.counts.at_risk > 0 ? 1 : 0
  },
)
