import * as z from 'zod'
import { operation, Reading } from '../../core/index.ts'
import { askInput, readingAsk } from '../operations.ts'
import type { Measures } from '../measures.ts'
import { placeOf, rangeOf } from './place.ts'
import { allBenchmarks } from './read.ts'

const BenchmarkView = z.object({
  id: z.string(),
  title: z.string(),
  publisher: z.string(),
  url: z.string(),
  /** The year, or the day. */
  published: z.string(),
  /** Full years since, at the moment of the reading. */
  ageYears: z.number().int(),
  asked: z.string(),
  caveats: z.array(z.string()),
  unit: z.string(),
  /** `own`: the value lies in it. */
  bands: z.array(
    z.object({ range: z.string(), from: z.number().nullable(), to: z.number().nullable(), share: z.number(), own: z.boolean() }),
  ),
  mean: z.number().nullable(),
  /** Where the value lies, in a sentence; null where it is unknown. */
  place: z.string().nullable(),
})

export const benchmarkOperations = [
  operation({
    id: 'benchmark.read',
    method: 'get',
    path: '/benchmarks/{measure}',
    scope: 'read',
    summary: 'Where a reading lies among what others answered: published distributions with their source, age and who was asked; no grades',
    input: z.object({ measure: z.string().min(1).max(200), ...askInput }),
    output: z.object({ reading: Reading, benchmarks: z.array(BenchmarkView) }),
    run: async ({ measure, ...asked }, { measures }: { measures: Measures }) => {
      const reading = await measures.read(readingAsk(measure, asked))
      const { value, unit, at } = reading
      const benchmarks = allBenchmarks().filter((one) => one.measure === measure && one.unit === unit)
      return {
        reading,
        benchmarks: benchmarks.map(({ measure: _, bands, ...benchmark }) => ({
          ...benchmark,
          ageYears: Math.max(0, Number(at.slice(0, 4)) - Number(benchmark.published.slice(0, 4))),
          bands: bands.map((band) => ({
            ...band,
            range: rangeOf(band, unit),
            own: value !== null && (band.from === null || value >= band.from) && (band.to === null || value < band.to),
          })),
          place: value === null ? null : (placeOf(value, { bands, mean: benchmark.mean, unit })?.words ?? null),
        })),
      }
    },
  }),
] as const
