import { DAY, formatInstant, formatWindow, type ReadingAsk, Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import {
  type DeclaredBy,
  declaredMeasure,
  type DeclaredMeasure,
  erasedBehind,
  type Piece,
  resolveAsk,
  type ResolvedAsk,
} from '../../ground/measures/index.ts'
import { countCohorts, countFunnel, milliseconds, nobodyBegan, presenceOf, scopeOf } from './store/index.ts'
import { type CohortView, cohortTable } from './tell/cohorts.ts'
import { type FunnelView, funnelSteps } from './tell/funnel.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'clock'>

/** Cohorts told when no window is asked for, and periods after each. */
const COHORTS = 12
const DAYS = { day: 1, week: 7, month: 31 } as const

/** The cohort table and curve of a measure of retention. */
export async function readCohorts(asked: ReadingAsk & { periods?: number }, context: Context): Promise<CohortView> {
  const { periods = COHORTS, ...wish } = asked
  const now = await context.ledger.present()
  const first = resolveAsk(wish, now)
  const declared = await ofKind('retention', first, context)
  const { interval, start, zone = first.zone } = declared.source
  const ask = wish.from === undefined ? resolveAsk({ ...wish, from: first.window.to - COHORTS * DAYS[interval] * DAY }, now) : first
  const shares = await context.catalog.shares(ask.subject, ask.asOf)
  return context.ledger.readAsOf(ask.asOf, async (asOf) => {
    const question = { pieces: [{ subject: ask.subject, shares, window: ask.window }], at: ask.at, asOf, zone: ask.zone }
    const counts = await countCohorts(context, declared.source, question, periods)
    const told = cohortTable(counts, periods)
    const nobody = counts.cohorts.every(({ size }) => size === 0)
    const [presence] = nobody ? await presenceOf(context, await scopeOf(context, question), start) : []
    return {
      ...aboutOf(declared, ask),
      start,
      return: declared.source.return,
      interval,
      zone,
      ...told,
      excluded: [...told.excluded, ...(await erasedIn(shares, told.window, ask, context))],
      ...(presence ? { unknown: nobodyBegan(start, presence, 0, null) } : {}),
    }
  })
}

/** A funnel step by step. */
export async function readFunnel(wish: ReadingAsk, context: Context): Promise<FunnelView> {
  const ask = resolveAsk(wish, await context.ledger.present())
  const declared = await ofKind('funnel', ask, context)
  const { steps, within } = declared.source
  const shares = await context.catalog.shares(ask.subject, ask.asOf)
  return context.ledger.readAsOf(ask.asOf, async (asOf) => {
    const scope = await scopeOf(context, { pieces: [{ subject: ask.subject, shares, window: ask.window }], at: ask.at, asOf })
    const [counts] = await countFunnel(context, declared.source, scope)
    const told = funnelSteps(steps, counts!)
    const window = formatWindow(ask.window)
    const [presence] = counts!.steps[0] === 0 ? await presenceOf(context, scope, steps[0]!) : []
    return {
      ...aboutOf(declared, ask),
      within,
      window,
      ...told,
      excluded: [...told.excluded, ...(await erasedIn(shares, window, ask, context))],
      ...(presence ? { unknown: nobodyBegan(steps[0]!, presence, counts!.open, ask.window.to + milliseconds(within)) } : {}),
    }
  })
}

function aboutOf({ id, title, question }: DeclaredMeasure, { subject, at, asOf }: ResolvedAsk) {
  return { measure: id, title, question, subject, at: formatInstant(at), asOf: formatInstant(asOf) }
}

/** Records that are gone because whom they told of was erased. */
async function erasedIn(
  shares: Piece['shares'],
  { from, to }: { from: string; to: string },
  { subject, at }: ResolvedAsk,
  { store }: Pick<Context, 'store'>,
): Promise<{ code: string; count: number }[]> {
  const pieces = [{ subject, shares, window: { from: Date.parse(from), to: Date.parse(to) } }]
  const [count] = await erasedBehind(store, { kinds: ['product_event'] }, { pieces, at })
  return count ? [{ code: 'erased_person', count }] : []
}

const ELSEWHERE: Record<string, string> = {
  retention: 'Ask it with "throughline cohorts".',
  funnel: 'Ask it with "throughline funnel".',
}

async function ofKind<Kind extends 'retention' | 'funnel'>(
  kind: Kind,
  ask: ResolvedAsk,
  { catalog }: Pick<Context, 'catalog'>,
): Promise<DeclaredBy<Kind>> {
  const declared = await declaredMeasure(catalog, ask.measure, ask)
  if (!declared)
    throw new Refusal('business.unknown_measure', `No Measure entity is called "${ask.measure.slice(0, 200)}" there.`, {
      status: 404,
      fix: `Declare one with source: { kind: ${kind}, … } and apply it; "throughline measure" lists those there are. Name its namespace with --subject namespace:<name>.`,
      path: 'measure',
    })
  if (!isOf(declared, kind))
    throw new Refusal(
      `business.not_${kind}`,
      `${declared.id} is answered from ${declared.source.kind}, so it has no ${kind === 'retention' ? 'cohorts' : 'steps'}.`,
      {
        fix: ELSEWHERE[declared.source.kind] ?? `Ask it with "throughline measure ${declared.id} --bucket week".`,
        path: 'measure',
      },
    )
  return declared
}

function isOf<Kind extends DeclaredMeasure['source']['kind']>(declared: DeclaredMeasure, kind: Kind): declared is DeclaredBy<Kind> {
  return declared.source.kind === kind
}
