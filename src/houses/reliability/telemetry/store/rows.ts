import { formatInstant } from '../../../../ground/core/index.ts'

/** Columns that hold moments. */
const MOMENTS = new Set(['at', 'minute', 'hour', 'firstAt', 'lastAt', 'errorAt', 'slowAt', 'started'])

/** Rows as the JSON a statement reads them from; moments as text. */
export function written(rows: readonly object[]): string {
  return JSON.stringify(rows, (name, value: unknown) =>
    typeof value === 'number' && MOMENTS.has(name) ? formatInstant(value) : value,
  ).replaceAll('\\u0000', '')
}

/** Counts by bucket as the table has them. */
export function pairs(durations: ReadonlyMap<number, number>): [number, number][] {
  return [...durations]
}
