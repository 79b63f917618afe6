/**
 * Measures over time: `node bench/series/run.ts [draws]`, by default 1000.
 * Statistics against known truth (level, a week's rhythm, AR(1) noise), then changes of level in 1,000 series of 730 days
 * while the event loop is watched, then readings of a daily series of two years on an empty embedded store (or DATABASE_URL).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { DAY, formatInstant } from '../../src/ground/core/index.ts'
import type { Evidence } from '../../src/ground/ledger/index.ts'
import { analyseMany } from '../../src/ground/measures/index.ts'
import { changesOf } from '../../src/ground/measures/time/changes.ts'
import { draw, type DrawnSeries, seeded } from '../../src/ground/measures/time/drawn.test-data.ts'
import { forecast } from '../../src/ground/measures/time/forecast.ts'
import { openThroughline } from '../../src/main.ts'

const DRAWS = Number(process.argv[2] ?? 1_000)
const AHEAD = 28
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const rounded = (value: number, digits = 3) => Number(value.toFixed(digits))
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** How forecasts do over drawn series of so many days. */
function forecasts(days: number, more: Omit<DrawnSeries, 'days'> = {}) {
  const told = Array.from({ length: DRAWS }, (_, seed) => {
    const series = draw(seed + 1, { ...more, days: days + AHEAD })
    const { points, backTest } = forecast(series.slice(0, days), { period: 7, ahead: AHEAD, level: 0.8 })!
    const truth = series.slice(days)
    const memory = more.memory ?? 0.3
    const missed = mean(points.map(({ value }, step) => Math.abs(value - truth[step]!)))
    const naive = mean(truth.map((value, step) => Math.abs(value - series[days - 7 + (step % 7)]!)))
    return {
      coverage: mean(points.map(({ low, high }, step) => (truth[step]! >= low && truth[step]! <= high ? 1 : 0))),
      width: mean(points.map(({ low, high }, step) => (high - low) / (2 * 1.2816 * Math.sqrt(1 - memory ** (2 * (step + 1)))))),
      beats: missed < naive ? 1 : 0,
      said: backTest.coverage!,
    }
  })
  const of = (part: keyof (typeof told)[number]) => rounded(mean(told.map((one) => one[part])))
  return {
    days,
    ...more,
    coverage: of('coverage'),
    widthToTrueModel: of('width'),
    beatsSeasonalNaive: of('beats'),
    backTestSays: of('said'),
  }
}

/** How shifts of so many standard deviations are found, and how often noise is taken for one. */
function shifts(days: number, memory: number, size: number) {
  const found = Array.from({ length: DRAWS }, (_, seed) => {
    const random = seeded(seed + 77)
    const at = Math.floor(days * (0.15 + 0.7 * random()))
    const series = draw(seed + 1, { days, memory, shift: { at, size: random() < 0.5 ? -size : size } })
    return changesOf(series, 7)!.some(({ place }) => Math.abs(place - at) <= 3) ? 1 : 0
  })
  const alarms = Array.from({ length: DRAWS }, (_, seed) => changesOf(draw(seed + 1, { days, memory }), 7)!.length)
  return { days, memory, size, foundWithinThreeDays: rounded(mean(found)), falseAlarmsASeriesYear: rounded((mean(alarms) * 365) / days, 4) }
}

/** Alarms when a year of noise is looked at again every week: each day that is ever told counts once, near ones together. */
function alarmsLookedAtWeekly() {
  const looked = Array.from({ length: Math.ceil(DRAWS / 10) }, (_, seed) => {
    const series = draw(seed + 1, { days: 730 })
    const told: number[] = []
    for (let today = 365; today <= 730; today += 7)
      for (const { place } of changesOf(series.slice(today - 364, today), 7)!) {
        const at = today - 364 + place
        if (!told.some((other) => Math.abs(other - at) <= 14)) told.push(at)
      }
    return told.length
  })
  return rounded(mean(looked), 4)
}

async function manySeries() {
  const questions = Array.from({ length: 1_000 }, (_, seed) => ({
    values: draw(seed + 1, { days: 730, ...(seed % 2 ? { shift: { at: 400, size: 2 } } : {}) }),
    period: 7,
    level: 0.8,
    changesOnly: true as const,
  }))
  await analyseMany(questions.slice(0, 60)) // threads are there
  const loop = monitorEventLoopDelay({ resolution: 5 })
  loop.enable()
  const started = performance.now()
  const answers = await analyseMany(questions)
  const seconds = (performance.now() - started) / 1_000
  loop.disable()
  return {
    seconds: rounded(seconds, 2),
    eventLoopAtMostMs: rounded(loop.max / 1e6, 0),
    changes: answers.flatMap(({ changes }) => changes).length,
  }
}

async function readings() {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  const now = Date.parse('2026-06-01T00:00:00Z')
  const opened = await openThroughline({
    store: process.env.DATABASE_URL ? { databaseUrl: process.env.DATABASE_URL } : { folder },
    clock: () => now,
  })
  try {
    const { ledger } = opened.ground
    const records = draw(1, { days: 730, shift: { at: 500, size: 3 } }).map((value, day) => ({
      kind: 'measurement',
      source: 'bench',
      id: String(day),
      subject: 'component:default/shop',
      at: formatInstant(now - (730 - day) * DAY),
      measure: 'bench.daily',
      value,
    }))
    await ledger.append(records as Evidence[], { by: 'user:default/bench' })
    const ask = async (path: string) => {
      const times: number[] = []
      for (let turn = 0; turn < 40; turn++) {
        const started = performance.now()
        const answer = await opened.app.request(`http://127.0.0.1/api${path}`, { headers: { authorization: `Bearer ${opened.localKey}` } })
        await answer.text()
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
        if (turn >= 10) times.push(performance.now() - started)
      }
      return rounded(median(times), 1)
    }
    return {
      oneReadingMs: await ask('/measures/bench.daily?from=2024-06-01&subject=component:default/shop'),
      seriesMs: await ask('/series/bench.daily?subject=component:default/shop'),
      seriesByDayMs: await ask('/series/bench.daily?subject=component:default/shop&bucket=day'),
      seriesWithForecastMs: await ask('/series/bench.daily?subject=component:default/shop&forecast=28d'),
    }
  } finally {
    await opened.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

console.log(
  JSON.stringify(
    {
      hardware: `${cpus().length} × ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
      node: process.version,
      draws: DRAWS,
      twoYearsOfDays: await readings(),
      thousandSeriesOf730Days: await manySeries(),
      forecastsOf28Days: [
        forecasts(90),
        forecasts(180),
        forecasts(365),
        forecasts(730),
        forecasts(365, { wild: 0.03 }),
        forecasts(365, { slope: 0.03 }),
        forecasts(365, { memory: 0.6 }),
        forecasts(365, { shift: { at: 200, size: 4 } }),
      ],
      changesOfLevel: [
        shifts(180, 0.3, 2),
        shifts(365, 0.3, 2),
        shifts(730, 0.3, 2),
        shifts(365, 0, 2),
        shifts(365, 0.6, 2),
        shifts(365, 0.3, 1.5),
      ],
      falseAlarmsAYearWhenLookedAtEveryWeek: alarmsLookedAtWeekly(),
    },
    null,
    1,
  ),
)
process.exit(0)
