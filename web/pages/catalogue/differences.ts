/** What changed in one field: a sentence, or a text whose words changed. */
export interface Difference {
  field: string
  /** The whole in one sentence. */
  words: string
  /** A text long enough to be compared word by word. */
  text?: { before: string; after: string }
}

/** Words from which on a text is compared word by word. */
const LONG = 4

/**
 * What changed between two versions of a document, in words: one sentence a field, fields by their path.
 * Lists of plain values are compared as sets, because their order says nothing.
 */
export function differences(before: unknown, after: unknown, path: readonly string[] = []): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (isRecord(before) && isRecord(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      differences(before[key], after[key], [...path, key]),
    )
  }
  const name = nameOf(path)
  if (isPlainList(before) && isPlainList(after)) {
    const [gone, come] = [before.filter((value) => !after.includes(value)), after.filter((value) => !before.includes(value))]
    return [
      ...(gone.length > 0 ? [told(name, `without ${gone.join(', ')}`)] : []),
      ...(come.length > 0 ? [told(name, `now with ${come.join(', ')}`)] : []),
    ]
  }
  if (before === undefined) return [told(name, `added, ${write(after)}`)]
  if (after === undefined) return [told(name, `taken out, was ${write(before)}`)]
  const became = told(name, `${write(before)} became ${write(after)}`)
  return [isText(before) && isText(after) ? { ...became, text: { before, after } } : became]
}

function told(field: string, what: string): Difference {
  return { field, words: `${field}: ${what}` }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim().split(/\s+/).length >= LONG
}

function nameOf(path: readonly string[]): string {
  const shown = path[0] === 'spec' || path[0] === 'metadata' ? path.slice(1) : path
  return shown
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}

function write(value: unknown): string {
  if (typeof value === 'string') return `“${value.trim()}”`
  return JSON.stringify(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPlainList(value: unknown): value is (string | number | boolean)[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object')
}
