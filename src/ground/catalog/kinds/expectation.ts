import * as z from 'zod'
import { type Instant, parseDuration, parseInstant, type Problem } from '../../core/index.ts'
import type { StatedLink } from '../catalog.ts'
import { DateText, MeasureId, measureRef, QuantityText, SubjectText } from './fields.ts'

const limited = {
  measure: MeasureId,
  subject: SubjectText.optional(),
  quantile: z.enum(['p50', 'p75', 'p90']).optional(),
  atMost: QuantityText.optional(),
  atLeast: QuantityText.optional(),
}
const oneLimit = ({ atMost, atLeast }: { atMost?: unknown; atLeast?: unknown }) => (atMost === undefined) !== (atLeast === undefined)

/** What is expected of a decision or investment: a forecast, scored when its day has passed. */
const Expectation = z
  .strictObject({
    ...limited,
    /** The day it is looked at: the 28 days that end with it are read. */
    by: DateText,
    /** How sure its authors were that it comes true, between 0 and 1. */
    probability: z.number().refine((value) => value > 0 && value < 1, {
      error: 'a probability lies between 0 and 1, both left out: what is certain, or impossible, is no forecast. Write 0.8 for 80 %',
    }),
  })
  .refine(oneLimit, 'an expectation needs one limit: atMost or atLeast')

/** A limit that holds as long as all goes well; beyond it, the decision asks to be looked at again. */
const Tripwire = z
  .strictObject({ ...limited, because: z.string().max(2_000).optional() })
  .refine(oneLimit, 'a tripwire needs one limit: atMost or atLeast, which holds as long as all goes well')

/** The fields in which a decision or investment says what it expects, how it could fail, and what would show that early. */
export const expectationFields = {
  expects: z.array(Expectation).max(20).optional(),
  /** "It failed because …": written before, while nobody has to defend it. */
  premortem: z.string().trim().min(1).max(10_000).optional(),
  tripwires: z.array(Tripwire).max(20).optional(),
}
export const ExpectationSpec = z.object(expectationFields)
export type ExpectationSpec = z.infer<typeof ExpectationSpec>

/** Links of these fields: what is expected or watched is measured by its measures. */
export function expectationLinks(spec: Record<string, unknown>): StatedLink[] {
  const read = ExpectationSpec.safeParse(spec)
  if (!read.success) return []
  const { expects = [], tripwires = [] } = read.data
  return Object.entries({ expects, tripwires }).flatMap(([field, list]) =>
    list.map(({ measure }, index) => ({ type: 'measuredBy', to: measureRef(measure), path: `spec.${field}.${index}.measure` })),
  )
}

/** Tripwires a bet should have: with one, a single odd reading decides; more than two nobody watches. */
const TRIPWIRES = 2

/**
 * What no schema can say of these fields: days in order, one unit a measure, two tripwires and a premortem to a forecast.
 * @param since when it was or will be decided or begun; a day cannot come before it
 */
export function expectationProblems(stated: Record<string, unknown>, since: string | undefined): Problem[] {
  const read = ExpectationSpec.safeParse(stated)
  if (!read.success) return []
  const { expects = [], tripwires = [], premortem } = read.data
  if (expects.length + tripwires.length === 0 && premortem === undefined) return []
  return [...earlyProblems(expects, momentOf(since), since), ...unitProblems(read.data), ...missingParts(read.data)]
}

function earlyProblems(expects: NonNullable<ExpectationSpec['expects']>, from: Instant | null, since: string | undefined): Problem[] {
  return expects.flatMap(({ by }, index): Problem[] => {
    const due = momentOf(by)
    if (from === null || due === null || due > from) return []
    return [
      {
        code: 'expectation.due_before_start',
        severity: 'error',
        message: `What is expected by ${by} would be known before it is decided on ${since}`,
        fix: 'State a day after the decision.',
        path: `spec.expects.${index}.by`,
      },
    ]
  })
}

/** The unit of a measure is known once it is read; here only that its limits cannot be a duration in one place and a share in the other. */
function unitProblems({ expects = [], tripwires = [] }: ExpectationSpec): Problem[] {
  const limits = Object.entries({ expects, tripwires }).flatMap(([field, list]) =>
    list.map(({ measure, atMost, atLeast }, index) => ({ measure, text: atMost ?? atLeast!, path: `spec.${field}.${index}` })),
  )
  const first = new Map<string, { sort: string; text: string | number }>()
  return limits.flatMap(({ measure, text, path }): Problem[] => {
    const sort = sortOf(text)
    if (sort === null) return []
    const other = first.get(measure)
    if (!other) first.set(measure, { sort, text })
    if (!other || other.sort === sort) return []
    return [
      {
        code: 'expectation.other_unit',
        severity: 'error',
        message: `${measure} is held against ${other.text}, a ${other.sort}, and against ${text}, a ${sort}`,
        fix: 'Write both limits in the unit of the measure.',
        path,
      },
    ]
  })
}

function sortOf(text: string | number): 'duration' | 'share' | null {
  if (typeof text === 'number') return null
  return text.trim().endsWith('%') ? 'share' : parseDuration(text).ok ? 'duration' : null
}

function missingParts({ tripwires = [], premortem }: ExpectationSpec): Problem[] {
  const problems: Problem[] = []
  if (tripwires.length !== TRIPWIRES)
    problems.push({
      code: 'expectation.not_two_tripwires',
      severity: 'warning',
      message: `${tripwires.length === 0 ? 'No tripwire is' : tripwires.length === 1 ? 'One tripwire is' : `${tripwires.length} tripwires are`} set; two are wanted`,
      fix: 'Name the two measures that would show first that it goes wrong (spec.tripwires).',
      path: tripwires.length === 0 ? 'spec.expects' : 'spec.tripwires',
    })
  if (premortem === undefined)
    problems.push({
      code: 'expectation.no_premortem',
      severity: 'warning',
      message: 'Nobody has said how it could fail',
      fix: 'Finish the sentence "It failed because …" (spec.premortem).',
      path: 'spec.expects',
    })
  return problems
}

function momentOf(text: string | undefined): Instant | null {
  const read = text === undefined ? null : parseInstant(text)
  return read?.ok ? read.value : null
}
