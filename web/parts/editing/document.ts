/** A document as the catalogue takes it. */
export interface Document {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; title?: string; [other: string]: unknown }
  spec: Record<string, unknown>
}

/** What people call it; documents of OpenSLO have it as `displayName`. */
export function titleIn({ metadata }: Document): string {
  return textOf(metadata.title ?? metadata.displayName)
}

/** A name made of a title: lower case, words joined by dashes, at most 63 characters. */
export function slug(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '')
}

/** The fields somebody filled in; empty texts, lists and objects are left out, what the form does not show is kept. */
export function filled(kept: Record<string, unknown>, written: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...kept, ...written }).filter(([, value]) => !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.values(value).every(isEmpty)
}

/** The text of a field of a document as a form shows it. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** A number where the text is one, so that files read `atMost: 400`; a duration or share stays text. */
export function quantity(text: string): string | number | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return /^[+-]?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed
}

/** A list of texts of a document as a form shows it. */
export function textsOf(value: unknown): string[] {
  return listOf(value).map(textOf)
}

/** The texts somebody wrote something in. */
export function trimmed(texts: readonly string[]): string[] {
  return texts.map((text) => text.trim()).filter(Boolean)
}
