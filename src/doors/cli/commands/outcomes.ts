import { formatQuantity } from '../../../ground/core/index.ts'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

type Outcome = OutputOf<'outcomes'>['outcomes'][number]

export default dataCommand(
  {
    name: 'outcomes',
    description:
      'Outcomes held against their readings, worst first: state, progress, pace needed against pace seen, and how likely each is reached by its date. ' +
      'With a name, one of them with its guardrails, what drives it and what work serves it.',
    examples: ['throughline outcomes', 'throughline outcomes faster-booking --scope example', 'throughline outcomes --json'],
    args: {
      name: { type: 'positional', description: 'One outcome, by its name or ref; all when left out', required: false },
      scope: { type: 'string', description: 'Namespace', default: 'default' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const when = { at: args.at, asOf: args['as-of'] }
    if (args.name !== undefined) {
      const ref = args.name.includes(':') ? args.name : `outcome:${args.scope}/${args.name}`
      const found = await client.ask('outcome', { ref, ...when })
      const { measure, subject } = found.outcome
      const drivers = measure ? (await client.ask('drivers', { measure: measure.id, subject, ...when })).drivers : []
      answer(args.json, { ...found, drivers }, () => oneText(found, drivers))
      return 0
    }
    const told = await client.ask('outcomes', { scope: args.scope, ...when })
    answer(args.json, told, () =>
      told.outcomes.length === 0
        ? 'No outcome is written yet: write one on the page Vision, or apply a file with kind: Outcome.'
        : table(['state', 'outcome', 'now', 'promised', 'by', 'likely', 'why'], told.outcomes.map(rowOf)),
    )
    return told.counts.missed + told.counts.at_risk > 0 ? 1 : 0
  },
)

function rowOf(one: Outcome): string[] {
  const write = (value: number | null | undefined) =>
    value === null || value === undefined ? '' : formatQuantity(value, one.measure?.unit ?? '')
  return [
    one.judgement.state.replace('_', ' '),
    one.title,
    one.value === null ? 'unknown' : `${write(one.value)} (n = ${one.judgement.reading?.n ?? 0})`,
    write(one.target?.value) || (one.target?.text ?? ''),
    one.target?.by ?? '',
    one.likelihood ? percent(one.likelihood.probability) : '',
    one.because,
  ]
}

function oneText({ outcome, work }: OutputOf<'outcome'>, drivers: OutputOf<'drivers'>['drivers']): string {
  const { title, judgement, because, pace, forecast, forecastUnknown, likelihood, measure, guardrails } = outcome
  const unit = measure?.unit ?? ''
  return [
    `${title}: ${judgement.state.replace('_', ' ')}`,
    `  ${because}.`,
    ...(pace && pace.needed !== null
      ? [
          `  Pace: ${pace.seen === null ? 'unknown' : perWeek(pace.seen, unit)} seen in ${pace.weeks} weeks, ${perWeek(pace.needed, unit)} needed.`,
        ]
      : []),
    ...(likelihood
      ? [
          `  ${percent(likelihood.probability)} likely to be reached by its date (from ${likelihood.n} ${likelihood.basis === 'forecast' ? 'past errors' : 'weeks of pace'}).`,
        ]
      : []),
    ...(forecast
      ? [`  Forecasts like it held ${percent(forecast.held ?? 0)} of ${forecast.heldOf} times; ${percent(forecast.level)} are promised.`]
      : []),
    ...(forecastUnknown ? [`  No forecast: ${forecastUnknown.why}. ${forecastUnknown.fix}`] : []),
    ...guardrails.map(({ state, rule }) => `  Guardrail ${state}: ${rule}.`),
    ...drivers.map(({ title: driver, verdict, why }) => `  Driver ${driver}, ${verdict.replaceAll('_', ' ')}: ${why}`),
    work.n === 0
      ? '  No work is on record for the last four weeks.'
      : `  Work of four weeks: ${Math.round(work.count * 10) / 10} of ${work.n} changes.`,
    ...work.latest.map(({ title: change }) => `    ${change}`),
  ].join('\n')
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function perWeek(amount: number, unit: string): string {
  return `${amount < 0 ? '−' : '+'}${formatQuantity(Math.abs(amount), unit)} a week`
}
