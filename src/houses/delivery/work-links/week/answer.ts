import type { Catalog } from '../../../../ground/catalog/index.ts'
import {
  type Bucket,
  bucketsOf,
  formatInstant,
  formatQuantity,
  formatWindow,
  inWindow,
  type Instant,
  previousWindow,
  type Ref,
  type Window,
} from '../../../../ground/core/index.ts'
import type { Ledger } from '../../../../ground/ledger/index.ts'
import type { Store } from '../../../../ground/store/index.ts'
import type { WorkUnit } from './classify.ts'
import { plansOf } from './plan.ts'
import { workShares, type WorkShare, type WorkShares } from './shares.ts'
import { FEWEST_PEOPLE, openly } from './spent.ts'
import { shareAnswer, type Work } from './view.ts'
import { partsOf, type PartKey, workDone, workWithPeople } from './work.ts'

interface WorkWish {
  namespace: string
  window: Window
  at: Instant
  asOf: Instant
  zone: string
  bucket?: Bucket
  /** Records listed for each part. */
  records: number
}

/** What the work of a namespace was for: parts, what people spent, the plan, the window before, and how it went over time. */
export async function workAnswer(ground: { store: Store; catalog: Catalog; ledger: Ledger }, wish: WorkWish): Promise<Work> {
  const { namespace, window, at, asOf } = wish
  const { catalog, store } = ground
  const earlier = previousWindow(window)
  const both = await workDone(ground, { ...wish, window: { from: earlier.from, to: window.to } })
  const units = both.filter((unit) => inWindow(window, unit.at))
  const found = await workWithPeople(ground, units, wish)
  const before = workShares(both.filter((unit) => inWindow(earlier, unit.at)))
  const plans = await plansOf(store, namespace, asOf)
  const titles = await catalog.describe([...new Set([...found.outcomes.map(({ ref }) => ref), ...plans.keys()])], asOf)
  const titleOf = (ref: Ref) => titles.get(ref)?.title ?? ref
  const parts = partsOf(found)
  const weeks = openly(
    found.spent,
    parts.map(({ part }) => part.spent),
  )
  const earlierParts = new Map(partsOf(before).map(({ key, part }) => [key, part]))
  const shown = (key: PartKey, part: WorkShare) =>
    shareAnswer(part, {
      records: wish.records,
      peopleWeeks: weeks[parts.findIndex((one) => one.key === key)] ?? null,
      before: before.n === 0 ? null : { count: earlierParts.get(key)?.count ?? 0, share: earlierParts.get(key)?.share ?? 0 },
    })
  const plan = planAnswer(found, plans, titleOf)
  return {
    namespace,
    window: formatWindow(window),
    asOf: formatInstant(asOf),
    headline: headlineOf(found, plan),
    n: found.n,
    lines: found.lines,
    linesUnknown: found.linesUnknown,
    excluded: found.excluded,
    outcomes: found.outcomes.map((outcome) => ({
      ref: outcome.ref,
      title: titleOf(outcome.ref),
      planned: plans.get(outcome.ref) ?? null,
      ...shown(outcome.ref, outcome),
    })),
    incidents: shown('incidents', found.incidents),
    upkeep: shown('upkeep', found.upkeep),
    unlinked: shown('unlinked', found.unlinked),
    plan,
    people: peopleAnswer(found),
    before: { ...formatWindow(earlier), n: before.n },
    buckets: wish.bucket
      ? pieces(units, bucketsOf({ from: window.from, to: Math.max(window.from, Math.min(window.to, at)) }, wish.bucket, wish.zone))
      : [],
    suggestions: (await catalog.suggestions({ namespace, limit: 1 }, asOf)).total,
  }
}

function pieces(units: readonly WorkUnit[], windows: readonly Window[]): Work['buckets'] {
  return windows.map((window) => {
    const shares = workShares(units.filter((unit) => inWindow(window, unit.at)))
    return {
      ...formatWindow(window),
      n: shares.n,
      parts: partsOf(shares).flatMap(({ key, part }) => (part.count > 0 ? [{ key, count: part.count }] : [])),
    }
  })
}

/** What outcomes state as their plan, against all work that served outcomes. */
function planAnswer(found: WorkShares, plans: ReadonlyMap<Ref, number>, titleOf: (ref: Ref) => string): Work['plan'] {
  if (plans.size === 0)
    return {
      share: null,
      came: null,
      without: [],
      why: 'No outcome states which share of the work is planned for it.',
      fix: 'Write "plan: { share: 20% }" into the spec of an outcome.',
    }
  const worked = new Map(found.outcomes.map((outcome) => [outcome.ref, outcome.share]))
  return {
    share: [...plans.values()].reduce((sum, share) => sum + share, 0),
    came: found.n === 0 ? null : [...plans.keys()].reduce((sum, ref) => sum + (worked.get(ref) ?? 0), 0),
    without: [...plans].flatMap(([ref, planned]) => (worked.has(ref) ? [] : [{ ref, title: titleOf(ref), planned }])),
  }
}

function peopleAnswer({ spent, peopleUnknown }: WorkShares & { peopleUnknown: number }): Work['people'] {
  if (spent.people >= FEWEST_PEOPLE) return { weeks: spent.weeks, notKnown: peopleUnknown }
  return {
    weeks: null,
    notKnown: peopleUnknown,
    why:
      spent.people === 0
        ? 'No record tells who made these changes.'
        : `Fewer than ${FEWEST_PEOPLE} people made these changes; what so few spent is not shown.`,
  }
}

function headlineOf({ n, outcomes, unlinked }: WorkShares, plan: Work['plan']): string {
  if (n === 0) return 'No work was recorded in this span.'
  const served = outcomes.reduce((sum, { share }) => sum + (share ?? 0), 0)
  const planned = plan.share === null ? 'no plan is stated' : `planned were ${percent(plan.share)}`
  const open = (unlinked.share ?? 0) > 0 ? ` ${percent(unlinked.share!)} is linked to nothing.` : ''
  return `${percent(served)} of ${n.toLocaleString('en-GB')} ${n === 1 ? 'change' : 'changes'} served outcomes; ${planned}.${open}`
}

function percent(share: number): string {
  return formatQuantity(Math.round(share * 100) / 100, 'ratio')
}
