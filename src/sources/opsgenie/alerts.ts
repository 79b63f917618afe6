import * as z from 'zod'
import { formatInstant, ownEntry } from '../../ground/core/index.ts'
import { ignored, reading, type ReadPayload, SubjectList, subjectNamed, told, unreadable } from '../../ground/intake/index.ts'

/** What is chosen when Opsgenie is connected. */
export const OpsgenieSettings = z.strictObject({
  /** What entities stand for. */
  subjects: SubjectList.default([]).meta({
    title: 'Entities and what they stand for here',
    description: 'Written as checkout-api=component:default/checkout; an entity that is not named is the component of the same name.',
  }),
  /** The component of alerts that name none. */
  component: z.string().min(1).max(200).optional().meta({
    title: 'Component of alerts without an entity',
    description: 'Without it they are refused, because nobody would know what they are about.',
  }),
})
type OpsgenieSettings = z.infer<typeof OpsgenieSettings>

const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Opsgenie tells when an alert was made in milliseconds and when it changed in nanoseconds. Both are read by their size:
 * as milliseconds, any nanoseconds of this age would lie beyond the year 9999.
 */
const At = z
  .number()
  .positive()
  .max(LAST * 1e6)
  .transform((at) => formatInstant(Math.round(at > LAST ? at / 1e6 : at)))

const Payload = z.looseObject({
  action: z.string().max(200),
  alert: z.looseObject({
    alertId: z.string().min(1).max(300),
    message: z.string().min(1).max(2_000),
    entity: z.string().max(1_000).nullish(),
    priority: z.string().max(100).nullish(),
    createdAt: At,
    updatedAt: At,
  }),
})

/** What an action says of an alert beside what the alert itself says. */
const TURNS: Record<string, (at: string) => Record<string, unknown>> = {
  Create: () => ({}),
  // Several people may acknowledge: the first of them answered.
  Acknowledge: (at) => ({ acknowledgedAt: at, assumed: ['acknowledgedAt'] }),
  UnAcknowledge: () => ({}),
  Close: (at) => ({ resolvedAt: at }),
  UpdatePriority: () => ({}),
}

/** An alert as it stands after the action; which alerts are incidents is chosen in Opsgenie, by what it sends here. */
export function readAlert(body: unknown, { subjects, component }: OpsgenieSettings): ReadPayload {
  return reading(z.looseObject({ action: z.string().max(200) }), ({ action }): ReadPayload => {
    const turn = ownEntry(TURNS, action)
    if (!turn) return ignored(`The action "${action}" carries nothing that is kept.`)
    return reading(Payload, ({ alert }): ReadPayload => {
      const name = alert.entity?.trim() || component
      if (!name)
        return unreadable({
          code: 'alert.no_component',
          path: 'alert.entity',
          message: 'The alert has no entity, so nobody knows what it is about.',
          fix: 'Set the entity where the alert is made, or name a component for such alerts in the settings of the connection.',
        })
      return told({
        kind: 'incident',
        source: 'opsgenie',
        id: alert.alertId,
        subject: subjectNamed(name, subjects),
        at: alert.updatedAt,
        title: alert.message,
        severity: alert.priority ?? undefined,
        openedAt: alert.createdAt,
        ...turn(alert.updatedAt),
      })
    })(body)
  })(body)
}
