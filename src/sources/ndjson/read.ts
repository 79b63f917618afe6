import type { Problem, Result } from '../../ground/core/index.ts'
import type { Evidence } from '../../ground/ledger/index.ts'

/** What a reader makes of one JSON value. */
export type Read = Result<Evidence>

/** Several problems of one record as one: the first with its place, the others in its message. */
export function firstOf(problems: readonly Problem[]): Problem {
  const [first, ...others] = problems
  if (!first) throw new Error('A refusal has at least one problem')
  if (others.length === 0) return first
  const more = others.length > 4 ? `, and ${others.length - 4} more` : ''
  return { ...first, message: `${[first, ...others.slice(0, 4)].map(({ message }) => message).join('; ')}${more}` }
}

/** The same problems, their paths below another field: what is wrong in the `data` of an envelope is said of the envelope. */
export function below(field: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => {
    if (!problem.path) return problem
    const path = `${field}.${problem.path}`
    return { ...problem, path, message: problem.message.replace(`"${problem.path}"`, `"${path}"`) }
  })
}
