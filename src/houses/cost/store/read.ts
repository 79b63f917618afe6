import {
  addDecimals,
  type Decimal,
  decimalNumber,
  formatInstant,
  formatWindow,
  type Instant,
  type Ref,
  refName,
  type Window,
  ZERO_DECIMAL,
} from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { addTo, type Claims, compare, type CostBy, type CostKind, type CostRow, type RolledUp, rollUp } from '../assess/index.ts'
import { claimsIn } from '../intent.ts'
import { fixOf, headlineOf } from '../tell/words.ts'
import type { CostView } from '../tell/view.ts'
import { costWindows } from '../window.ts'
import { billsIn } from '../bills/known.ts'
import { type CostAsk, costGroups, currenciesIn, sumsOf } from './groups.ts'

/** What is asked about cost. */
export interface CostQuestion {
  namespace: string
  by: CostBy
  cost?: CostKind | undefined
  currency?: string | undefined
  service?: string | undefined
  customer?: string | undefined
  /** The measure that counts requests. */
  requests: string
  from?: Instant | undefined
  to?: Instant | undefined
  at?: Instant | undefined
  asOf?: Instant | undefined
}

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog'>

/** Unallocated parts and components of a team that are told. */
const MOST_PARTS = 50
const MOST_BILLS = 200

/** What things cost in a window: by component, team, customer or service; what nobody claims; how it went by month. */
export async function readCost(question: CostQuestion, { store, ledger, catalog }: Context): Promise<CostView> {
  const now = await ledger.present()
  const asOf = Math.min(question.asOf ?? now, now)
  const at = question.at ?? asOf
  const claims = await claimsIn(catalog, question.namespace, asOf)
  return ledger.readAsOf(asOf, (known) => answer(question, { at, asOf, known, claims }, store))
}

async function answer(
  question: CostQuestion,
  { at, asOf, known, claims }: { at: Instant; asOf: Instant; known: Instant | null; claims: Claims },
  store: Ground['store'],
): Promise<CostView> {
  const { namespace, by, service, customer, requests } = question
  const { window, before, months } = costWindows(question, at)
  const open: CostAsk = { namespace, where: { ...(service ? { service } : {}), ...(customer ? { customer } : {}) }, at, asOf: known }
  const currencies = await currenciesIn(store, window, open)
  const cost: CostKind = question.cost ?? (currencies.some(({ effective }) => effective !== null) ? 'effective' : 'billed')
  const currency = question.currency ?? (currencies.length === 1 ? currencies[0]!.currency : null)
  const told = {
    namespace,
    window: formatWindow(window),
    before: formatWindow(before),
    by,
    cost,
    currency,
    currencies: currencies.map((one) => ({
      currency: one.currency,
      lines: one.lines,
      amount: one[cost] === null ? null : Number(one[cost]),
    })),
    bills: (await billsIn(store, window, open)).slice(0, MOST_BILLS),
    at: formatInstant(at),
    asOf: formatInstant(asOf),
  }
  const ask: CostAsk = { ...open, where: { ...open.where, ...(currency ? { currency } : {}) } }
  const [groups, earlier, ...byMonth] = currency === null ? [] : await costGroups(store, [window, before, ...months], ask)
  const rules = claims.shared.map(({ rule }) => rule)
  const weights = await sumsByMeasure(store, [requests, ...rules], window, ask)
  const wish = { by, cost, claims, weights }
  const rolled = rollUp(groups ?? [], wish)
  const previous = rollUp(earlier ?? [], { ...wish, weights: await sumsByMeasure(store, rules, before, ask) })
  const unknown = unknownOf({ currency, currencies, cost, rolled, question })
  const total = decimalNumber(rolled.total)
  const view: Omit<CostView, 'headline'> = {
    ...told,
    unknown,
    total: {
      amount: unknown ? null : total,
      before: previous.records > 0 ? decimalNumber(previous.total) : null,
      lines: rolled.lines,
      records: rolled.records,
      without: rolled.without,
    },
    rows: [...rolled.rows.values()]
      .sort((a, b) => compare(b.amount, a.amount) || (a.key < b.key ? -1 : 1))
      .map((row) => rowView(row, { by, total, before: previous.rows.get(row.key), claims, counts: weights.get(requests) ?? new Map() })),
    unallocated: unallocatedView(rolled, total),
    split: {
      shares: rolled.split.shares.map(({ amount, ...share }) => ({ ...share, amount: decimalNumber(amount) })),
      kept: rolled.split.kept,
    },
    requestsMeasure: (weights.get(requests)?.size ?? 0) > 0 ? requests : null,
    months: months.map((month, place) => {
      const sums = rollUp(byMonth[place] ?? [], { ...wish, claims: { ...claims, shared: [] } })
      const isKnown = sums.records > 0
      return {
        ...formatWindow(month),
        amount: isKnown ? decimalNumber(sums.total) : null,
        unallocated: isKnown ? decimalNumber(sums.unallocated.amount) : null,
        lines: sums.lines,
      }
    }),
  }
  return { ...view, headline: headlineOf(view) }
}

/** Sums of measures by component in a window; `even` is none. */
async function sumsByMeasure(
  store: Ground['store'],
  names: readonly string[],
  window: Window,
  ask: CostAsk,
): Promise<Map<string, Map<Ref, number>>> {
  const sums = new Map<string, Map<Ref, number>>()
  for (const measure of new Set(names)) if (measure !== 'even') sums.set(measure, await sumsOf(store, measure, window, ask))
  return sums
}

function rowView(
  row: CostRow,
  how: { by: CostBy; total: number; before: CostRow | undefined; claims: Claims; counts: ReadonlyMap<Ref, number> },
): CostView['rows'][number] {
  const { by, total, before, claims, counts } = how
  const amount = decimalNumber(row.amount)
  const parts = [...row.parts].sort(([, a], [, b]) => compare(b, a))
  const named = by === 'component' ? [row.key] : by === 'team' ? parts.map(([ref]) => ref) : []
  const known = named.filter((ref) => counts.has(ref))
  // A team's cost of one is told where requests of all its components are known.
  const requests = known.length > 0 && known.length === named.length ? known.reduce((sum, ref) => sum + counts.get(ref)!, 0) : null
  return {
    key: row.key,
    title: by === 'component' || by === 'team' ? refName(row.key) : row.key,
    owner: by === 'component' ? (claims.owners.get(row.key) ?? null) : null,
    amount,
    share: total === 0 ? 0 : amount / total,
    before: before ? decimalNumber(before.amount) : null,
    shared: decimalNumber(row.shared),
    by: [...row.by].map(([claim, sum]) => ({ by: claim, amount: decimalNumber(sum) })),
    parts: by === 'team' ? parts.slice(0, MOST_PARTS).map(([ref, sum]) => ({ ref, amount: decimalNumber(sum) })) : [],
    perRequest: requests === null || requests <= 0 ? null : amount / requests,
    requests,
    lines: row.lines,
    records: row.records,
  }
}

/** What nobody claims, by what would allocate it. */
function unallocatedView({ unallocated }: RolledUp, total: number): CostView['unallocated'] {
  const amount = decimalNumber(unallocated.amount)
  const parts = [...Map.groupBy(unallocated.parts, fixOf)].map(([fix, its]) => {
    const services = new Map<string | null, Decimal>()
    for (const part of its) addTo(services, part.service, part.amount)
    return {
      fix,
      services: [...services]
        .sort(([, a], [, b]) => compare(b, a))
        .slice(0, 5)
        .map(([service, sum]) => ({ service, amount: decimalNumber(sum) })),
      accounts: [...new Set(its.map(({ account }) => account))].slice(0, 5),
      claimed: [...its[0]!.claimed],
      sum: its.reduce((sum, part) => addDecimals(sum, part.amount), ZERO_DECIMAL),
      lines: its.reduce((sum, { lines }) => sum + lines, 0),
    }
  })
  return {
    amount,
    share: total === 0 ? 0 : amount / total,
    lines: unallocated.lines,
    parts: parts
      .sort((a, b) => compare(b.sum, a.sum))
      .slice(0, MOST_PARTS)
      .map(({ sum, ...part }) => ({ ...part, amount: decimalNumber(sum) })),
    total: parts.length,
  }
}

function unknownOf({
  currency,
  currencies,
  cost,
  rolled,
  question,
}: {
  currency: string | null
  currencies: readonly { currency: string }[]
  cost: CostKind
  rolled: RolledUp
  question: CostQuestion
}): CostView['unknown'] {
  if (currencies.length === 0)
    return {
      code: 'no_bill',
      why: 'no bill is known for this window',
      fix: 'Import one: throughline import bill.csv (FOCUS, or any table of costs); or choose a window that has one.',
    }
  if (currency === null)
    return {
      code: 'several_currencies',
      why: `the bills are in ${currencies.map((one) => one.currency).join(' and ')}, which are not added up`,
      fix: `Choose one: --currency ${currencies[0]!.currency}`,
    }
  if (rolled.records === 0 && rolled.without > 0)
    return {
      code: `no_${cost}`,
      why: `the bills state no ${cost} cost`,
      fix: `Ask for the ${cost === 'billed' ? 'effective' : 'billed'} cost.`,
    }
  if (rolled.records === 0)
    return {
      code: 'no_bill',
      why: `no bill in ${question.currency ?? currency} is known for this window`,
      fix: `Bills are in ${currencies.map((one) => one.currency).join(', ')}.`,
    }
  return null
}
