import type { CopiedColumns, CopiedType } from './store.ts'
import { instantText } from './statement.ts'

/** Size of a piece of COPY text; encoding one takes the event loop about 10 ms. */
const PIECE_CHARACTERS = 512 * 1024

/**
 * Writes rows in PostgreSQL's COPY text format (docs, "COPY", File Formats), in pieces, giving way to other work between
 * them. Moments may be epoch milliseconds or text; a string for `json` is JSON text already.
 */
export async function* copyText(columns: CopiedColumns, rows: Iterable<readonly unknown[]>): AsyncGenerator<Uint8Array> {
  const types = Object.values(columns)
  let text = ''
  for (const row of rows) {
    for (let i = 0; i < types.length; i++) text += (i === 0 ? '' : '\t') + field(row[i], types[i]!)
    text += '\n'
    if (text.length < PIECE_CHARACTERS) continue
    yield Buffer.from(text)
    text = ''
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
  if (text) yield Buffer.from(text)
}

function field(value: unknown, type: CopiedType): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'number') return type === 'timestamptz' ? instantText(value) : String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'string') return escape(value)
  if (value instanceof Date) return value.toISOString()
  return escape(type === 'text[]' && Array.isArray(value) ? arrayText(value) : JSON.stringify(value))
}

/** An array as PostgreSQL reads it (docs, "Arrays", Array Input and Output Syntax). */
function arrayText(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'null' : `"${value.replace(/["\\]/g, '\\$&')}"`)).join(',')}}`
}

const SPECIAL = /[\\\n\r\t]/
const SPECIALS = /[\\\n\r\t]/g
const ESCAPED: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escape(text: string): string {
  return SPECIAL.test(text) ? text.replace(SPECIALS, (character) => ESCAPED[character]!) : text
}
