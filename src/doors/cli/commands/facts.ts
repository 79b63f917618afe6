import pc from 'picocolors'
import { formatDay } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, table } from '../terminal.ts'

const VERDICTS = {
  contradicts: 'contradicted',
  agrees: 'agrees',
  declared_only: 'only declared',
  observed_only: 'only seen',
  unknown: 'cannot be told',
}

export default dataCommand(
  {
    name: 'facts',
    description: 'Shows what is declared of a thing beside what is seen of it; without a name, every contradiction.',
    examples: [
      'throughline facts component:default/checkout',
      'throughline facts',
      'throughline facts --scope example --code owner_contradicted',
    ],
    args: {
      ref: { type: 'positional', description: 'A component or repository; leave out for all contradictions', required: false },
      scope: { type: 'string', description: 'Namespace of the contradictions', default: 'default' },
      code: { type: 'string', description: 'Only contradictions of this kind' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const moments = { at: args.at, asOf: args['as-of'] }
    if (!args.ref) {
      const code = args.code as 'owner_contradicted' | undefined // the server says which there are
      const found = await client.ask('contradictions', { namespace: args.scope, code, limit: '1000', ...moments })
      answer(args.json, found, () => listed(found))
      return found.total === 0 ? 0 : 1
    }
    const told = await client.ask('facts.read', { ref: args.ref, ...moments })
    answer(args.json, told, () => sideBySide(told))
    return told.facts.some(({ contradictions }) => contradictions.length > 0) ? 1 : 0
  },
)

interface Found {
  total: number
  contradictions: { ref: string; code: string; message: string; fix: string }[]
}

function listed({ total, contradictions }: Found): string {
  if (total === 0) return 'Nothing contradicts what is declared.'
  const lines = contradictions.map(({ ref, code, message, fix }) => `${pc.bold(ref)}\n  ${message} ${pc.dim(`[${code}]`)}\n  ${fix}`)
  return [...lines, ...(total > contradictions.length ? [`and ${counted(total - contradictions.length, 'more')}`] : [])].join('\n')
}

interface Place {
  value: string
  file?: string | undefined
  line?: number | undefined
}
interface Told {
  ref: string
  tellers: { folder: string | null }[]
  facts: {
    fact: string
    declared: (Place & { folder: string | null; since: string })[]
    observed: (Place & { from: string; seenAt: string | null })[]
    verdict: keyof typeof VERDICTS
    why: string | null
    contradictions: { message: string; fix: string }[]
  }[]
}

function sideBySide({ ref, tellers, facts }: Told): string {
  const day = (at: string | null) => (at === null ? '' : `, ${formatDay(Date.parse(at))}`)
  const placed = ({ file, line }: Place, otherwise: string) => (file ? `${file}${line === undefined ? '' : `:${line}`}` : otherwise)
  const rows = facts.map(({ fact, declared, observed, verdict }) => [
    fact,
    declared.map((one) => `${one.value} (${placed(one, one.folder ?? 'a form')}${day(one.since)})`).join('; '),
    observed.map((one) => `${one.value} (${placed(one, one.from)}${day(one.seenAt)})`).join('; '),
    verdict === 'contradicts' ? pc.red(VERDICTS[verdict]) : VERDICTS[verdict],
  ])
  const found = facts.flatMap(({ contradictions }) => contradictions.map(({ message, fix }) => `${message}.\n  ${fix}`))
  return [
    `${pc.bold(ref)}  ${pc.dim(`told of by ${counted(tellers.length, 'source')}`)}`,
    table(['fact', 'declared', 'observed', 'verdict'], rows),
    ...(found.length > 0 ? ['', ...found] : []),
  ].join('\n')
}
