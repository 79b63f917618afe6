/** A refusal or a remark: what is wrong, where, and what to do about it. */
export interface Problem {
  /** Stable, dotted, lower case: `catalog.dangling_reference`. */
  code: string
  severity: 'error' | 'warning'
  /** A sentence for people. */
  message: string
  /** What to do about it, as a sentence. */
  fix?: string
  file?: string
  line?: number
  column?: number
  /** Place inside a value, as a path: `spec.target.by`. */
  path?: string
}

/** Either a value or the problems that stand in its way. Expected refusals are values; bugs throw. */
export type Result<T> = { ok: true; value: T; warnings?: Problem[] } | { ok: false; problems: Problem[] }

export function ok<T>(value: T, warnings?: Problem[]): Result<T> {
  return warnings?.length ? { ok: true, value, warnings } : { ok: true, value }
}

/** Refuses with one problem. */
export function refuse<T = never>(code: string, message: string, more: Partial<Problem> = {}): Result<T> {
  return { ok: false, problems: [{ code, severity: 'error', message, ...more }] }
}

/**
 * An expected refusal that has to leave a deep call: doors turn it into problem+json or a line on the terminal.
 * Thrown only where a Result would have to be threaded through code that cannot act on it.
 */
export class Refusal extends Error {
  readonly problem: Problem
  /** The HTTP status a door answers with. */
  readonly status: number
  constructor(code: string, message: string, more: Partial<Problem> & { status?: number } = {}) {
    super(message)
    this.name = 'Refusal'
    const { status = 400, ...problem } = more
    this.status = status
    this.problem = { code, severity: 'error', message, ...problem }
  }
}
