import { decimalNumber, formatInstant, refNamespace, type Row, ZERO_DECIMAL } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import type { Collected, CollectAsk, MeasureDefinition } from '../../ground/measures/index.ts'
import { addDecimals } from '../../ground/core/index.ts'
import { allocate, type Claims, type CostGroup, type CostKind } from './assess/index.ts'
import { claimsIn } from './intent.ts'
import { type CostAsk, costEntries, costGroups, DIMENSIONS, sumsOf } from './store/index.ts'

type Context = Pick<Ground, 'store' | 'catalog'>

/** Records looked through for those behind an answer. */
const MOST_LOOKED_AT = 50_000
/** The measure that counts requests unless another is named. */
export const REQUESTS = 'requests'

const TITLES: Record<CostKind, { title: string; definition: string }> = {
  billed: {
    title: 'Billed cost',
    definition:
      'What bills invoice for charge periods that begin in the window, as FOCUS defines BilledCost (focus.finops.org): after discounts, purchases in advance where they are bought. A component has what it claims (by the bill itself, resource, tag or account), before shared cost is split; a namespace has everything, claimed or not. One currency: over several it is unknown until one is chosen.',
  },
  effective: {
    title: 'Effective cost',
    definition:
      'What running costs in the window, as FOCUS defines EffectiveCost (focus.finops.org): after discounts, with purchases in advance spread over what they pay for. A component has what it claims (by the bill itself, resource, tag or account), before shared cost is split; a namespace has everything, claimed or not. One currency: over several it is unknown until one is chosen.',
  },
}

/** `cost.billed`, `cost.effective` and `cost.per_request`. */
export function costMeasures(context: Context): MeasureDefinition[] {
  const dimensions = DIMENSIONS.map((name) => ({ name }))
  const kinds: CostKind[] = ['billed', 'effective']
  return [
    ...kinds.map((kind): MeasureDefinition => ({
      id: `cost.${kind}`,
      ...TITLES[kind],
      question: kind === 'billed' ? 'What are we invoiced?' : 'What does it cost to run?',
      unit: 'money',
      better: 'lower',
      dimensions,
      kinds: ['cost'],
      collect: (ask) => collect(context, kind, ask),
      rows: (ask) => rows(context, kind, ask),
    })),
    {
      id: 'cost.per_request',
      title: 'Cost per request',
      question: 'What does one request cost?',
      unit: 'money',
      better: 'lower',
      definition:
        'Effective cost in the window ÷ the sum of the measure that counts requests in it: values of `requests` that are sent in, or of the measure named by the dimension "requests".',
      dimensions: [...dimensions, { name: REQUESTS, default: REQUESTS }],
      kinds: ['cost', 'measurement'],
      collect: (ask) => perRequest(context, ask),
    },
  ]
}

/** The costs behind each piece, and the claims they are allocated by. */
async function groupsOf({ store, catalog }: Context, ask: CollectAsk): Promise<CostGroup[][]> {
  const kept = new Map<string, { claims: Promise<Claims>; pieces: number[] }>()
  for (const [place, { subject }] of ask.pieces.entries()) {
    const namespace = namespaceOf(subject)
    if (!kept.has(namespace)) kept.set(namespace, { claims: claimsIn(catalog, namespace, ask.asOf ?? undefined), pieces: [] })
    kept.get(namespace)!.pieces.push(place)
  }
  const answers: CostGroup[][] = ask.pieces.map(() => [])
  for (const [namespace, { claims, pieces }] of kept) {
    // Components share their windows: each is asked for once.
    const windows = new Map(pieces.map((place) => [JSON.stringify(ask.pieces[place]!.window), ask.pieces[place]!.window]))
    const groups = await costGroups(store, [...windows.values()], costAsk(namespace, ask))
    const byWindow = new Map([...windows.keys()].map((key, index) => [key, groups[index]!]))
    for (const place of pieces) {
      const { subject, shares, window } = ask.pieces[place]!
      const belongs = belongsTo(subject, shares, await claims)
      answers[place] = byWindow.get(JSON.stringify(window))!.filter(belongs)
    }
  }
  return answers
}

/** A namespace has all its costs, an account whatever it is billed, anything else what it claims. */
function belongsTo(subject: string, shares: CollectAsk['pieces'][number]['shares'], claims: Claims): (group: CostGroup) => boolean {
  if (subject.startsWith('namespace:')) return () => true
  const own = new Set([subject, ...shares.flatMap((share) => [share.ref, ...share.subjects])])
  return (group) => {
    const { to } = allocate(group, claims)
    return (to !== null && own.has(to)) || own.has(group.subject)
  }
}

async function collect(context: Context, kind: CostKind, ask: CollectAsk): Promise<Collected[]> {
  return (await groupsOf(context, ask)).map((groups) => sumOf(groups, kind))
}

function sumOf(groups: readonly CostGroup[], kind: CostKind): Collected {
  const stating = groups.filter(({ without, records }) => without[kind] < records)
  const excluded = { [`no_${kind}_cost`]: groups.reduce((sum, { without }) => sum + without[kind], 0) }
  const currencies = [...new Set(stating.map(({ currency }) => currency))].sort()
  const withData = new Set(stating.map(({ subject }) => subject)).size
  if (currencies.length > 1) {
    const why = `The costs are in ${currencies.join(' and ')}, which are not added up.`
    return {
      shape: 'nothing',
      excluded,
      withData,
      unknown: { code: 'several_currencies', why, fix: `Choose one: --where currency=${currencies[0]}` },
    }
  }
  const [currency] = currencies
  if (currency === undefined) return { shape: 'nothing', excluded, withData: 0, unknown: NO_BILL }
  const value = stating.reduce((sum, group) => addDecimals(sum, group[kind]), ZERO_DECIMAL)
  const n = stating.reduce((sum, { records, without }) => sum + records - without[kind], 0)
  return { shape: 'number', value: decimalNumber(value), n, unit: currency, excluded, withData }
}

const NO_BILL = {
  code: 'no_bill',
  why: 'No bill says what this cost in the window.',
  fix: 'Import one ("throughline import bill.csv"), or see which costs nobody claims: "throughline cost".',
}

async function perRequest(context: Context, ask: CollectAsk): Promise<Collected[]> {
  const { [REQUESTS]: measure = REQUESTS, ...where } = ask.where
  const costs = await collect(context, 'effective', { ...ask, where })
  return Promise.all(
    costs.map(async (cost, place): Promise<Collected> => {
      if (cost.shape !== 'number') return cost
      const { subject, shares, window } = ask.pieces[place]!
      const sums = await sumsOf(context.store, measure, window, costAsk(namespaceOf(subject), ask))
      const own = new Set([subject, ...shares.flatMap((share) => [share.ref, ...share.subjects])])
      const requests = [...sums].reduce((sum, [ref, total]) => (own.has(ref) ? sum + total : sum), 0)
      if (requests > 0) return { ...cost, value: cost.value / requests, unit: `${cost.unit}/request` }
      const why = `No ${measure} are known in the window.`
      return {
        shape: 'nothing',
        excluded: cost.excluded,
        withData: 0,
        unknown: { code: 'no_requests', why, fix: `Send measurements of "${measure}", or name another measure: --where requests=….` },
      }
    }),
  )
}

async function rows({ store, catalog }: Context, kind: CostKind, ask: CollectAsk & { limit: number; offset: number }): Promise<Row[]> {
  const [piece] = ask.pieces
  if (!piece) return []
  const namespace = namespaceOf(piece.subject)
  const claims = await claimsIn(catalog, namespace, ask.asOf ?? undefined)
  const belongs = belongsTo(piece.subject, piece.shares, claims)
  const windows = ask.pieces.map(({ window }) => window)
  const entries = await costEntries(store, windows, { ...costAsk(namespace, ask), limit: MOST_LOOKED_AT })
  return entries
    .filter(belongs)
    .slice(ask.offset, ask.offset + ask.limit)
    .map((entry) => {
      const { to } = allocate(entry, claims)
      const isStated = entry.without[kind] === 0
      return {
        id: `cost:${entry.source}/${entry.id}`,
        subject: entry.subject,
        value: isStated ? decimalNumber(entry[kind]) : null,
        unit: entry.currency,
        at: formatInstant(entry.from),
        title: [entry.service, entry.category, entry.bill].filter(Boolean).join(', '),
        parts: {},
        links: to === null || to === entry.subject ? [] : [{ to, type: 'allocatedTo', method: 'claimed', confidence: 1 }],
        flags: to === null ? ['unallocated'] : [],
        ...(isStated ? {} : { excluded: `no_${kind}_cost` }),
      }
    })
}

function costAsk(namespace: string, { where, at, asOf }: CollectAsk): CostAsk {
  return { namespace, where, at, asOf }
}

function namespaceOf(subject: string): string {
  return subject.startsWith('namespace:') ? subject.slice('namespace:'.length) : refNamespace(subject)
}
