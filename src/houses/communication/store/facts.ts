import { lastDays, previousWindow, WEEK, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'
import { overridesIn } from '../../governance/index.ts'
import { firedIn } from '../../reliability/index.ts'
import { dueOf, exceptionsOf, type Moment, reviewsOf, visionPage } from '../../vision/index.ts'
import { alertsOf } from '../alerts/store.ts'
import type { BriefFacts, Compared } from '../tell/facts.ts'
import { decidingOf } from './deciding.ts'
import { toldBins } from './forecasts.ts'
import { historyOf, repositoryFacts } from './repository.ts'
import { watchedOf } from './watching.ts'
import { lastWeeksWork } from './work.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'store' | 'ledger' | 'identity'>

/** The delivery measures a brief tells, in the order in which it tells what is not known of them. */
const DELIVERY = [
  'delivery.change_lead_time',
  'delivery.deployment_frequency',
  'delivery.change_failure_rate',
  'delivery.failed_deployment_recovery_time',
  'delivery.rework_rate',
  'delivery.change_size',
  'delivery.review_wait',
  'delivery.review_time',
  'delivery.deploy_wait',
] as const

/**
 * Gathers everything a brief or the home page is told from.
 * @param wish.story whether what the history tells by itself is read; where nothing is promised it is told anyway
 * @param wish.changes whether changes of level are looked for
 */
export async function gatherFacts(moment: Moment, context: Context, wish: { story: boolean; changes: boolean }): Promise<BriefFacts> {
  const { scope, at, asOf } = moment
  const window = lastDays(at, 28)
  const { vision, decisions, ...judged } = await visionPage(moment, context)
  const [outcomes, principles] = [judged.outcomes.views, judged.principles.views]
  const watched = await watchedOf(decisions, moment, context)
  const exceptions = await exceptionsOf(moment, context)
  const review = await dueOf(vision, await reviewsOf(moment, context), moment, context)
  const history = await historyOf(moment, context)
  const repository = history && (wish.story || outcomes.length === 0) ? await repositoryFacts(history, moment, context) : null
  const promised = outcomes.length > 0 || principles.length > 0
  const deliveryWindow = repository && !promised ? repository.window : window
  return {
    scope,
    at,
    window,
    deliveryWindow,
    vision,
    outcomes,
    principles,
    delivery: await deliveryOf(moment, deliveryWindow, promised, context),
    incidentsKnown: await anyIncident(moment, context),
    work: await lastWeeksWork(moment, outcomes, context),
    decisions,
    overrides: await overridesIn(scope, { from: window.from, to: at + 1 }, asOf, context),
    pages: (await firedIn(scope, { from: at - WEEK, to: at + 1, asOf }, context)).filter(({ severity }) => severity === 'page'),
    ...watched,
    deciding: await decidingOf(moment, { decisions, watched, exceptions, principles, review }, context),
    forecasts: await toldBins(decisions, moment, context),
    changed: wish.changes ? await alertsOf(moment, context) : [],
    history: history ? { quiet: history.window.quiet } : null,
    repository,
    nothing: await context.measures.read({ measure: 'work.commits', subject: `namespace:${scope}`, ...window, at, asOf }),
  }
}

/** Whether an incident of the scope is known. */
async function anyIncident({ scope, at, asOf }: Moment, { store }: Context): Promise<boolean> {
  const [found] = await store.query(sql`
    select 1 from evidence_incident
    where split_part(split_part(subject, ':', 2), '/', 1) = ${scope} and at < ${instant(at)} and ${knownAt(asOf ?? null)} limit 1`)
  return found !== undefined
}

/** @param compare whether to read the window before, too */
async function deliveryOf(
  { scope, at, asOf }: Moment,
  window: Window,
  compare: boolean,
  { measures }: Context,
): Promise<ReadonlyMap<string, Compared>> {
  const found = new Map<string, Compared>()
  const earlier = previousWindow(window)
  for (const id of DELIVERY) {
    const definition = measures.get(id)
    if (!definition) continue
    const ask = { measure: id, subject: `namespace:${scope}`, at, asOf }
    const now = await measures.read({ ...ask, from: window.from, to: window.to })
    const before = now.value === null || !compare ? undefined : await measures.read({ ...ask, ...earlier })
    found.set(id, { now, before, better: definition.better, title: definition.title })
  }
  return found
}
