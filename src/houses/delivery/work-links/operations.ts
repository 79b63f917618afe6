import * as z from 'zod'
import type { Catalog } from '../../../ground/catalog/index.ts'
import {
  bucketsOf,
  type Clock,
  DAY,
  formatInstant,
  type Instant,
  InstantSchema,
  operation,
  Refusal,
  type Window,
} from '../../../ground/core/index.ts'
import type { Ledger } from '../../../ground/ledger/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { workAnswer } from './week/answer.ts'
import { Work } from './week/view.ts'

interface Context {
  store: Store
  catalog: Catalog
  ledger: Ledger
  clock: Clock
}

/** Weeks of people are counted one by one. */
const LONGEST = 3_660 * DAY

const weekOperation = operation({
  id: 'work.week',
  method: 'get',
  path: '/work',
  scope: 'read',
  keep: true,
  summary:
    'Where work goes: changes and weeks of people by outcome, incidents, upkeep, and what serves nothing written down; over time, against the plan and the window before',
  input: z.object({
    namespace: z.string().max(63).default('default'),
    from: InstantSchema.optional(),
    to: InstantSchema.optional(),
    /** Now, for the default window: the last seven full days before it. */
    at: InstantSchema.optional(),
    asOf: InstantSchema.optional(),
    zone: z.string().max(100).default('UTC').refine(isZone, { error: 'is not a time zone; write for example Europe/Berlin' }),
    /** Cuts the window into pieces. */
    bucket: z.enum(['day', 'week', 'month']).optional(),
    /** Records listed for each part. */
    records: z.coerce.number().int().min(0).max(1_000).default(20),
  }),
  output: Work,
  run: async (ask, { store, catalog, ledger, clock }: Context) => {
    const asOf = ask.asOf === undefined ? await catalog.present() : Math.min(ask.asOf, clock())
    const at = ask.at ?? asOf
    const window = windowOf(ask, at)
    if (window.from >= window.to)
      throw new Refusal(
        'work.empty_window',
        `The window begins ${formatInstant(window.from)} and ends ${formatInstant(window.to)}: nothing lies in it.`,
        {
          fix: 'Give a "from" before "to".',
          path: 'from',
        },
      )
    if (window.to - window.from > LONGEST)
      throw new Refusal('work.window_too_long', 'The window is longer than ten years.', {
        fix: 'Give a "from" closer to "to".',
        path: 'from',
      })
    const { namespace, zone, bucket, records } = ask
    return workAnswer({ store, catalog, ledger }, { namespace, window, at, asOf, zone, ...(bucket ? { bucket } : {}), records })
  },
})

export const workLinkOperations = [weekOperation] as const

/** As asked for, a missing end is now; otherwise the last seven days that are over, in the zone. */
function windowOf({ from, to, zone }: { from?: Instant; to?: Instant; zone: string }, now: Instant): Window {
  if (from !== undefined) return { from, to: to ?? now }
  const today = to ?? bucketsOf({ from: now - 2 * DAY, to: now }, 'day', zone).at(-1)!.from
  const days = bucketsOf({ from: today - 9 * DAY, to: today }, 'day', zone)
  return { from: days.at(-7)!.from, to: today }
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
