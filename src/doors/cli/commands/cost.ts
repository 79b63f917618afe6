import pc from 'picocolors'
import { formatQuantity, Refusal } from '../../../ground/core/index.ts'
import type { CostView } from '../../../houses/cost/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, table } from '../terminal.ts'

const BY = ['component', 'team', 'customer', 'service'] as const

export default dataCommand(
  {
    name: 'cost',
    description:
      'Tells what things cost by the bills that were imported: by component, team, customer or service, against the window before, and what nobody claims.',
    examples: [
      'throughline cost',
      'throughline cost --by team --from 2026-04-01 --to 2026-07-01',
      'throughline cost --currency EUR --cost billed',
      'throughline cost --by component --requests http.requests',
    ],
    args: {
      by: { type: 'string', description: BY.join(', '), default: 'component' },
      from: { type: 'string', description: 'Start of the window; the last whole month when left out' },
      to: { type: 'string', description: 'End of the window' },
      currency: { type: 'string', description: 'Currency, where bills are in several' },
      cost: { type: 'string', description: 'billed or effective; effective where the bills state it' },
      service: { type: 'string', description: 'Only the cost of this service' },
      customer: { type: 'string', description: 'Only the cost for this customer' },
      requests: { type: 'string', description: 'The measure that counts requests', default: 'requests' },
      scope: { type: 'string', description: 'Namespace', default: 'default' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async (args, { client }) => {
    const { from, to, currency, service, customer, requests, scope: namespace, at } = args
    const told = await client.ask('cost.read', {
      namespace,
      by: oneOf('by', args.by, BY) ?? 'component',
      cost: oneOf('cost', args.cost, ['billed', 'effective'] as const),
      from,
      to,
      currency,
      service,
      customer,
      requests,
      at,
      asOf: args['as-of'],
    })
    answer(args.json, told, () => words(told))
    return told.unknown ? 1 : 0
  },
)

function oneOf<const W extends string>(path: string, word: string | undefined, words: readonly W[]): W | undefined {
  const found = words.find((one) => one === word)
  if (found !== undefined || word === undefined) return found
  throw new Refusal('cost.unknown_choice', `There is no ${path} "${word}".`, { path, fix: `Use ${words.join(', ')}.` })
}

function words(told: CostView): string {
  const span = `${told.window.from.slice(0, 10)} – ${told.window.to.slice(0, 10)}, ${told.cost} cost`
  if (told.unknown) return `${told.headline}\n  ${told.unknown.fix}\n${pc.dim(span)}`
  const money = (amount: number) => formatQuantity(amount, told.currency!)
  const rows = told.rows.map((row) => [
    row.title,
    money(row.amount),
    formatQuantity(row.share, 'ratio'),
    row.before === null ? 'new' : changeOf(row.amount, row.before),
    told.requestsMeasure === null ? '' : row.perRequest === null ? 'unknown' : money(row.perRequest),
    row.shared === 0 ? '' : row.shared > 0 ? `${money(row.shared)} shared by others` : `${money(-row.shared)} shared out`,
    row.lines.toLocaleString('en-GB'),
  ])
  const { unallocated, split, total } = told
  const left = unallocated.parts
    .slice(0, 5)
    .map(
      (part) =>
        `  ${money(part.amount)}  ${part.services.map(({ service }) => service ?? 'no service named').join(', ')} (${part.accounts.join(', ')})\n    ${part.fix}`,
    )
  return [
    told.headline,
    pc.dim(
      `${span}; ${counted(total.lines, 'line')} of bills${total.without > 0 ? `; ${counted(total.without, 'record')} without this amount` : ''}`,
    ),
    '',
    table([told.by, 'amount', 'share', 'change', told.requestsMeasure ? `per ${told.requestsMeasure}` : '', 'shared', 'lines'], rows),
    ...(unallocated.lines > 0 ? ['', `Unallocated: ${money(unallocated.amount)}, ${counted(unallocated.lines, 'line')}`, ...left] : []),
    ...(split.kept.length > 0 ? ['', ...split.kept.map(({ of, rule, why }) => `Not split: ${of} (${rule}): ${why}.`)] : []),
  ].join('\n')
}

function changeOf(amount: number, before: number): string {
  if (before === 0) return ''
  const change = (amount - before) / Math.abs(before)
  return `${change > 0 ? '+' : ''}${formatQuantity(change, 'ratio')}`
}
