import * as z from 'zod'
import { operation } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { askInput, readingAsk } from '../../ground/measures/index.ts'
import { readCohorts, readFunnel } from './cohorts.ts'
import { businessOverview } from './overview.ts'
import { CohortView } from './tell/cohorts.ts'
import { FunnelView } from './tell/funnel.ts'
import { BusinessView } from './tell/overview.ts'

const { where: _none, ...asked } = askInput
const Measure = z.string().min(1).max(200)

/** What the doors may ask of this house. */
export const businessOperations = [
  operation({
    id: 'business.overview',
    method: 'get',
    path: '/business',
    scope: 'read',
    keep: true,
    summary: 'Activation, retention, funnels, revenue per user and friction: every measure that is declared of them, over time',
    input: z.object({ ...asked, bucket: z.enum(['day', 'week', 'month']).default('week') }),
    output: BusinessView,
    run: async ({ bucket, ...ask }, context: Ground) => {
      const { measure: _measure, ...wish } = readingAsk('', ask)
      return businessOverview({ ...wish, bucket }, context)
    },
  }),
  operation({
    id: 'cohorts.read',
    method: 'get',
    path: '/cohorts/{measure}',
    scope: 'read',
    keep: true,
    summary: 'The cohort table and curve of a measure of retention; cells that are not complete are null and say so',
    input: z.object({ measure: Measure, ...asked, periods: z.coerce.number().int().min(1).max(104).optional() }),
    output: CohortView,
    run: async ({ measure, periods, ...ask }, context: Ground) =>
      readCohorts({ ...readingAsk(measure, ask), ...(periods === undefined ? {} : { periods }) }, context),
  }),
  operation({
    id: 'funnel.read',
    method: 'get',
    path: '/funnels/{measure}',
    scope: 'read',
    keep: true,
    summary: 'A funnel step by step: how many people came to each, and where they left',
    input: z.object({ measure: Measure, ...asked }),
    output: FunnelView,
    run: async ({ measure, ...ask }, context: Ground) => readFunnel(readingAsk(measure, ask), context),
  }),
] as const
