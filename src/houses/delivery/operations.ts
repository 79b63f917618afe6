import * as z from 'zod'
import { operation } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { askInput, readingAsk } from '../../ground/measures/index.ts'
import { coverageOperations } from './coverage/index.ts'
import { incidentOperations } from './incidents/index.ts'
import { cohortsOverview, deliveryOverview, flowOverview } from './store/index.ts'
import { CohortsView } from './tell/cohorts-view.ts'
import { FlowView } from './tell/flow-view.ts'
import { DeliveryView } from './tell/overview.ts'
import { workLinkOperations } from './work-links/index.ts'

/** What the doors may ask of this house. */
export const deliveryOperations = [
  operation({
    id: 'delivery.overview',
    method: 'get',
    path: '/delivery',
    scope: 'read',
    keep: true,
    summary: "DORA's five over time, how lead times are spread, where the time goes, component by component",
    input: z.object({ ...askInput, bucket: z.enum(['day', 'week', 'month']).default('week') }),
    output: DeliveryView,
    run: async ({ bucket, ...asked }, context: Ground) => {
      const { measure: _none, ...ask } = readingAsk('', asked)
      return deliveryOverview({ ...ask, bucket }, context)
    },
  }),
  operation({
    id: 'delivery.cohorts',
    method: 'get',
    path: '/delivery/cohorts',
    scope: 'read',
    keep: true,
    summary:
      'Lead time, wait for review and size of changes by who makes them: cohorts of five people and changes at least, never one person',
    input: z.object(askInput),
    output: CohortsView,
    run: async (asked, context: Ground) => {
      const { measure: _none, ...ask } = readingAsk('', asked)
      return cohortsOverview(ask, context)
    },
  }),
  operation({
    id: 'work.flow',
    method: 'get',
    path: '/work/flow',
    scope: 'read',
    keep: true,
    summary: 'The way of work items from idea to customers’ hands: where the time goes by stage, and what is under way by age',
    input: z.object(askInput),
    output: FlowView,
    run: async (asked, context: Ground) => {
      const { measure: _none, ...ask } = readingAsk('', asked)
      return flowOverview(ask, context)
    },
  }),
  ...incidentOperations,
  ...coverageOperations,
  ...workLinkOperations,
] as const
