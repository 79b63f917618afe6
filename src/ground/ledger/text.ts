/**
 * Rows as one JSON text that PostgreSQL takes: it has no character NUL and no half characters (lone surrogates) in text,
 * so both become U+FFFD, the replacement character.
 */
export function jsonText(rows: unknown): string {
  const text = JSON.stringify(rows)
  return /\\u(?:0000|d[89a-f])/.test(text) ? JSON.stringify(storable(rows)) : text
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '\uFFFD').toWellFormed()
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [String(storable(name)), storable(inner)]))
}
