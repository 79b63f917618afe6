import * as z from 'zod'
import { AUDIENCES, type Catalog, MeasureId } from '../../catalog/index.ts'
import { type Clock, operation, parseDuration } from '../../core/index.ts'
import type { Measures } from '../measures.ts'
import { resolveAsk } from '../asking.ts'
import { askInput, readingAsk } from '../operations.ts'
import { driversOf } from './drivers.ts'
import { metricTree } from './tree.ts'

type Context = { measures: Measures; catalog: Catalog; clock: Clock }

const { where: _where, ...asked } = askInput
const Direction = z.enum(['same', 'opposite'])
const Span = z.object({ low: z.number(), high: z.number(), level: z.number() })

const Tested = z.object({
  grain: z.enum(['day', 'week']),
  /** Lags looked at, in days, and the one at which they move together most. */
  lagsDays: z.object({ from: z.number(), to: z.number() }),
  lagDays: z.number(),
  lag: z.number(),
  correlation: z.number(),
  interval: Span,
  p: z.number(),
  n: z.number().int(),
  block: z.number(),
  /** A usual move of the driver, and what goes with it in the measure. */
  move: z.number(),
  effect: Span.extend({ value: z.number() }),
})

const Driver = z.object({
  measure: z.string(),
  title: z.string(),
  unit: z.string(),
  direction: Direction.nullable(),
  lag: z.string().nullable(),
  verdict: z.enum(['believed', 'supported', 'refuted', 'not_enough_data']),
  ground: z.string(),
  why: z.string(),
  fix: z.string().optional(),
  grain: z.enum(['day', 'week']),
  /** Days or weeks in which both are known. */
  n: z.number().int(),
  /** Days or weeks it would take to tell. */
  needed: z.number().int().nullable(),
  tested: Tested.nullable(),
})

const TreeNode = z.object({
  id: z.string(),
  kind: z.enum(['outcome', 'measure']),
  title: z.string(),
  unit: z.string().optional(),
  better: z.enum(['higher', 'lower']).optional(),
  question: z.string().optional(),
  headline: z.array(z.enum(AUDIENCES)).optional(),
  missing: z.literal(true).optional(),
  stated: z.object({ ref: z.string(), version: z.number().int() }).optional(),
})

const TreeEdge = z.object({
  upper: z.string(),
  lower: z.string(),
  kind: z.enum(['measure', 'part', 'driver']),
  direction: Direction.optional(),
  lag: z.string().optional(),
})

export const driverOperations = [
  operation({
    id: 'drivers',
    method: 'get',
    path: '/drivers/{measure}',
    scope: 'read',
    summary: 'What is thought to drive a measure, each held against what was measured: believed, supported, refuted or not enough data',
    input: z.object({
      measure: MeasureId,
      ...asked,
      /** Tests this measure instead of the drivers that are stated. */
      driver: MeasureId.optional(),
      direction: Direction.optional(),
      lag: z
        .string()
        .max(20)
        .refine((text) => isLag(text), { error: 'is no lag; write for example 14d' })
        .optional(),
    }),
    output: z.object({
      measure: z.string(),
      title: z.string(),
      unit: z.string(),
      subject: z.string(),
      window: z.object({ from: z.string(), to: z.string() }),
      stated: z.object({ ref: z.string(), version: z.number().int() }).nullable(),
      drivers: z.array(Driver),
    }),
    keep: true,
    run: async ({ measure, driver, direction, lag, ...texts }, context: Context) => {
      const wish = readingAsk(measure, texts)
      const { subject, at, asOf, zone } = resolveAsk(wish, context.clock())
      return driversOf(
        {
          measure,
          subject,
          at,
          asOf,
          zone,
          ...(wish.from === undefined ? {} : { from: wish.from }),
          ...(wish.to === undefined ? {} : { to: wish.to }),
          ...(driver ? { driver: { measure: driver, ...(direction ? { direction } : {}), ...(lag ? { lag } : {}) } } : {}),
        },
        context,
      )
    },
  }),
  operation({
    id: 'drivers.tree',
    method: 'get',
    path: '/drivers',
    scope: 'read',
    summary: 'The metric tree: outcomes, the measures that show them, and what those are computed from or driven by',
    input: z.object({ namespace: z.string().trim().min(1).max(63).default('default'), asOf: askInput.asOf }),
    output: z.object({ nodes: z.array(TreeNode), edges: z.array(TreeEdge) }),
    run: async ({ namespace, asOf }, context: Context) =>
      metricTree({ namespace, ...(asOf === undefined ? {} : { asOf: readingAsk('', { asOf, zone: 'UTC' }).asOf! }) }, context),
  }),
] as const

function isLag(text: string): boolean {
  const read = parseDuration(text)
  return read.ok && read.value >= 0
}
