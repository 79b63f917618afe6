import * as z from 'zod'
import type { Catalog } from '../../../ground/catalog/index.ts'
import {
  bucketsOf,
  type Clock,
  DAY,
  formatInstant,
  formatWindow,
  type Instant,
  InstantSchema,
  operation,
  type Window,
} from '../../../ground/core/index.ts'
import type { Ledger } from '../../../ground/ledger/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { subjectsIn } from './subjects.ts'
import type { WorkUnit } from './week/classify.ts'
import { workShares, type WorkShare } from './week/shares.ts'
import { unitsOf } from './week/units.ts'

interface Context {
  store: Store
  catalog: Catalog
  ledger: Ledger
  clock: Clock
}

const Unit = z.object({ id: z.string(), subject: z.string(), title: z.string(), at: z.string(), lines: z.number().int().nullable() })
const Share = z.object({
  /** Pieces of work; one that serves several outcomes counts for each in equal parts. */
  count: z.number(),
  /** Of all pieces; null when there are none. */
  share: z.number().nullable(),
  lines: z.number(),
  linesShare: z.number().nullable(),
  /** The latest pieces, and how many more there are. */
  records: z.array(Unit),
  more: z.number().int(),
})

const Work = z.object({
  namespace: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  /** Merged changes, and commits that are part of none. */
  n: z.number().int(),
  lines: z.number(),
  linesUnknown: z.number().int(),
  excluded: z.array(z.object({ code: z.string(), count: z.number().int() })),
  outcomes: z.array(Share.extend({ ref: z.string(), title: z.string() })),
  incidents: Share,
  upkeep: Share,
  unlinked: Share,
  /** Suggestions that wait for an answer. */
  suggestions: z.number().int(),
})

const weekOperation = operation({
  id: 'work.week',
  method: 'get',
  path: '/work',
  scope: 'read',
  summary: 'What the work of a week was for: outcomes, incidents, upkeep, and what serves nothing written down',
  input: z.object({
    namespace: z.string().max(63).default('default'),
    from: InstantSchema.optional(),
    to: InstantSchema.optional(),
    /** Now, for the default window: the last seven full days before it. */
    at: InstantSchema.optional(),
    asOf: InstantSchema.optional(),
    zone: z.string().max(100).default('UTC').refine(isZone, { error: 'is not a time zone; write for example Europe/Berlin' }),
    /** Records listed for each part. */
    records: z.coerce.number().int().min(0).max(1_000).default(20),
  }),
  output: Work,
  run: async (ask, { store, catalog, ledger, clock }: Context) => {
    const asOf = ask.asOf === undefined ? await catalog.present() : Math.min(ask.asOf, clock())
    const window = windowOf(ask, ask.at ?? asOf)
    const subjects = await subjectsIn(store, ask.namespace, asOf)
    const until = { from: window.from, to: Math.min(window.to, ask.at ?? window.to) }
    const found = workShares(await ledger.readAsOf(asOf, (then) => unitsOf(store, subjects, until, then)))
    const titles = await catalog.describe(
      found.outcomes.map(({ ref }) => ref),
      asOf,
    )
    const shown = (share: WorkShare) => ({
      count: share.count,
      share: share.share,
      lines: share.lines,
      linesShare: share.linesShare,
      records: share.units.slice(0, ask.records).map(unitAnswer),
      more: Math.max(0, share.units.length - ask.records),
    })
    return {
      namespace: ask.namespace,
      window: formatWindow(window),
      n: found.n,
      lines: found.lines,
      linesUnknown: found.linesUnknown,
      excluded: found.excluded,
      outcomes: found.outcomes.map((outcome) => ({
        ref: outcome.ref,
        title: titles.get(outcome.ref)?.title ?? outcome.ref,
        ...shown(outcome),
      })),
      incidents: shown(found.incidents),
      upkeep: shown(found.upkeep),
      unlinked: shown(found.unlinked),
      suggestions: (await catalog.suggestions({ namespace: ask.namespace, limit: 1 }, asOf)).total,
    }
  },
})

export const workLinkOperations = [weekOperation] as const

function unitAnswer({ id, subject, title, at, lines }: WorkUnit): z.input<typeof Unit> {
  return { id, subject, title, at: formatInstant(at), lines }
}

/** As asked for; otherwise the last seven days that are over, in the zone. */
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
