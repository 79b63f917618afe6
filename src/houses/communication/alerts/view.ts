import * as z from 'zod'
import { Claim, formatInstant, Reading } from '../../../ground/core/index.ts'
import { Annotation, Change } from '../../../ground/measures/index.ts'
import { DeliveryView } from '../../reliability/index.ts'
import { changeClaim } from '../tell/changes.ts'
import type { Alert } from './decide.ts'

/** A change of level that became visible lately, and whom it matters to. */
export const AlertView = Change.extend({
  measure: z.string(),
  title: z.string(),
  unit: z.string(),
  subject: z.string(),
  /** What levels were compared by. */
  step: z.enum(['day', 'week', 'month']),
  /** The measure since the change. */
  reading: Reading,
  around: z.array(Annotation),
  audiences: z.array(z.enum(['executive', 'product', 'engineering'])),
  outcomes: z.array(z.object({ ref: z.string(), title: z.string() })),
  /** Who has put it aside, and when. */
  seen: z.object({ by: z.string(), on: z.string() }).nullable(),
  /** Messages about it, the latest first. */
  told: z.array(DeliveryView),
  claim: Claim,
})

export function alertView(alert: Alert, told: z.input<typeof DeliveryView>[]): z.input<typeof AlertView> {
  const { measure, title, unit, subject, step, change, reading, around, audiences, outcomes, seen } = alert
  return {
    measure,
    title,
    unit,
    subject,
    step,
    ...change,
    reading,
    around,
    audiences: [...audiences],
    outcomes: [...outcomes],
    seen: seen && { by: seen.by, on: formatInstant(seen.on) },
    told,
    claim: changeClaim(alert),
  }
}
