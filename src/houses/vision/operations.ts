import * as z from 'zod'
import { DraftInput } from '../../ground/catalog/index.ts'
import { InstantSchema, operation, refNamespace, RefSchema, Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { ReadyPrinciple, readyPrinciples } from './ready/index.ts'
import { shareOperations } from './share.ts'
import { appliesTo } from './store/applies.ts'
import { decisionsOf } from './store/decisions.ts'
import { lintOf } from './store/lint.ts'
import { namespacesOf } from './store/laid-over.ts'
import { momentInput, momentOf, stamp, stampShape } from './store/moment.ts'
import { outcomePage } from './store/outcome-page.ts'
import { outcomesOf, principlesOf, visionPage } from './store/page.ts'
import { principlePage } from './store/principle-page.ts'
import { AppliesView } from './tell/applies-view.ts'
import { OutcomePage } from './tell/outcome-page.ts'
import { OutcomeView } from './tell/outcome-view.ts'
import { PrincipleHistory, PrincipleView } from './tell/principle-view.ts'
import { countStates, RemarkView, remarkView, UnjudgedView, VisionView, visionView } from './tell/vision-view.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'clock' | 'store' | 'ledger'>

const moment = z.object(stampShape)

export const visionOperations = [
  operation({
    id: 'vision.page',
    method: 'get',
    path: '/vision',
    scope: 'read',
    keep: true,
    summary: 'The vision with its outcomes and principles, judged, and what a careful reader would object to',
    input: z.object({ ...momentInput }),
    output: VisionView,
    run: async (ask, context: Context) => {
      const when = await momentOf(ask, context)
      const { vision, outcomes, principles } = await visionPage(when, context)
      const { remarks, unjudged } = await lintOf(when, context)
      return {
        ...stamp(when),
        ...visionView({
          vision,
          outcomes: outcomes.judged.map(({ outcome }) => outcome),
          principles: principles.judged.map(({ principle }) => principle),
        }),
        outcomes: outcomes.views,
        principles: principles.views,
        counts: countStates(outcomes.views),
        remarks: remarks.map(remarkView),
        unjudged,
      }
    },
  }),
  operation({
    id: 'lint',
    method: 'get',
    path: '/lint',
    scope: 'read',
    keep: true,
    summary: 'What a careful reader would object to in the strategy of a namespace, each with its place and the way out',
    input: z.object({ ...momentInput }),
    output: moment.extend({ problems: z.array(RemarkView), unjudged: z.array(UnjudgedView) }),
    run: async (ask, context: Context) => {
      const when = await momentOf(ask, context)
      const { remarks, unjudged } = await lintOf(when, context)
      return { ...stamp(when), problems: remarks.map(remarkView), unjudged }
    },
  }),
  operation({
    id: 'lint.documents',
    method: 'post',
    path: '/lint',
    scope: 'read',
    bodyLimit: 64_000_000,
    summary: 'The same for documents that were read elsewhere, as if they stood in the catalogue; writes nothing',
    input: z.object({ drafts: z.array(DraftInput).max(20_000), at: InstantSchema.optional(), asOf: InstantSchema.optional() }),
    output: z.object({ problems: z.array(RemarkView), unjudged: z.array(UnjudgedView) }),
    run: async ({ drafts, ...ask }, context: Context) => {
      const all = { problems: [] as z.infer<typeof RemarkView>[], unjudged: [] as z.infer<typeof UnjudgedView>[] }
      for (const scope of namespacesOf(drafts)) {
        const { remarks, unjudged } = await lintOf(await momentOf({ ...ask, scope }, context), context, drafts)
        all.problems.push(...remarks.map(remarkView))
        all.unjudged.push(...unjudged)
      }
      return all
    },
  }),
  operation({
    id: 'outcomes',
    method: 'get',
    path: '/outcomes',
    scope: 'read',
    keep: true,
    summary: 'Outcomes held against their readings, worst first: progress, pace, forecast, guardrails',
    input: z.object({ ...momentInput }),
    output: moment.extend({ counts: VisionView.shape.counts, outcomes: z.array(OutcomeView) }),
    run: async (ask, context: Context) => {
      const when = await momentOf(ask, context)
      const { views } = await outcomesOf(when, context)
      return { ...stamp(when), counts: countStates(views), outcomes: views }
    },
  }),
  operation({
    id: 'outcome',
    method: 'get',
    path: '/outcomes/{ref+}',
    scope: 'read',
    keep: true,
    summary: 'One outcome: its judgement, what else happened meanwhile, the work that serves it',
    input: z.object({ ref: RefSchema, at: momentInput.at, asOf: momentInput.asOf }),
    output: moment.extend(OutcomePage.shape),
    run: async ({ ref, ...ask }, context: Context) => {
      const when = await momentOf({ ...ask, scope: refNamespace(ref) }, context)
      return { ...stamp(when), ...(await outcomePage(ref, when, context)) }
    },
  }),
  operation({
    id: 'principles',
    method: 'get',
    path: '/principles',
    scope: 'read',
    keep: true,
    summary: 'Principles held against their signals, broken first: where they hold, where not, who is excepted until when',
    input: z.object({ ...momentInput }),
    output: moment.extend({ principles: z.array(PrincipleView) }),
    run: async (ask, context: Context) => {
      const when = await momentOf(ask, context)
      const { views } = await principlesOf(when, context, await decisionsOf(when, context))
      return { ...stamp(when), principles: views }
    },
  }),
  operation({
    id: 'principles.ready',
    method: 'get',
    path: '/principles/ready',
    scope: 'read',
    summary: 'Principles that come with working signals, to be adopted as they are or changed',
    input: z.object({}),
    output: z.object({ principles: z.array(ReadyPrinciple) }),
    run: async () => ({ principles: await readyPrinciples() }),
  }),
  operation({
    id: 'principle',
    method: 'get',
    path: '/principles/{ref+}',
    scope: 'read',
    keep: true,
    summary: 'One principle and how it was lived: a state a component, team and month, and since when the present one lasts',
    input: z.object({ ref: RefSchema, at: momentInput.at, asOf: momentInput.asOf }),
    output: moment.extend({ principle: PrincipleView, history: PrincipleHistory }),
    run: async ({ ref, ...ask }, context: Context) => {
      const when = await momentOf({ ...ask, scope: refNamespace(ref) }, context)
      return { ...stamp(when), ...(await principlePage(ref, when, context)) }
    },
  }),
  operation({
    id: 'applies',
    method: 'get',
    path: '/applies',
    scope: 'read',
    summary: 'What binds a change to a path or component: principles, decisions, exceptions',
    input: z.object({
      ...momentInput,
      path: z.string().max(2_000).optional(),
      component: RefSchema.optional(),
      repository: RefSchema.optional(),
    }),
    output: AppliesView,
    run: async (ask, context: Context) => {
      if (ask.path === undefined && ask.component === undefined) {
        throw new Refusal('applies.nothing_named', 'Neither a path nor a component is named', {
          fix: 'Ask with path=src/checkout or component=component:default/checkout.',
          path: 'path',
        })
      }
      return appliesTo({ ...(await momentOf(ask, context)), path: ask.path, component: ask.component, repository: ask.repository }, context)
    },
  }),
  ...shareOperations,
] as const
