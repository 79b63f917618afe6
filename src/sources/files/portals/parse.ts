import { isMap } from '../fields.ts'
import type { Limits } from '../limits.ts'
import { readYaml, type YamlDocument } from '../yaml/read.ts'

/** A text longer than this is not read once more to find the place of a problem. */
const PLACED = 250_000

/**
 * The documents of a file. JSON is YAML, but definitions of APIs are written by programs and grow to megabytes, which
 * the parser of JSON reads forty times faster; what it refuses, the one for YAML explains.
 */
export function parseDocuments(path: string, text: string, limits: Limits): ReturnType<typeof readYaml> {
  const value = /\.json$/i.test(path) && isShallow(text, limits.nesting) && !text.includes('__proto__') ? fromJson(text) : undefined
  if (!isMap(value)) return readYaml(text, limits)
  const chunk = { text: text.length > PLACED ? '' : text, linesBefore: 0 }
  const document: YamlDocument = { chunk, start: { line: 1, column: 1 }, value, problems: [] }
  return { documents: [document], problems: [] }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether no list or map of a JSON text is nested deeper than some levels. */
function isShallow(text: string, levels: number): boolean {
  let depth = 0
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (mark === '{' || mark === '[') depth += 1
    else if (mark === '}' || mark === ']') depth -= 1
    if (depth > levels) return false
  }
  return true
}
