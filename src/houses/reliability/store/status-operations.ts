import * as z from 'zod'
import { formatInstant, InstantSchema, operation, RefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { SloStatusView, statusView } from '../tell/status.ts'
import { slosOf } from './slos.ts'
import { statusesOf } from './statuses.ts'

export const statusOperation = operation({
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

const ORDER = { missed: 0, at_risk: 1, unknown: 2, met: 3 } as const

function worstFirst(a: SloStatusView, b: SloStatusView): number {
  return ORDER[a.state] - ORDER[b.state] || (a.budgetRemaining ?? 2) - (b.budgetRemaining ?? 2) || (a.slo < b.slo ? -1 : 1)
}
