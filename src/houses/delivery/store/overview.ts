import type { Ground } from '../../../ground/index.ts'
import { type Bucket, type Instant, type Reading, type ReadingAsk, WEEK } from '../../../ground/core/index.ts'
import { ascending, quantile } from '../../../ground/measures/index.ts'
import { biggestWait, durationHistogram, type Duration, type StageName, stagesOf } from '../assess/index.ts'
import { type DeliveryView, FIVE, headlineOf, stageView, waitView } from '../tell/overview.ts'
import { collect } from './collect.ts'
import { PRODUCTION } from './groups.ts'

type Context = Pick<Ground, 'store' | 'ledger' | 'catalog' | 'measures'>

/** How far a series reaches back when no window was asked for. */
const SERIES = 26 * WEEK
/** Components listed at most. */
const MOST_COMPONENTS = 500

/** Everything the delivery page shows, from one moment. */
export async function deliveryOverview(ask: Omit<ReadingAsk, 'measure'> & { bucket: Bucket }, context: Context): Promise<DeliveryView> {
  const { measures } = context
  const now = await context.ledger.present()
  const asOf = Math.min(ask.asOf ?? now, now)
  const at = ask.at ?? asOf
  const { bucket, ...common } = { ...ask, at, asOf }
  const to = ask.to ?? at
  const definitions = FIVE.map((id) => measures.get(id)!)
  const views: DeliveryView['measures'] = []
  const byComponent = new Map<string, Reading[]>()
  for (const { id, title, question, unit, better, definition } of definitions) {
    const reading = await measures.read({ ...common, measure: id })
    const series = await measures.readMany({ ...common, measure: id, from: ask.from ?? to - SERIES, to, bucket })
    views.push({ id, title, question, unit, ...(better ? { better } : {}), definition, reading, series })
    for (const part of await measures.readMany({ ...common, measure: id, by: 'component' }))
      byComponent.set(part.subject, [...(byComponent.get(part.subject) ?? []), part])
  }
  const lead = views[0]!.reading
  const spread = await durations(lead, { where: ask.where, at, asOf }, context)
  const stages = stagesOf(spread.stages, (values) => quantile(ascending(values), 0.5))
  return {
    subject: lead.subject,
    environment: lead.dimensions.environment ?? PRODUCTION,
    window: lead.window,
    at: lead.at,
    asOf: lead.asOf,
    headline: headlineOf(views.map(({ reading }) => reading)),
    measures: views,
    components: slowestFirst([...byComponent].map(([subject, readings]) => ({ subject, readings }))).slice(0, MOST_COMPONENTS),
    distribution: durationHistogram(spread.lead),
    stages: stages.map(stageView),
    biggestWait: waitView(biggestWait(stages)),
  }
}

const STAGE_DURATIONS: Record<StageName, Duration> = {
  coding: 'codingSeconds',
  waiting_for_review: 'reviewWaitSeconds',
  review: 'reviewSeconds',
  waiting_for_deployment: 'deployWaitSeconds',
}

/** The single values behind lead time and its stages. */
async function durations(
  lead: Reading,
  { where = {}, at, asOf }: { where?: Record<string, string>; at: Instant; asOf: Instant },
  { store, ledger, catalog }: Context,
): Promise<{ lead: number[]; stages: Record<StageName, number[]> }> {
  const piece = {
    subject: lead.subject,
    shares: await catalog.shares(lead.subject, asOf),
    window: { from: Date.parse(lead.window.from), to: Date.parse(lead.window.to) },
  }
  const valuesOf = async (duration: Duration): Promise<number[]> => {
    const [answer] = await ledger.readAsOf(asOf, (then) =>
      collect({ store, ledger }, { of: 'duration', duration, waiting: false }, { pieces: [piece], where, at, asOf: then }),
    )
    return answer?.shape === 'values' ? [...answer.values] : []
  }
  const stages: Record<StageName, number[]> = { coding: [], waiting_for_review: [], review: [], waiting_for_deployment: [] }
  for (const stage of Object.keys(stages) as StageName[]) stages[stage] = await valuesOf(STAGE_DURATIONS[stage])
  return { lead: await valuesOf('leadSeconds'), stages }
}

/** Slowest lead time first; those without one last, by name. */
function slowestFirst<Part extends { subject: string; readings: readonly Reading[] }>(parts: readonly Part[]): Part[] {
  const lead = ({ readings }: Part) => readings[0]?.value ?? -1
  return parts.toSorted((a, b) => lead(b) - lead(a) || (a.subject < b.subject ? -1 : 1))
}
