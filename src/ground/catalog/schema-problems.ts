import type * as z from 'zod'
import { nearestWord, type Problem } from '../core/index.ts'

type Issue = z.core.$ZodIssue

/**
 * What a schema refuses, as sentences that name the place and what is allowed there.
 * @param code stable code all of them carry, or that of each
 * @param base path of the value inside the document: `spec`
 * @param fields names the value may have, to say which one was probably meant
 */
export function schemaProblems(
  error: z.ZodError,
  code: string | ((issue: Issue) => string),
  base: string,
  fields: readonly string[] = [],
): Problem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, code, base, fields))
}

function problemsOf(issue: Issue, coded: string | ((issue: Issue) => string), base: string, fields: readonly string[]): Problem[] {
  const code = typeof coded === 'string' ? coded : coded(issue)
  const path = [base, ...issue.path.map(String)].filter(Boolean).join('.')
  const refused = (message: string, fix?: string): Problem => ({ code, severity: 'error', message, path, ...(fix ? { fix } : {}) })
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const near = issue.path.length === 0 ? nearestWord(key, fields) : null
        return {
          code: 'catalog.unknown_field',
          severity: 'error',
          message: `${path} has no field "${key}"`,
          fix: near ? `Did you mean ${near}?` : 'Check its spelling, or keep fields of your own in metadata.annotations.',
          path: `${path}.${key}`,
        }
      })
    case 'invalid_value':
      return [
        refused(
          issue.input === undefined ? `${path} is missing` : `${path} has to be ${listed(issue.values.map(String))}${given(issue.input)}`,
          `Write one of ${issue.values.map(String).join(', ')}.`,
        ),
      ]
    case 'invalid_type':
      // A schema's own words say more than "invalid input".
      if (!issue.message.startsWith('Invalid input')) return [refused(`${path}: ${issue.message}`)]
      return [
        issue.input === undefined
          ? refused(`${path} is missing`, `Add it: ${aOrAn(issue.expected)}.`)
          : refused(`${path} has to be ${aOrAn(issue.expected)}${given(issue.input)}`),
      ]
    case 'invalid_union': {
      const deepest = issue.errors
        .map((branch) => branch.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })))
        .sort((a, b) => depthOf(b) - depthOf(a))[0]
      if (!issue.message.startsWith('Invalid input') || !deepest || depthOf(deepest) <= issue.path.length)
        return [
          refused(
            issue.message.startsWith('Invalid input')
              ? `${path} is written in no form that is known here${given(issue.input)}`
              : `${path}: ${issue.message}`,
          ),
        ]
      return deepest.flatMap((inner) => problemsOf(inner, coded, base, fields))
    }
    case 'too_small':
      return [
        refused(
          issue.message.startsWith('Too small')
            ? issue.origin === 'string'
              ? `${path} is empty`
              : `${path} has to have at least ${issue.minimum}`
            : `${path}: ${issue.message}`,
        ),
      ]
    default:
      return [refused(`${path}: ${issue.message}`)]
  }
}

function depthOf(branch: readonly { path: readonly PropertyKey[] }[]): number {
  return Math.max(0, ...branch.map((issue) => issue.path.length))
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? 'nothing') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function given(input: unknown): string {
  if (input === undefined) return ''
  const text = typeof input === 'string' ? `"${input}"` : JSON.stringify(input)
  return `, not ${text.length > 60 ? `${text.slice(0, 59)}…` : text}`
}

const WORDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  boolean: 'true or false',
  int: 'a whole number',
}

function aOrAn(expected: string): string {
  return WORDS[expected] ?? `a ${expected}`
}
