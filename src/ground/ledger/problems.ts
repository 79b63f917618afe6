import type * as z from 'zod'
import type { Problem } from '../core/index.ts'

/** Problems named of one record; more would only repeat. */
const MOST = 20

/**
 * What a schema found wrong with a value, one problem a field: `evidence.missing_field` or `evidence.bad_field`, with the
 * path, what was found and what would do.
 */
export function fieldProblems(error: z.ZodError, value: unknown): Problem[] {
  return error.issues.slice(0, MOST).map((issue) => problemOf(issue, value))
}

function problemOf(issue: z.core.$ZodIssue, value: unknown): Problem {
  const path = issue.path.map(String).join('.')
  const found = issue.path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  )
  if (path === '')
    return {
      code: 'evidence.not_an_object',
      severity: 'error',
      message: `A record is one JSON object, not ${show(value)}`,
      fix: 'Write one JSON object.',
    }
  if (found === undefined || (found === null && issue.path.length === 1)) {
    return { code: 'evidence.missing_field', severity: 'error', path, message: `The field "${path}" is missing`, fix: expectation(issue) }
  }
  return {
    code: 'evidence.bad_field',
    severity: 'error',
    path,
    message: `The field "${path}" cannot be ${show(found)}`,
    fix: expectation(issue),
  }
}

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  tuple: 'a list',
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `State ${TYPES[issue.expected] ?? issue.expected}.`
  if (issue.code === 'invalid_value') return `Use ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}.`
  if (issue.code === 'too_big') return `State at most ${Number(issue.maximum).toLocaleString('en-GB')}${SIZES[issue.origin] ?? ''}.`
  if (issue.code === 'too_small')
    return issue.origin === 'string'
      ? 'State a text that is not empty.'
      : `State at least ${Number(issue.minimum)}${SIZES[issue.origin] ?? ''}.`
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'State a full web address, for example https://example.org/42.'
  return `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}${/[.!?]$/.test(issue.message) ? '' : '.'}`
}

const SIZES: Record<string, string> = { string: ' characters', array: ' entries' }

/** Levels of lists and objects in a record; what is deeper is hostile or broken. */
const DEPTH = 64

/** `evidence.too_deep` for a value that is nested too deep to be worked on, otherwise null. */
export function depthProblem(value: unknown): Problem | null {
  if (!isDeeperThan(value, DEPTH)) return null
  return {
    code: 'evidence.too_deep',
    severity: 'error',
    message: `The record is nested deeper than ${DEPTH} levels`,
    fix: 'Flatten it, or send the deep part as text.',
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  for (const inner of Object.values(value)) if (typeof inner === 'object' && isDeeperThan(inner, levels - 1)) return true
  return false
}

/** A value in a message, cut short. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
