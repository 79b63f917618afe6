import { type Instant } from '../core/index.ts'
import { instant, sql, type Statement } from '../store/index.ts'

/**
 * Condition for the rows of an evidence table that were known at a moment (null: now) and not taken back.
 * @param alias of the table in the query, when it has one
 */
export function knownAt(asOf: Instant | null, alias?: string): Statement {
  const row = alias ? sql`${sql.ref(alias)}.` : sql``
  if (asOf === null) return sql`(${row}learned_to = 'infinity' and not ${row}retracted)`
  const moment = instant(asOf)
  return sql`(${row}learned_from <= ${moment} and ${row}learned_to > ${moment} and not ${row}retracted)`
}
