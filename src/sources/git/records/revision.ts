/**
 * For a record that revises one written before: names the fields it no longer states, since revisions are merged field
 * by field and what is not named would stay.
 */
export function withoutLeftovers<R extends { [field: string]: unknown }>(record: R, fields: readonly string[], revised: boolean): R {
  const none = revised ? fields.filter((field) => record[field] === undefined) : []
  return none.length > 0 ? { ...record, none } : record
}
