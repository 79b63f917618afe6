import pc from 'picocolors'
import { formatQuantity, Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'effect',
    description:
      'Tells what has changed since an investment was finished, or since a day: held against untouched subjects where there are some, else against its own past, with the interval and how far to trust it.',
    examples: [
      'throughline effect investment:default/faster-builds',
      'throughline effect --measure delivery.change_lead_time --subject component:default/shop --at 2026-05-04',
      'throughline effect --measure business.orders --subject component:default/shop --at 2026-05-04 --control component:default/depot --control component:default/fleet',
    ],
    several: true,
    lists: ['control'],
    args: {
      investment: { type: 'positional', description: 'The investment; leave out to ask by measure', required: false },
      measure: { type: 'string', description: 'The measure' },
      subject: { type: 'string', description: 'Whom the change was made to: a ref, or namespace:<name>' },
      at: { type: 'string', description: 'The day of the change' },
      control: { type: 'string', description: 'Untouched subjects to compare with, again for each; none for before and after alone' },
      quantile: { type: 'string', description: 'p50, p75 or p90, where the measure has them' },
      where: { type: 'string', description: 'Filter, k=v; several with commas' },
      weeks: { type: 'string', description: 'Weeks looked at on either side', default: '26' },
      until: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
      zone: { type: 'string', description: 'Time zone of weeks' },
    },
  },
  async (args, { client }) => {
    const { measure, subject, at, control, quantile, where, weeks, until, zone } = args
    const common = { weeks, until, asOf: args['as-of'], zone }
    if (measure === undefined) {
      const [ref, surplus] = args._
      if (ref === undefined || surplus !== undefined)
        throw new Refusal('cli.too_few', 'Say what to look at: one investment, or a measure with a day.', {
          fix: 'throughline effect investment:default/<name>, or throughline effect --measure M --subject R --at T.',
        })
      const told = await client.ask('effect.investment', { ref: ref.includes(':') ? ref : `investment:default/${ref}`, ...common })
      answer(args.json, told, () => [pc.bold(told.investment.title), ...[told, ...told.also].map(words)].join('\n\n'))
      return 0
    }
    if (at === undefined)
      throw new Refusal('cli.too_few', 'Say since when: the day of the change is missing.', { fix: 'Add --at 2026-05-04.' })
    // More words after --control are controls, too.
    const controls = [control ?? [], args._].flat().join(',')
    const told = await client.ask('effect', {
      measure,
      subject,
      at,
      control: controls === '' ? undefined : controls,
      quantile,
      where,
      ...common,
    })
    answer(args.json, told, () => words(told))
    return 0
  },
)

interface Told {
  unit: string
  scale: string | null
  sentence: string
  evidence: string
  verdict: string
  missing: { fix: string }[]
  expected?: { sentence: string } | undefined
  controls: { ref: string }[]
  leftOut: { ref: string; why: string }[]
  placebo: {
    inTime: { at: string; value: number; low: number; high: number; found: boolean }[]
    inSpace: { ref: string; value: number; low: number; high: number; found: boolean }[]
  } | null
}

function words({ unit, scale, sentence, evidence, missing, expected, controls, leftOut, placebo }: Told): string {
  const write = (value: number) => (scale === 'absolute' ? formatQuantity(value, unit) : share(value))
  const checks = [
    ...(placebo?.inTime ?? []).map((check) => ({ what: `as if on ${check.at.slice(0, 10)}`, ...check })),
    ...(placebo?.inSpace ?? []).map((check) => ({ what: `as if ${check.ref}`, ...check })),
  ]
  return [
    sentence,
    evidence,
    ...(expected ? [expected.sentence] : []),
    ...missing.map(({ fix }) => `  ${fix}`),
    ...(controls.length > 0 ? [pc.dim(`against ${controls.map(({ ref }) => ref).join(', ')}`)] : []),
    ...leftOut.map(({ ref, why }) => pc.dim(`left out: ${ref}, ${why}`)),
    ...(checks.length > 0
      ? [
          '',
          table(
            ['where nothing was done', 'change', '95 %', 'found'],
            checks.map(({ what, value, low, high, found }) => [what, write(value), `${write(low)} – ${write(high)}`, found ? 'yes' : 'no']),
          ),
        ]
      : []),
  ].join('\n')
}

function share(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)} %`
}
