import { formatInstant, type Instant } from '../../../ground/core/index.ts'

/**
 * The `at` of a record: when it happened; for one that revises another, now. Revisions are merged in order of `at`, and
 * between two of one moment no order could be told. What is dated in the future is revised right after that.
 */
export function recordMoment(happened: Instant, revisedAt: Instant | undefined): string {
  return formatInstant(revisedAt === undefined ? happened : Math.max(revisedAt, happened + 1))
}

/**
 * For a record that revises one written before: names the fields it no longer states, since revisions are merged field
 * by field and what is not named would stay.
 */
export function withoutLeftovers<R extends { [field: string]: unknown }>(record: R, fields: readonly string[], revised: boolean): R {
  const none = revised ? fields.filter((field) => record[field] === undefined) : []
  return none.length > 0 ? { ...record, none } : record
}
