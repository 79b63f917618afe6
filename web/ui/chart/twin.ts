/** The figures of a chart as a table. Unknown is null. */
export interface Twin {
  heads: readonly string[]
  rows: readonly (readonly (string | number | null)[])[]
}

/** Comma-separated values after RFC 4180; a text that a spreadsheet would run as a formula is quoted. */
export function csv(twin: Twin): string {
  return [twin.heads, ...twin.rows].map((row) => row.map(cell).join(',')).join('\r\n')
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
