import * as z from 'zod'
import type { EntityKind } from '../../../ground/catalog/index.ts'
import { parseDuration } from '../../../ground/core/index.ts'

const Length = z.string().refine((text) => parseDuration(text).ok, { error: 'is not a duration; write for example 6h' })
const Budget = z
  .union([z.number().gt(0).lt(1), z.string().regex(/^\d+(?:\.\d+)?\s*%$/)], { error: 'write a share such as 0.05 or 5%' })
  .refine((share) => typeof share === 'number' || (Number.parseFloat(share) > 0 && Number.parseFloat(share) < 100), {
    error: 'is between 0 and 100 %',
  })

const Pair = z
  .strictObject({
    severity: z.enum(['page', 'ticket']),
    /** It matters: over this long. */
    long: Length,
    /** It still goes on: over this long. */
    short: Length,
    /** Share of the budget of the whole period that is spent when it fires. */
    budget: Budget,
  })
  .refine(({ long, short }) => seconds(short) < seconds(long), { error: 'the short window is shorter than the long one' })

/** Windows that alerts look over, for one length of budget periods, chosen by the organisation. */
export const AlertWindowsSpec = z
  .strictObject({ period: Length, pairs: z.array(Pair).min(1).max(20) })
  .refine(({ period, pairs }) => pairs.every(({ long }) => seconds(long) < seconds(period)), {
    error: 'every window is shorter than the period',
  })

function seconds(text: string): number {
  const read = parseDuration(text)
  return read.ok ? read.value : 0
}

/** Instead of the standard pairs of windows for promises with a period of that length, in its namespace. */
export const alertWindowsKind: EntityKind = { kind: 'AlertWindows', apiVersions: ['throughline.dev/v1'], spec: AlertWindowsSpec }
