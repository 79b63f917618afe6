import { formatInstant, formatWindow, type Instant, type Ref, refName, Refusal, WEEK } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { estimateEffect, FEWEST_AFTER, isEnough, placebosOf, sides, type Weekly } from '../assess/effect/index.ts'
import { estimatedView, type EffectHead, experimentView, missingWeeks, unknownView } from '../tell/effect.ts'
import type { EffectView } from '../tell/effect-view.ts'
import { changedMeanwhile, untouchedBeside } from './effect-controls.ts'
import { experimentOn } from './effect-experiment.ts'
import { onWeeks, type WeeklyAsk, weeklyOfEach, weeklyValues, type Weeks, weeksAround, YEAR_WEEKS } from './effect-weeks.ts'

type Context = Pick<Ground, 'catalog' | 'measures' | 'ledger'>

export interface EffectAsk {
  measure: string
  subject: string
  where?: Record<string, string> | undefined
  quantile?: 'p50' | 'p75' | 'p90' | undefined
  /** The moment of the change. */
  changedAt: Instant
  /** Subjects to compare with; untouched ones beside it when left out, none when empty and `alone`. */
  controls?: readonly Ref[] | undefined
  /** Do not look for subjects to compare with. */
  alone?: boolean | undefined
  /** Also touched by what was done, so no control. */
  touched?: readonly Ref[] | undefined
  /** Weeks looked at on either side. */
  weeks: number
  /** Only what happened before this. */
  at?: Instant | undefined
  asOf?: Instant | undefined
  zone?: string | undefined
}

/** Controls that are compared with at most: more narrow the interval by next to nothing. */
const MOST_CONTROLS = 12

/** What changed since a day, by the strongest design the data allow. @decision 0029 */
export async function effectSince(ask: EffectAsk, context: Context): Promise<EffectView> {
  const { ledger } = context
  const now = await ledger.present()
  if (ask.changedAt > Math.min(ask.at ?? now, now))
    throw new Refusal('effect.ahead', `${formatInstant(ask.changedAt).slice(0, 10)} lies ahead: nothing can have changed since.`, {
      fix: 'Name a day that has passed.',
      path: 'at',
    })
  const zone = ask.zone ?? 'UTC'
  const until = Math.min(ask.at ?? ask.asOf ?? now, now)
  const weeks = weeksAround(ask.changedAt, until, ask.weeks, zone)
  const window = { from: weeks.all[0]!.from, to: weeks.all.at(-1)!.to }
  const { head, about, own } = await headOf(ask, { from: window.from - (YEAR_WEEKS + 1) * WEEK, to: window.to }, context)
  const { subject, at, asOf } = about
  const { reading } = own.series
  if (ask.controls?.includes(subject))
    throw new Refusal('effect.own_control', `${subject} cannot be compared with itself.`, {
      fix: 'Leave it out of the controls.',
      path: 'control',
    })
  const experiment = await experimentOn({ measure: ask.measure, subject, changedAt: ask.changedAt, at, asOf }, context)
  if (experiment) return experimentView(head, experiment)

  const treated = onWeeks(own.points, weeks)
  const known = sides(treated, weeks.cut)
  const plain = pointsOf(weeks, own.points)
  if (!isEnough(known)) {
    const readyAt = known.after < FEWEST_AFTER && weeks.endOf(FEWEST_AFTER) > at ? formatInstant(weeks.endOf(FEWEST_AFTER)) : null
    const nothing = reading.n === 0 && reading.unknown
    const missing = nothing ? [{ ...nothing, why: lower(nothing.why) }] : missingWeeks(known, readyAt)
    return unknownView(head, missing, {
      ...known,
      wanted: ask.weeks,
      points: plain,
      controls: [],
      leftOut: [],
    })
  }
  const { controls, leftOut } = await controlsOf(ask, about, { weeks, window }, context)
  const question = { treated, controls, yearBefore: onWeeks(own.points, weeks, YEAR_WEEKS), cut: weeks.cut }
  const estimate = estimateEffect(question)
  const told = { leftOut, wanted: ask.weeks, points: plain }
  if (!('step' in estimate)) return unknownView(head, missingWeeks(estimate, null), { ...told, ...estimate, controls: [] })
  const names = await titlesOf(estimate.controls, asOf, context)
  const { scale, step } = estimate
  const moved = (expected: number, by: number) =>
    scale === 'log' ? expected * Math.exp(by) : scale === 'share' ? expected + 100 * by : expected + by
  return estimatedView(head, estimate, placebosOf(estimate), {
    ...told,
    controls: estimate.controls.map((ref) => ({ ref, title: names.get(ref)! })),
    startOf: (week) => formatInstant(weeks.all[week]!.from),
    points: plain.map((point, week) => {
      const { treated: index, expected } = estimate.course[week]!
      const after = week >= weeks.cut && expected !== null
      return {
        ...point,
        treated: index,
        expected,
        low: after ? moved(expected, step.low) : null,
        high: after ? moved(expected, step.high) : null,
      }
    }),
  })
}

/** What is asked about, with its own values. */
export async function headOf(
  { measure, quantile, changedAt, ...ask }: EffectAsk,
  window: { from: Instant; to: Instant },
  context: Pick<Ground, 'catalog' | 'measures'>,
): Promise<{ head: EffectHead; about: WeeklyAsk; own: Awaited<ReturnType<typeof weeklyValues>> }> {
  const { subject, at, asOf, zone, where } = await context.measures.resolve({
    measure,
    subject: ask.subject,
    where: ask.where,
    at: ask.at,
    asOf: ask.asOf,
    zone: ask.zone,
  })
  const about: WeeklyAsk = { measure, subject, where, quantile, at, asOf, zone }
  const own = await weeklyValues(about, window, context)
  const { title, unit, better } = own.series.definition
  const titles = await titlesOf([subject], asOf, context)
  return {
    about,
    own,
    head: {
      measure,
      title,
      unit,
      ...(better ? { better } : {}),
      ...(quantile ? { quantile } : {}),
      subject,
      subjectTitle: titles.get(subject)!,
      changedAt,
      window: formatWindow(window),
      at: formatInstant(at),
      asOf: formatInstant(asOf),
    },
  }
}

/** Controls with enough weeks, and why others are left out. */
async function controlsOf(
  { controls: named, alone, touched = [] }: EffectAsk,
  about: WeeklyAsk,
  { weeks, window }: { weeks: Weeks; window: { from: Instant; to: Instant } },
  context: Context,
) {
  const chosen = named !== undefined && named.length > 0
  const changed = chosen || alone ? [] : await changedMeanwhile(about, window, context)
  const others = [...touched, ...changed.map(({ ref }) => ref)]
  const candidates = alone ? [] : chosen ? named : await untouchedBeside({ ...about, ...window }, others, context)
  const controls: { subject: Ref; values: Weekly }[] = []
  const leftOut: EffectView['leftOut'] = changed.filter(({ ref }) => !touched.includes(ref))
  const each = await weeklyOfEach(candidates, about, window, context)
  for (const [subject, points] of each) {
    if (controls.length === MOST_CONTROLS) break
    const values = onWeeks(points, weeks)
    const { before, after } = sides(values, weeks.cut)
    if (isEnough({ before, after })) controls.push({ subject, values })
    else leftOut.push({ ref: subject, why: `values in ${before} weeks before and ${after} after are too few` })
  }
  return { controls, leftOut }
}

function pointsOf({ all }: Weeks, points: ReadonlyMap<Instant, { value: number | null; n: number }>): EffectView['points'] {
  return all.map(({ from, to }) => {
    const { value = null, n = 0 } = points.get(from) ?? {}
    return { from: formatInstant(from), to: formatInstant(to), treated: null, expected: null, low: null, high: null, value, n }
  })
}

async function titlesOf(refs: readonly Ref[], asOf: Instant, { catalog }: Pick<Ground, 'catalog'>): Promise<Map<Ref, string>> {
  const described = await catalog.describe(refs, asOf)
  const nameOf = (ref: Ref) =>
    ref.startsWith('namespace:') ? `Everything in ${ref.slice('namespace:'.length)}` : described.get(ref)?.title || refName(ref)
  return new Map(refs.map((ref) => [ref, nameOf(ref)]))
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
}
