import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import type { Asked } from '../api/index.ts'
import { appliesAsks } from '../pages/applies/asks.ts'
import { businessAsks } from '../pages/business/asks.ts'
import { capabilitiesAsks } from '../pages/capabilities/asks.ts'
import { catalogueAsks, entityAsks } from '../pages/catalogue/asks.ts'
import { costAsks } from '../pages/cost/asks.ts'
import { decisionAsks, decisionsAsks } from '../pages/decisions/asks.ts'
import { driversAsks } from '../pages/drivers/asks.ts'
import { deliveryAsks } from '../pages/delivery/asks.ts'
import { healthAsks, serviceHealthAsks } from '../pages/reliability/health/asks.ts'
import { effectAsks } from '../pages/effect/asks.ts'
import { evidenceAsks } from '../pages/evidence/asks.ts'
import { experimentAsks, experimentsAsks } from '../pages/experiments/asks.ts'
import { investmentAsks, investmentsAsks } from '../pages/investments/asks.ts'
import { briefAsks } from '../pages/brief/asks.ts'
import { forecastsAsks } from '../pages/forecasts/asks.ts'
import { gateAsks } from '../pages/gate/asks.ts'
import { importAsks } from '../pages/import/asks.ts'
import { measureAsks, measuresAsks } from '../pages/measures/asks.ts'
import { mondayAsks } from '../pages/monday/asks.ts'
import { recordAsks } from '../pages/record/asks.ts'
import { connectAsks, connectionAsks, sourcesAsks } from '../pages/sources/asks.ts'
import { alertsAsks } from '../pages/reliability/alerts/asks.ts'
import { shipAsks } from '../pages/reliability/ship/asks.ts'
import { sloAsks } from '../pages/reliability/slo/asks.ts'
import { reviewAsks, reviewsAsks } from '../pages/reviews/asks.ts'
import { storyAsks } from '../pages/story/asks.ts'
import { throughlineAsks } from '../pages/throughline/asks.ts'
import { workAsks } from '../pages/work/asks.ts'
import { outcomeAsks, outcomePageAsks, principleAsks, principlePageAsks, visionAsks } from '../pages/vision/asks.ts'
import { PageSkeleton } from '../ui/feedback/index.ts'
import { FailurePage, NotFoundPage } from './failures.tsx'
import { parseSearch, type Search, writeSearch } from './search.ts'
import { Shell } from './shell/shell.tsx'
import { PATTERNS, urls } from './urls.ts'

interface Context {
  client: QueryClient
}

/** What a page needs before it can be shown, from what its address says. */
type Asks = (search: Search, names: Record<string, string>) => readonly Asked<unknown>[]

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  validateSearch: (search: Search): Search => search,
  search: { middlewares: [retainSearchParams<Search>(['scope', 'asOf'])] },
})

/** One page: its address, its code (arrives when needed), and what its loader fetches. */
function page(path: string, module: () => Promise<{ default: () => React.ReactNode }>, asks: Asks = () => []) {
  return createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(module),
    beforeLoad: ({ params, search, location }) => {
      // A deep link to something of the example company brings its scope along, so that the way on stays there.
      const { namespace } = params as Record<string, string>
      if (namespace === 'example' && search.scope !== namespace)
        throw redirect({ to: location.pathname, search: { ...search, scope: namespace }, replace: true })
    },
    loaderDeps: ({ search }): { search: Search } => ({ search }),
    loader: async ({ context, deps, params }) => {
      await Promise.all(asks(deps.search, params as Record<string, string>).map((one) => context.client.ensureQueryData(one)))
    },
  })
}

const tree = root.addChildren([
  page(PATTERNS.monday, () => import('../pages/monday/page.tsx'), mondayAsks),
  page(PATTERNS.brief, () => import('../pages/brief/page.tsx'), briefAsks),
  page(PATTERNS.story, () => import('../pages/story/page.tsx'), storyAsks),
  page(PATTERNS.vision, () => import('../pages/vision/page.tsx'), visionAsks),
  page(PATTERNS.visionEdit, () => import('../pages/vision/edit-vision.tsx'), visionAsks),
  page(PATTERNS.visionHistory, () => import('../pages/vision/history.tsx'), visionAsks),
  page(PATTERNS.visionDraft, () => import('../pages/vision/draft.tsx'), visionAsks),
  page(PATTERNS.reviews, () => import('../pages/reviews/page.tsx'), reviewsAsks),
  page(PATTERNS.review, () => import('../pages/reviews/review.tsx'), reviewAsks),
  page(PATTERNS.sharedVision, () => import('../pages/shared/vision.tsx')),
  page(PATTERNS.sharedReview, () => import('../pages/shared/review.tsx')),
  page(PATTERNS.outcomeNew, () => import('../pages/vision/edit-outcome.tsx')),
  page(PATTERNS.outcome, () => import('../pages/vision/outcome.tsx'), outcomePageAsks),
  page(PATTERNS.outcomeEdit, () => import('../pages/vision/edit-outcome.tsx'), outcomeAsks),
  page(PATTERNS.principleNew, () => import('../pages/vision/edit-principle.tsx')),
  page(PATTERNS.principle, () => import('../pages/vision/principle.tsx'), principlePageAsks),
  page(PATTERNS.principleEdit, () => import('../pages/vision/edit-principle.tsx'), principleAsks),
  page(PATTERNS.forecasts, () => import('../pages/forecasts/page.tsx'), forecastsAsks),
  page(PATTERNS.throughline, () => import('../pages/throughline/page.tsx'), throughlineAsks),
  page(PATTERNS.applies, () => import('../pages/applies/page.tsx'), appliesAsks),
  page(PATTERNS.drivers, () => import('../pages/drivers/page.tsx'), driversAsks),
  page(PATTERNS.delivery, () => import('../pages/delivery/page.tsx'), deliveryAsks),
  page(PATTERNS.cost, () => import('../pages/cost/page.tsx'), costAsks),
  page(PATTERNS.business, () => import('../pages/business/page.tsx'), businessAsks),
  page(PATTERNS.gate, () => import('../pages/gate/page.tsx'), gateAsks),
  page(PATTERNS.work, () => import('../pages/work/page.tsx'), workAsks),
  page(PATTERNS.measures, () => import('../pages/measures/page.tsx'), measuresAsks),
  page(PATTERNS.measure, () => import('../pages/measures/measure.tsx'), measureAsks),
  createRoute({
    getParentRoute: () => root,
    path: PATTERNS.measureBefore,
    beforeLoad: ({ params, search }) => {
      throw redirect({ to: urls.measure((params as Record<string, string>).measure ?? ''), search, replace: true })
    },
  }),
  page(PATTERNS.investments, () => import('../pages/investments/page.tsx'), investmentsAsks),
  page(PATTERNS.investmentNew, () => import('../pages/investments/edit.tsx')),
  page(PATTERNS.investmentEdit, () => import('../pages/investments/edit.tsx'), investmentAsks),
  page(PATTERNS.investment, () => import('../pages/investments/investment.tsx'), investmentAsks),
  page(PATTERNS.ship, () => import('../pages/reliability/ship/page.tsx'), shipAsks),
  page(PATTERNS.slo, () => import('../pages/reliability/slo/page.tsx'), sloAsks),
  page(PATTERNS.alerts, () => import('../pages/reliability/alerts/page.tsx'), alertsAsks),
  page(PATTERNS.experiments, () => import('../pages/experiments/page.tsx'), experimentsAsks),
  page(PATTERNS.experimentNew, () => import('../pages/experiments/edit.tsx')),
  page(PATTERNS.experimentEdit, () => import('../pages/experiments/edit.tsx'), experimentAsks),
  page(PATTERNS.experiment, () => import('../pages/experiments/experiment.tsx'), experimentAsks),
  page(PATTERNS.effect, () => import('../pages/effect/page.tsx'), effectAsks),
  page(PATTERNS.catalogue, () => import('../pages/catalogue/page.tsx'), catalogueAsks),
  page(PATTERNS.capabilities, () => import('../pages/capabilities/page.tsx'), capabilitiesAsks),
  page(PATTERNS.entity, () => import('../pages/catalogue/entity.tsx'), entityAsks),
  page(PATTERNS.decisions, () => import('../pages/decisions/page.tsx'), decisionsAsks),
  page(PATTERNS.decisionNew, () => import('../pages/decisions/edit.tsx')),
  page(PATTERNS.decisionEdit, () => import('../pages/decisions/edit.tsx'), decisionAsks),
  page(PATTERNS.decision, () => import('../pages/decisions/decision.tsx'), decisionAsks),
  page(PATTERNS.sloNew, () => import('../pages/reliability/edit-slo.tsx')),
  page(PATTERNS.sloEdit, () => import('../pages/reliability/edit-slo.tsx')),
  page(PATTERNS.evidence, () => import('../pages/evidence/page.tsx'), evidenceAsks),
  page(PATTERNS.sources, () => import('../pages/sources/page.tsx'), sourcesAsks),
  page(PATTERNS.connect, () => import('../pages/sources/connect.tsx'), connectAsks),
  page(PATTERNS.importFile, () => import('../pages/import/page.tsx'), importAsks),
  page(PATTERNS.connection, () => import('../pages/sources/connection.tsx'), connectionAsks),
  page(PATTERNS.record, () => import('../pages/record/page.tsx'), recordAsks),
  page(PATTERNS.health, () => import('../pages/reliability/health/page.tsx'), healthAsks),
  page(PATTERNS.serviceHealth, () => import('../pages/reliability/health/service.tsx'), serviceHealthAsks),
  page(PATTERNS.signIn, () => import('../pages/sign-in/page.tsx')),
])

export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    parseSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: FailurePage,
    defaultNotFoundComponent: NotFoundPage,
  })
}
