import type { Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { readVision, type DecisionIntent, type VisionIntent } from '../intent/index.ts'
import { type OutcomeView, outcomeView, worstFirst } from '../tell/outcome-view.ts'
import { brokenFirst, type PrincipleView, principleView } from '../tell/principle-view.ts'
import { decisionsOf } from './decisions.ts'
import { inverseCounts } from './link-counts.ts'
import type { Moment } from './moment.ts'
import { type JudgedOutcome, judgedOutcomes } from './outcomes.ts'
import { type JudgedPrinciple, judgedPrinciples } from './principles.ts'

type Context = Pick<Ground, 'catalog' | 'measures'>

/** Outcomes of a namespace with all a page shows of them, worst first. */
export async function outcomesOf(moment: Moment, context: Context): Promise<{ judged: JudgedOutcome[]; views: OutcomeView[] }> {
  const judged = await judgedOutcomes(moment, context)
  const counts = await inverseCounts(
    judged.map(({ outcome }) => outcome.ref),
    context.catalog,
    moment.asOf,
  )
  return { judged, views: worstFirst(judged.map((one) => outcomeView(one, counts.get(one.outcome.ref) ?? {}))) }
}

/** Principles of a namespace with all a page shows of them, broken first. */
export async function principlesOf(
  moment: Moment,
  context: Context,
  decisions: readonly DecisionIntent[],
): Promise<{ judged: JudgedPrinciple[]; views: PrincipleView[] }> {
  const judged = await judgedPrinciples(moment, context)
  return { judged, views: brokenFirst(judged.map((one) => principleView(one, citing(one.principle.ref, decisions), moment.at))) }
}

/** The vision of a namespace; the first by name when there are several. */
export async function visionOf(
  moment: Pick<Moment, 'scope'> & { asOf?: Instant },
  { catalog }: { catalog: Pick<Ground['catalog'], 'list'> },
): Promise<VisionIntent | null> {
  const entities = await catalog.list({ kind: 'vision', namespace: moment.scope, limit: 10 }, moment.asOf)
  const visions = entities.flatMap((entity) => readVision(entity) ?? []).sort((a, b) => (a.ref < b.ref ? -1 : 1))
  return visions[0] ?? null
}

/** Everything the vision page shows, what its lint says apart. */
export interface VisionPage {
  vision: VisionIntent | null
  outcomes: { judged: JudgedOutcome[]; views: OutcomeView[] }
  principles: { judged: JudgedPrinciple[]; views: PrincipleView[] }
  decisions: readonly DecisionIntent[]
}

export async function visionPage(moment: Moment, context: Context): Promise<VisionPage> {
  const decisions = await decisionsOf(moment, context)
  return {
    vision: await visionOf(moment, context),
    decisions,
    outcomes: await outcomesOf(moment, context),
    principles: await principlesOf(moment, context, decisions),
  }
}

/** Decisions that argue from a principle. */
export function citing(principle: string, decisions: readonly DecisionIntent[]): PrincipleView['cited'] {
  return decisions.flatMap(({ ref, title, status, supports, against }) => [
    ...(supports.includes(principle) ? [{ ref, title, status, how: 'supports' as const }] : []),
    ...(against.includes(principle) ? [{ ref, title, status, how: 'against' as const }] : []),
  ])
}
