import * as z from 'zod'
import { formatDuration, formatQuantity, parseDuration, Reading } from '../../../ground/core/index.ts'
import type { MeasureSource } from '../../../ground/catalog/index.ts'

/** Kinds of questions about people who use a product. */
export const QUESTIONS = ['activation', 'retention', 'funnel', 'revenue_per_user'] as const
export type Question = (typeof QUESTIONS)[number]

const MeasureView = z.object({
  id: z.string(),
  title: z.string(),
  question: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']).optional(),
  definition: z.string(),
  /** What it asks; friction is any measure tagged so. */
  about: z.enum([...QUESTIONS, 'friction']),
  /** Outcomes that are told by it. */
  outcomes: z.array(z.object({ ref: z.string(), title: z.string() })),
  reading: Reading,
  /** The same, cut into buckets, oldest first. */
  series: z.array(Reading),
})
export type MeasureView = z.infer<typeof MeasureView>

/** The page about the people who use the product. */
export const BusinessView = z.object({
  subject: z.string(),
  window: z.object({ from: z.string(), to: z.string() }),
  at: z.string(),
  asOf: z.string(),
  /** The answer in one sentence. */
  headline: z.string(),
  measures: z.array(MeasureView),
  /** What product events are called and how many there are, most first; told where no measure asks about them. */
  events: z.array(z.object({ name: z.string(), records: z.number().int() })),
})
export type BusinessView = z.infer<typeof BusinessView>

/** A reading with what its measure is answered from. */
export interface Told {
  source: MeasureSource | null
  reading: Reading
}

/** "Do people get what they came for, and do they come back?" in one sentence, unknowns included. */
export function headlineOf(told: readonly Told[]): string {
  const parts = QUESTIONS.flatMap((kind) => {
    const one = told.find(({ source }) => source?.kind === kind)
    return one?.source ? [sentenceOf(one.source, one.reading)] : []
  })
  return parts.join(' ') || 'Nobody has said yet what people come for.'
}

/** "7 d" of "7d": a length of time as it is written beside other figures. */
function lengthOf(text: string): string {
  const read = parseDuration(text)
  return read.ok ? formatDuration(read.value) : text
}

function sentenceOf(source: MeasureSource, reading: Reading): string {
  const { value, unit, unknown } = reading
  const n = reading.n.toLocaleString('en-GB')
  const told = value === null ? '' : formatQuantity(value, unit)
  const why = lowerFirst(unknown?.why ?? 'no record tells of it.')
  switch (source.kind) {
    case 'activation':
      return value === null
        ? `Whether people reach “${source.value}” is unknown: ${why}`
        : `${told} of those who begin reach “${source.value}” within ${lengthOf(source.within)} (n = ${n}).`
    case 'retention': {
      const when = `the ${['', 'second ', 'third '][(source.period ?? 1) - 1] ?? `${source.period}th `}${source.interval} after`
      return value === null ? `Whether they come back ${when} is unknown: ${why}` : `${told} come back ${when} (n = ${n}).`
    }
    case 'funnel':
      return value === null
        ? `How many get through “${source.steps[0]}” to “${source.steps.at(-1)}” is unknown: ${why}`
        : `${told} get from “${source.steps[0]}” to “${source.steps.at(-1)}” (n = ${n}).`
    case 'revenue_per_user': {
      const who = source.per === 'paying' ? 'Somebody who pays' : 'Somebody active'
      return value === null
        ? `What ${lowerFirst(who)} brings in ${source.currency} is unknown: ${why}`
        : `${who} brings ${told} (n = ${n}).`
    }
    default:
      return ''
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
