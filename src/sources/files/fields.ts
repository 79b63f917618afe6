/** A map of a document, its values not looked at yet. */
export type Fields = Record<string, unknown>

export function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a value is, for messages: `a list`, `empty`. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (isMap(value)) return 'a map'
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`
}
