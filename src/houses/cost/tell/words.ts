import { formatQuantity, refKind, refName } from '../../../ground/core/index.ts'
import type { CostView } from './view.ts'

const EACH = { component: 'component', team: 'team', customer: 'customer', service: 'service' }

/** The answer in a sentence or two: what it costs, against before, who most of it, and what nobody claims. */
export function headlineOf({ total, currency, rows, unallocated, by, unknown }: Omit<CostView, 'headline'>): string {
  if (unknown) return `Unknown: ${unknown.why}`
  const money = (amount: number) => formatQuantity(amount, currency ?? '')
  const change = changeWords(total.amount!, total.before)
  const [first] = rows
  const most =
    first && first.share > 0 ? ` The dearest ${EACH[by]} is ${first.title}: ${money(first.amount)} (${percent(first.share)}).` : ''
  const named = by === 'customer' ? 'names no customer' : by === 'service' ? 'names no service' : 'is claimed by nobody'
  const left = unallocated.lines > 0 ? ` ${money(unallocated.amount)} (${percent(unallocated.share)}) ${named}.` : ''
  return `It cost ${money(total.amount!)}${change}.${most}${left}`
}

function changeWords(amount: number, before: number | null): string {
  if (before === null || before === 0) return ''
  const change = (amount - before) / Math.abs(before)
  if (Math.abs(change) < 0.005) return ', as much as before'
  return `, ${percent(Math.abs(change))} ${change > 0 ? 'more' : 'less'} than before`
}

function percent(share: number): string {
  return formatQuantity(share, 'ratio').replace(' %', '\u00a0%')
}

/** What would allocate a cost nobody claims: something it says of itself. */
export function fixOf({
  account,
  tags,
  claimed,
}: {
  account: string
  tags: Readonly<Record<string, string>>
  claimed: readonly string[]
}): string {
  if (claimed.length > 0) return `Claimed by ${claimed.join(' and ')}: take the claim from all but one.`
  const tag = Object.entries(tags).find(([name]) => !/^(?:env|environment|stage)$/.test(name))
  if (tag) return `Annotate the component with throughline.dev/cost-tags: ${tag[0]}=${tag[1]}`
  return refKind(account) === 'resource'
    ? `Tag it where it runs, or annotate a component or group with throughline.dev/cost-accounts: ${refName(account)}`
    : 'Tag it where it runs.'
}
