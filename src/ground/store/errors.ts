import { Refusal } from '../core/index.ts'

/** What PostgreSQL says about a statement it refused, from either store. */
export interface ErrorFields {
  message: string
  /** SQLSTATE; empty when the failure is not PostgreSQL's. */
  code: string
  detail?: string | undefined
  hint?: string | undefined
  constraint?: string | undefined
  table?: string | undefined
  column?: string | undefined
}

/** A statement PostgreSQL refused, for a reason that lies in the statement. */
export class DatabaseError extends Error {
  /** SQLSTATE, for example '23505' for a duplicate key (PostgreSQL docs, appendix A). */
  readonly code: string
  readonly detail: string | undefined
  readonly constraint: string | undefined
  readonly table: string | undefined
  readonly column: string | undefined

  constructor(fields: ErrorFields) {
    super([fields.message, fields.detail && `(${fields.detail})`, fields.hint].filter(Boolean).join(' '))
    this.name = 'DatabaseError'
    this.code = fields.code
    this.detail = fields.detail
    this.constraint = fields.constraint
    this.table = fields.table
    this.column = fields.column
  }
}

/** The error a failed statement is reported with: a refusal where people can act on it, otherwise a DatabaseError. */
export function statementError(fields: ErrorFields): Refusal | DatabaseError {
  return REFUSALS[fields.code]?.(fields) ?? REFUSALS[fields.code.slice(0, 2)]?.(fields) ?? new DatabaseError(fields)
}

/** By SQLSTATE, or its class of two characters. */
const REFUSALS: Record<string, (fields: ErrorFields) => Refusal> = {
  '08': ({ message }) => unreachable(message),
  '25006': () =>
    new Refusal('store.read_only', 'The store can be read but not written.', {
      status: 503,
      fix: 'Connect to the primary server, or make the data folder writable.',
    }),
  '28': ({ message }) =>
    new Refusal('store.access_denied', `The database server refused the sign-in: ${message}.`, {
      status: 503,
      fix: 'Check the user and password in DATABASE_URL.',
    }),
  '3D000': ({ message }) =>
    new Refusal('store.no_database', `The database server has no such database: ${message}.`, {
      status: 503,
      fix: 'Create it (createdb), or correct the name in DATABASE_URL.',
    }),
  '40001': () => conflict(),
  '40P01': () => conflict(),
  '42501': ({ message }) =>
    new Refusal('store.access_denied', `The database user may not do this: ${message}.`, {
      status: 503,
      fix: 'Make the user of DATABASE_URL the owner of the database.',
    }),
  '53100': () => diskFull(),
  '53200': ({ message }) =>
    new Refusal('store.out_of_memory', `The database ran out of memory: ${message}.`, {
      status: 503,
      fix: 'Ask for less at once: a shorter window or fewer subjects.',
    }),
  '53300': ({ message }) => unreachable(message),
  '57014': () => deadlineExceeded(null),
  '57': ({ message }) => unreachable(message),
}

export function diskFull(): Refusal {
  return new Refusal('store.disk_full', 'The disk of the store is full, so nothing new can be kept.', {
    status: 507,
    fix: 'Free some space and do this again; nothing that was acknowledged is lost.',
  })
}

/** What every call hears while there is not even room to start: recovery writes, too. */
export function noRoomToRun(): Refusal {
  return new Refusal('store.disk_full', 'The disk of the store is full, so the embedded database cannot run.', {
    status: 507,
    fix: 'Free at least 50 MB; then it goes on by itself. Nothing that was acknowledged is lost.',
  })
}

/** @param deadlineMs null when the server's own limit fired */
export function deadlineExceeded(deadlineMs: number | null): Refusal {
  const limit = deadlineMs === null ? 'longer than allowed' : `longer than ${deadlineMs / 1000} s`
  return new Refusal('store.deadline', `A statement ran ${limit} and was stopped.`, {
    status: 503,
    fix: 'Ask for less at once: a shorter window or fewer subjects. If it was a write, send it again: what is already kept is recognised.',
  })
}

/** What open transactions hear when the embedded database was started again under them. */
export function restarted(cause: Refusal): Refusal {
  return new Refusal(
    'store.restarted',
    `The embedded database was started again before this was finished (${cause.message.replace(/\.$/, '')}).`,
    { status: 503, fix: cause.problem.fix ?? 'Try again.' },
  )
}

export function unreachable(why: string): Refusal {
  return new Refusal('store.unreachable', `The database server cannot be reached: ${why.replace(/\.$/, '')}.`, {
    status: 503,
    fix: 'Check that it runs and that DATABASE_URL is right; then try again.',
  })
}

export function closed(): Refusal {
  return new Refusal('store.closed', 'The store is closed.', { status: 503, fix: 'Throughline is stopping; start it again.' })
}

function conflict(): Refusal {
  return new Refusal('store.conflict', 'Somebody else changed the same thing at the same moment.', { status: 409, fix: 'Try again.' })
}

/** A call that was not awaited came after its connection went to somebody else. */
export function givenBack(): Error {
  return new Error('This call came after its connection was given back: await every call to the store.')
}

/** Whether the file system had no room for something. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
}
