import { hash } from 'node:crypto'

/** What a revision says, without its identity: `at`, `basis` and every field stated, as text, numbers, lists and objects. */
export type Content = { readonly [field: string]: unknown }

/**
 * Name of a content: equal for equal contents, whatever the order of their fields. 132 bits of SHA-256: it is only ever
 * compared within one record.
 */
export function contentHash(content: Content): string {
  return hash('sha256', canonical(content), 'base64url').slice(0, 22)
}

/** JSON with the keys of every object in order; fields without a value are left out. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return value.every(isPlain) ? JSON.stringify(value) : `[${value.map(canonical).join(',')}]`
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  if (fields.length > 1) fields.sort(byName)
  let text = '{'
  for (const [name, inner] of fields) text += `${text === '{' ? '' : ','}${JSON.stringify(name)}:${canonical(inner)}`
  return `${text}}`
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0
}
