import * as z from 'zod'
import { AUDIENCES } from '../catalog/index.ts'
import { type Instant, operation, Reading, type ReadingAsk, Refusal, Row } from '../core/index.ts'
import type { ListedMeasure, Measures } from './measures.ts'
import { KEEP_WORDS } from './sent-values.ts'
import { checkedZone } from './asking.ts'
import { instantIn } from './zone.ts'

type Context = { measures: Measures }

const Text = z.string().trim().min(1).max(400)

/** What every question to a measure may carry, as texts of a query. */
export const askInput = {
  /** A ref, or `namespace:<name>`; everything in the namespace `default` when left out. */
  subject: Text.optional(),
  /** `name=value`; several as a list or with commas. */
  where: z.union([Text, z.array(Text).max(20)]).optional(),
  from: Text.optional(),
  to: Text.optional(),
  /** Only what happened before this. */
  at: Text.optional(),
  /** Only what was known by then. */
  asOf: Text.optional(),
  /** IANA time zone of dates, days, weeks and months. */
  zone: Text.default('UTC'),
}

const ListedMeasure = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']).optional(),
  definition: z.string(),
  dimensions: z.array(z.object({ name: z.string(), default: z.string().optional() })),
  kinds: z.array(z.string()),
  origin: z.enum(['registered', 'declared', 'pushed']),
  /** Audiences it is told to first: at most seven measures each. */
  headline: z.array(z.enum(AUDIENCES)).optional(),
  /** What several values of one day make, where values are sent in instead of computed here. */
  sentIn: z.enum(['mean', 'sum', 'last']).optional(),
})

export const measureOperations = [
  operation({
    id: 'measure.list',
    method: 'get',
    path: '/measures',
    scope: 'read',
    summary: 'Every measure that can be asked: what it answers, in which unit, what counts',
    input: z.object({ namespace: Text.optional() }),
    output: z.object({ measures: z.array(ListedMeasure) }),
    run: async ({ namespace }, { measures }: Context) => ({
      measures: (await measures.listAll(namespace)).map(({ dimensions = [], kinds, anyDimension: _any, ...measure }) => ({
        ...measure,
        dimensions: [...dimensions],
        kinds: [...kinds],
      })),
    }),
  }),
  operation({
    id: 'measure.read',
    method: 'get',
    path: '/measures/{id}',
    scope: 'read',
    summary: 'One measure answered: value or unknown with the reason, how many records, what was left out; on wish the records',
    input: z.object({
      id: z.string().min(1).max(200),
      ...askInput,
      bucket: z.enum(['day', 'week', 'month']).optional(),
      by: z.enum(['component']).optional(),
      rows: z.stringbool().optional(),
      limit: z.coerce.number().int().min(1).max(10_000).optional(),
      offset: z.coerce.number().int().min(0).optional(),
    }),
    output: z.object({ readings: z.array(Reading), rows: z.array(Row).optional(), readingIs: z.string().optional() }),
    run: async ({ id, bucket, by, rows, limit, offset, ...asked }, { measures }: Context) => {
      const ask = readingAsk(id, asked)
      const readings = await measures.readMany({ ...ask, bucket, by })
      return {
        readings,
        ...(rows ? { rows: await measures.rows({ ...ask, limit, offset, beside: momentOf(readings) }) } : {}),
        ...(bucket ? readingWords(bucket, await measures.wordsOf(ask)) : {}),
      }
    },
  }),
] as const

/** All readings of one ask are of one moment. */
function momentOf([first]: readonly Reading[]): Instant | undefined {
  return first && Date.parse(first.asOf)
}

/** Where values are sent in, one reading a bucket is not what a series has there: said, so that nobody mistakes one for the other. */
function readingWords(bucket: string, { definition, sentIn }: Pick<ListedMeasure, 'definition' | 'sentIn'>): { readingIs?: string } {
  if (!sentIn) return {}
  return { readingIs: `A reading is: ${definition} A point of the series ("series") is the ${bucket} with ${KEEP_WORDS[sentIn]}.` }
}

/** Makes an ask of the texts of a query: dates are midnight in the zone asked for. */
export function readingAsk(measure: string, { subject, where, zone, ...texts }: z.output<z.ZodObject<typeof askInput>>): ReadingAsk {
  checkedZone(zone)
  const moment = (name: 'from' | 'to' | 'at' | 'asOf') => (texts[name] === undefined ? undefined : instantIn(zone, texts[name], name))
  return { measure, subject, where: whereOf(where), from: moment('from'), to: moment('to'), at: moment('at'), asOf: moment('asOf'), zone }
}

function whereOf(where: string | string[] | undefined): Record<string, string> {
  const parts = [where ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter(Boolean)
  return Object.fromEntries(
    parts.map((part) => {
      const equals = part.indexOf('=')
      if (equals < 1)
        throw new Refusal('measure.bad_filter', `"${part.slice(0, 60)}" is not a filter.`, {
          fix: 'Write name=value, for example environment=staging.',
          path: 'where',
        })
      return [part.slice(0, equals).trim(), part.slice(equals + 1).trim()]
    }),
  )
}
