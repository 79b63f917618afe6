import * as z from 'zod'
import { SubjectText } from '../../../ground/catalog/index.ts'
import { type Caller, formatInstant, InstantSchema, operation } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { changeListeners, toldOf } from '../../reliability/index.ts'
import { momentInput, momentOf } from '../../vision/index.ts'
import { alertsOf, noteSeen } from './store.ts'
import { AlertView, alertView } from './view.ts'

export const alertOperations = [
  operation({
    id: 'alerts',
    method: 'get',
    path: '/alerts',
    scope: 'read',
    keep: true,
    summary:
      'Changes of level of headline measures and of the measures of outcomes that became visible within a fortnight, worst first, and who has put them aside',
    input: z.object({ ...momentInput }),
    output: z.object({
      alerts: z.array(AlertView),
      /** Targets of the namespace that are sent a message about each, and of whose. */
      listeners: z.array(z.object({ target: z.string(), changes: z.string() })),
      at: z.string(),
      asOf: z.string(),
    }),
    run: async (ask, ground: Ground) => {
      const when = await momentOf(ask, ground)
      const alerts = await alertsOf(when, ground)
      const told = await toldOf(
        alerts.flatMap((alert) => alert.told ?? []),
        ground.store,
      )
      return {
        alerts: alerts.map((alert) => alertView(alert, alert.told === null ? [] : told(alert.told))),
        listeners: (await changeListeners(ground.store))
          .filter(({ namespace }) => namespace === when.scope)
          .map(({ target, changes }) => ({ target, changes })),
        at: formatInstant(when.at),
        asOf: formatInstant(when.asOf),
      }
    },
  }),
  operation({
    id: 'alert.see',
    method: 'post',
    path: '/alerts/seen',
    scope: 'write',
    summary: 'Puts a change of level aside, or takes that back; the audit trail has who did and when',
    input: z.strictObject({
      scope: momentInput.scope,
      measure: z.string().min(1).max(200),
      subject: SubjectText,
      /** When the level changed, as it was told. */
      at: InstantSchema,
      /** Whether the level rose: a change the other way is another one. */
      up: z.boolean(),
      seen: z.boolean().default(true),
    }),
    output: z.object({ seen: z.boolean(), by: z.string() }),
    run: async ({ at, ...change }, ground: Ground & { caller: Caller }) => {
      const by = ground.caller.person
      await noteSeen({ ...change, at: formatInstant(at) }, by, ground)
      return { seen: change.seen, by }
    },
  }),
] as const
