import type { Entity } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, type Reading, type Ref, refKind } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { calibrationOf, type CalibrationBin, type KnownForecast, tenthOf } from '../../../ground/measures/index.ts'
import {
  allDecisions,
  type DecisionIntent,
  decisionsOf,
  type ExpectationIntent,
  type Moment,
  readExpectations,
  wordsOf,
} from '../../vision/index.ts'
import { asItStood, type ForecastVerdict, judgeForecast, LEAST_TO_TELL } from '../decide/forecast.ts'

type Context = Pick<Ground, 'catalog' | 'measures'>

/** Why a forecast whose day has passed is not scored, though what it foretold may be known. */
export type NotScored = 'not_taken' | 'superseded_first' | 'written_afterwards'

/** A forecast with what became of it. */
export interface JudgedForecast extends ForecastVerdict {
  ref: Ref
  title: string
  forecast: ExpectationIntent
  /** Its probability or limit was changed after its day; it counts as it stood then. */
  changed: boolean
  /** Null while its day has not passed, and where it is not scored. */
  reading: Reading | null
  notScored?: NotScored
}

const MOST = 100_000
/** A forecast is held against the four weeks that end with its day. */
const WINDOW = 28 * DAY

/** Every forecast of decisions and investments of a namespace, and what became of those whose day has passed; newest day first. */
export async function forecastsOf(moment: Moment, context: Context): Promise<JudgedForecast[]> {
  return judged([...(await decisionsOf(moment, context)), ...(await investmentsOf(moment, context))], moment, context)
}

/** The forecasts of one decision. */
export async function forecastsIn(decision: DecisionIntent, moment: Moment, context: Context): Promise<JudgedForecast[]> {
  return judged([decision], moment, context)
}

/** The forecasts among those judged that are scored. */
export function scored(forecasts: readonly JudgedForecast[]): (JudgedForecast & KnownForecast)[] {
  return forecasts.flatMap((one) =>
    !one.notScored && (one.state === 'came_true' || one.state === 'did_not')
      ? [{ ...one, probability: one.forecast.probability, came: one.state === 'came_true' }]
      : [],
  )
}

/** Forecasts of about one probability, enough of them to tell how often they came true, and some that are behind it. */
export interface ToldBin extends CalibrationBin {
  behind: { ref: Ref; title: string }[]
}

/** How often forecasts of about each probability came true, where enough have come due; nothing is read where they have not. */
export async function toldBins(decisions: readonly DecisionIntent[], moment: Moment, context: Context): Promise<ToldBin[]> {
  const all: Foretelling[] = [...decisions, ...(await investmentsOf(moment, context))]
  const due = all.reduce((sum, { expects }) => sum + expects.filter(({ by }) => by <= moment.at).length, 0)
  if (due < LEAST_TO_TELL) return []
  const known = scored(await judged(all, moment, context))
  return (calibrationOf(known)?.bins ?? [])
    .filter(({ n }) => n >= LEAST_TO_TELL)
    .map((bin) => ({ ...bin, behind: known.filter(({ probability }) => tenthOf(probability) === bin.around) }))
}

type Foretelling = Pick<DecisionIntent, 'ref' | 'title' | 'updatedAt' | 'expects'> &
  Partial<Pick<DecisionIntent, 'status' | 'supersededBy'>>

async function investmentsOf({ scope, asOf }: Moment, { catalog }: Context): Promise<Foretelling[]> {
  return (await catalog.list({ kind: 'investment', namespace: scope, limit: MOST }, asOf)).map((entity) => ({
    ref: entity.ref,
    title: entity.metadata.title ?? entity.metadata.name,
    updatedAt: entity.updatedAt,
    expects: readExpectations(entity).expects,
  }))
}

async function judged(all: readonly Foretelling[], moment: Moment, context: Context): Promise<JudgedForecast[]> {
  const telling = all.filter(({ expects }) => expects.length > 0)
  const words = await wordsOf(
    telling.flatMap(({ expects }) => expects.map(({ measure }) => measure)),
    moment.scope,
    context,
    moment.asOf,
  )
  const replaced = await replacedOn(telling, moment, context)
  const found: JudgedForecast[] = []
  for (const one of telling) {
    for (const stated of one.expects) {
      const stood = await standing(one, stated, moment, context)
      const forecast = stood?.forecast ?? stated
      const notScored = stood === null ? 'written_afterwards' : notScoredBecause(one, forecast, replaced.get(one.ref))
      const reading = notScored || forecast.by > moment.at ? null : await atItsDay(forecast, moment, context)
      found.push({
        ref: one.ref,
        title: one.title,
        forecast,
        changed: stood?.changed ?? false,
        reading,
        ...(notScored ? { notScored } : {}),
        ...judgeForecast(forecast, words.get(forecast.measure) ?? null, reading),
      })
    }
  }
  return found.sort((a, b) => b.forecast.by - a.forecast.by || (a.ref < b.ref ? -1 : 1))
}

/** Only a record that changed after the day of its forecast may have said something else before. */
async function standing(one: Foretelling, stated: ExpectationIntent, { at, asOf }: Moment, { catalog }: Context) {
  if (stated.by > at || one.updatedAt <= stated.by) return { forecast: stated, changed: false }
  const versions = (await catalog.versions(one.ref)).filter((version) => version.at <= asOf && !version.removed)
  const expecting = versions
    .sort((a, b) => a.version - b.version)
    .map((version) => ({ at: version.at, expects: readExpectations({ ...version.doc, ref: one.ref } as unknown as Entity).expects }))
  return asItStood(stated, expecting)
}

function notScoredBecause({ ref, status }: Foretelling, { by }: ExpectationIntent, replaced: Instant | undefined): NotScored | undefined {
  if (refKind(ref) === 'decision' && !['accepted', 'superseded', 'deprecated'].includes(status ?? '')) return 'not_taken'
  return replaced !== undefined && replaced <= by ? 'superseded_first' : undefined
}

/** The day on which each was replaced, where that is known. */
async function replacedOn(telling: readonly Foretelling[], moment: Moment, context: Context): Promise<Map<Ref, Instant>> {
  const replaced = telling.filter(({ supersededBy = [] }) => supersededBy.length > 0)
  if (replaced.length === 0) return new Map()
  const dates = new Map((await allDecisions(moment, context)).map(({ ref, date }) => [ref, date]))
  return new Map(
    replaced.flatMap(({ ref, supersededBy = [] }) => {
      const days = supersededBy.flatMap((newer) => dates.get(newer) ?? [])
      return days.length > 0 ? [[ref, Math.min(...days)] as const] : []
    }),
  )
}

function atItsDay({ measure, subject, by }: ExpectationIntent, { asOf }: Moment, { measures }: Context): Promise<Reading> {
  return measures.read({ measure, subject, from: by - WINDOW, to: by, at: by, asOf })
}
