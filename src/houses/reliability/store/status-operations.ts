import * as z from 'zod'
import { DEFAULT_NAMESPACE, formatInstant, InstantSchema, operation, RefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { ShipView, shipView } from '../tell/ship.ts'
import { SloPageView, sloPageView } from '../tell/slo-page.ts'
import { SloStatusView, statusView } from '../tell/status.ts'
import { shipRows } from './ship.ts'
import { sloPage } from './slo-page.ts'
import { slosOf } from './slos.ts'
import { statusesOf } from './statuses.ts'

const statusOperation = operation({
  id: 'slo.status',
  method: 'get',
  path: '/slos/status',
  scope: 'read',
  summary: 'How promises stand: error budget left, burn, forecast; worst first',
  input: z.object({
    scope: z.string().trim().toLowerCase().max(63).optional(),
    service: RefSchema.optional(),
    slo: RefSchema.optional(),
    at: InstantSchema.optional(),
    asOf: InstantSchema.optional(),
  }),
  output: z.object({ at: z.string(), asOf: z.string(), slos: z.array(SloStatusView) }),
  run: async ({ scope, service, slo, at, asOf }, ground: Ground) => {
    const known = asOf ?? (await ground.ledger.present())
    const moment = at ?? known
    const slos = await ground.ledger.readAsOf(known, async (then) => {
      const meant = await slosOf(ground, { scope, service, asOf: known, ...(slo ? { refs: [slo] } : {}) })
      return statusesOf(meant, { at: moment, asOf: then }, ground)
    })
    return { at: formatInstant(moment), asOf: formatInstant(known), slos: slos.map(statusView).sort(worstFirst) }
  },
})

const pageOperation = operation({
  id: 'slo.page',
  method: 'get',
  path: '/slo-pages/{ref+}',
  scope: 'read',
  summary: 'One promise: how its budget went and who spent it, events, corrections, what is touched',
  input: z.object({
    ref: RefSchema,
    objective: z.string().max(400).optional(),
    at: InstantSchema.optional(),
    asOf: InstantSchema.optional(),
  }),
  output: SloPageView,
  run: async ({ ref, objective, at, asOf }, ground: Ground) => {
    const known = asOf ?? (await ground.ledger.present())
    const page = await ground.ledger.readAsOf(known, (then) => sloPage(ground, { ref, objective, at: at ?? known, asOf: then, known }))
    return sloPageView(page, known)
  },
})

const shipOperation = operation({
  id: 'slo.ship',
  method: 'get',
  path: '/ship',
  scope: 'read',
  keep: true,
  summary: 'May we ship: every promise of a scope, the one whose budget goes first at the top, with its biggest spender',
  input: z.object({
    scope: z.string().trim().toLowerCase().max(63).default(DEFAULT_NAMESPACE),
    at: InstantSchema.optional(),
    asOf: InstantSchema.optional(),
  }),
  output: ShipView,
  run: async ({ scope, at, asOf }, ground: Ground) => {
    const known = asOf ?? (await ground.ledger.present())
    const moment = at ?? known
    const found = await ground.ledger.readAsOf(known, (then) => shipRows(ground, { scope, at: moment, asOf: then, known }))
    return shipView(found, { at: moment, known })
  },
})

export const statusOperations = [statusOperation, pageOperation, shipOperation] as const

const ORDER = { missed: 0, at_risk: 1, unknown: 2, met: 3 } as const

function worstFirst(a: SloStatusView, b: SloStatusView): number {
  return ORDER[a.state] - ORDER[b.state] || (a.budgetRemaining ?? 2) - (b.budgetRemaining ?? 2) || (a.slo < b.slo ? -1 : 1)
}
