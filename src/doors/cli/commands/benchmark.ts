import pc from 'picocolors'
import { formatQuantity, formatWindow } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'benchmark',
    description: 'Shows where a measure lies among what others answered, with who was asked and how long ago: a distribution, no grade.',
    examples: [
      'throughline benchmark delivery.change_lead_time',
      'throughline benchmark delivery.deployment_frequency --subject component:default/checkout',
    ],
    args: {
      id: { type: 'positional', description: 'The measure', required: true },
      subject: { type: 'string', description: 'Whom it is about: a ref, or namespace:<name>' },
      where: { type: 'string', description: 'Filter, k=v; several with commas' },
      from: { type: 'string', description: 'Start of the window' },
      to: { type: 'string', description: 'End of the window' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { id: measure, subject, where, from, to, at } = args
    const told = await client.ask('benchmark.read', { measure, subject, where, from, to, at, asOf: args['as-of'] })
    answer(args.json, told, () => {
      const { reading, benchmarks } = told
      const { from: begin, to: end } = formatWindow({ from: Date.parse(reading.window.from), to: Date.parse(reading.window.to) })
      const value =
        reading.value === null
          ? `unknown: ${reading.unknown?.why ?? 'no data'}`
          : `${formatQuantity(reading.value, reading.unit)} (n = ${reading.n})`
      const head = `${pc.bold(measure)} of ${reading.subject}, ${begin.slice(0, 10)} – ${end.slice(0, 10)}: ${value}`
      const parts = benchmarks.map((one) =>
        [
          `${pc.bold(one.title)} (${one.publisher}, ${one.published}${one.ageYears > 0 ? `, ${one.ageYears} years ago` : ''})`,
          ...(one.place ? [`  ${one.place}`] : []),
          ...one.bands.map((band) => `  ${band.own ? '▸' : ' '} ${String(Math.round(band.share * 100)).padStart(3)} %  ${band.range}`),
          `  ${one.asked}`,
          ...one.caveats.map((caveat) => pc.dim(`  ${caveat}`)),
          pc.dim(`  ${one.url}`),
        ].join('\n'),
      )
      return [head, ...(parts.length > 0 ? parts : ['Nobody has published what others answer to this; see benchmarks/.'])].join('\n\n')
    })
    return 0
  },
)
