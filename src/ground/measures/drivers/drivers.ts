import { type Catalog, MeasureSpec } from '../../catalog/index.ts'
import { formatWindow, type Instant, parseDuration, type Reading, type Window } from '../../core/index.ts'
import { measureEntity, namespaceOf } from '../declared/index.ts'
import type { ListedMeasure, Measures } from '../measures.ts'
import { type Belief, judge, type Judged } from './decide.ts'
import { type Grain, isDense, wholeDays } from './grain.ts'
import { sentenceOf } from './tell.ts'

export interface DriversAsk {
  measure: string
  subject: string
  from?: Instant
  to?: Instant
  at: Instant
  asOf: Instant
  zone: string
  /** Tests this one instead of those that are stated. */
  driver?: { measure: string; direction?: 'same' | 'opposite'; lag?: string }
}

/** One driver with its verdict. */
export interface DriverFound extends Judged {
  measure: string
  title: string
  unit: string
  direction: 'same' | 'opposite' | null
  lag: string | null
  why: string
  fix?: string
}

export interface DriversFound {
  measure: string
  title: string
  unit: string
  subject: string
  window: { from: string; to: string }
  /** The entity that states them; null where there is none. */
  stated: { ref: string; version: number } | null
  drivers: DriverFound[]
}

type Context = { measures: Measures; catalog: Catalog }

/** The drivers of a measure, each held against what was measured. */
export async function driversOf(ask: DriversAsk, { measures, catalog }: Context): Promise<DriversFound> {
  const entity = await measureEntity(catalog, ask.measure, ask)
  const spec = entity && MeasureSpec.safeParse(entity.spec)
  const drivers = ask.driver ? [ask.driver] : spec?.success ? (spec.data.drivers ?? []) : []
  const listed = new Map((await measures.listAll(namespaceOf(ask.subject), ask.asOf)).map((one) => [one.id, one]))
  const everywhere = [ask.measure, ...drivers.map(({ measure }) => measure)].some((id) => !listed.has(id))
    ? await measures.listAll(undefined, ask.asOf)
    : []
  const named = (id: string) => nameOf(id, listed.get(id) ?? everywhere.find((one) => one.id === id))
  const window = wholeDays(ask)
  const series = seriesOf(ask, window, measures)
  const found: DriverFound[] = []
  for (const driver of drivers) {
    const belief = { direction: driver.direction ?? null, lagDays: lagDaysOf(driver.lag) }
    const judged = await held(belief, ask.measure, driver.measure, series)
    found.push({
      ...driverNamed(driver),
      ...named(driver.measure),
      ...judged,
      ...sentenceOf(belief, judged, named(ask.measure), named(driver.measure)),
    })
  }
  return {
    measure: ask.measure,
    ...named(ask.measure),
    subject: ask.subject,
    window: formatWindow(window),
    stated: entity && { ref: entity.ref, version: entity.version },
    drivers: found,
  }
}

type Series = (measure: string, grain: Grain) => Promise<Float64Array>

async function held(belief: Belief, measure: string, driver: string, series: Series): Promise<Judged> {
  const seed = `${measure} ${driver}`
  const [later, earlier] = [await series(measure, 'day'), await series(driver, 'day')]
  if (isDense(later, earlier)) return judge(belief, later, earlier, 'day', seed)
  return judge(belief, await series(measure, 'week'), await series(driver, 'week'), 'week', seed)
}

/** Values of a measure by the day or the whole week, each read once. */
function seriesOf(ask: DriversAsk, window: Window, measures: Measures): Series {
  const { subject, at, asOf, zone } = ask
  const kept = new Map<string, Promise<Float64Array>>()
  const read = async (measure: string, grain: Grain) => {
    if (window.from >= window.to) return new Float64Array()
    const readings = await measures.readMany({ measure, subject, ...window, at, asOf, zone, bucket: grain })
    return Float64Array.from(grain === 'week' ? wholeWeeks(readings) : readings, ({ value }) => value ?? Number.NaN)
  }
  return (measure, grain) => {
    const key = `${grain} ${measure}`
    const values = kept.get(key) ?? read(measure, grain)
    kept.set(key, values)
    return values
  }
}

/** The window may begin and end within a week; what is told of a piece of one is no week. */
function wholeWeeks(readings: readonly Reading[]): readonly Reading[] {
  const shortest = 6.5 * 86_400_000 // a week that loses an hour in spring is one
  return readings.filter(({ window }) => Date.parse(window.to) - Date.parse(window.from) >= shortest)
}

/** A lag that cannot be one, kept by an older version, is none. */
function lagDaysOf(lag: string | undefined): number | null {
  const seconds = lag === undefined ? null : parseDuration(lag)
  return seconds?.ok && seconds.value >= 0 ? seconds.value / 86_400 : null
}

function driverNamed({ measure, direction, lag }: NonNullable<DriversAsk['driver']>) {
  return { measure, direction: direction ?? null, lag: lag ?? null }
}

function nameOf(id: string, listed: ListedMeasure | undefined): { title: string; unit: string } {
  return { title: listed?.title ?? id, unit: listed?.unit ?? '' }
}
