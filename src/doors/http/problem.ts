import { STATUS_CODES } from 'node:http'
import * as z from 'zod'
import { type Problem, Refusal } from '../../ground/core/index.ts'
import { DatabaseError } from '../../ground/store/index.ts'

/** RFC 9457 problem details, with our stable code and what to do about it. */
export interface ProblemDetails {
  type: 'about:blank'
  title: string
  status: number
  code: string
  detail: string
  fix?: string
  problems?: Problem[]
}

/** PostgreSQL's character_not_in_repertoire and untranslatable_character: a zero character in a text. */
const NOT_TEXT = new Set(['22021', '22P05'])

/** When to come back, for those told that it is too much just now (429) or that the store does not answer (503). */
export const COME_BACK_SECONDS = 5

/** The only place where failures become HTTP answers. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof Refusal) return details(error.status, error.problem.code, error.problem.message, error.problem.fix)
  if (error instanceof z.ZodError) {
    const problems = error.issues.map((issue): Problem => ({
      code: 'input.invalid',
      severity: 'error',
      message: wordsOf(issue.message),
      path: issue.path.join('.'),
    }))
    const first = problems[0]
    return {
      ...details(
        400,
        'input.invalid',
        first ? `${first.path ? `${first.path}: ` : ''}${first.message}` : 'The request could not be read.',
        'See /openapi.json for what this address takes.',
      ),
      problems,
    }
  }
  if (error instanceof DatabaseError && NOT_TEXT.has(error.code))
    return details(
      400,
      'input.not_text',
      'Something sent here holds a zero character, which no text has.',
      'Take it out and send it again.',
    )
  return details(
    500,
    'internal',
    'Something went wrong on our side. Nothing was half-written.',
    'Try again; if it stays, run "throughline doctor" and look at the server log for the request id.',
  )
}

/** What a schema says without words of its own, as people say it. */
function wordsOf(message: string): string {
  const [, expected, received] = /^Invalid input: expected (\S+), received (\S+)$/.exec(message) ?? []
  if (received === 'undefined') return 'is missing'
  if (expected !== undefined) return `is not ${/^[aeiou]/.test(expected) ? 'an' : 'a'} ${expected}`
  return message.replace(
    /^Invalid option: expected one of (.+)$/,
    (_, options: string) => `is not one of ${options.replaceAll('"', '').replaceAll('|', ', ')}`,
  )
}

export function details(status: number, code: string, detail: string, fix?: string): ProblemDetails {
  return { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail, ...(fix ? { fix } : {}) }
}

/** Headers that go with a status, whoever refuses. */
export function hintsOf(status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer' }
  return status === 429 || status === 503 ? { 'retry-after': String(COME_BACK_SECONDS) } : {}
}

export function problemResponse(problem: ProblemDetails, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
}
