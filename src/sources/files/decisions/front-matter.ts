import type { Problem } from '../../../ground/core/index.ts'
import type { Limits } from '../limits.ts'
import { placeOf } from '../yaml/place.ts'
import { readYaml } from '../yaml/read.ts'
import { type FieldName, fieldNamed } from './fields.ts'

const LONGEST = 100_000

/** The YAML at the head of a Markdown file, apart from the text below it. */
export interface FrontMatter {
  /** Known fields as they were written. */
  fields: Map<FieldName, { value: unknown; line: number; column: number }>
  links: unknown
  body: string
  /** Lines of the file before the body. */
  linesBefore: number
  problems: Problem[]
}

/** Reads `---` … `---` at the head of a file. Without it everything is body. */
export function readFrontMatter(text: string, limits: Limits): FrontMatter {
  const matter: FrontMatter = { fields: new Map(), links: undefined, body: text, linesBefore: 0, problems: [] }
  const opening = /^---[ \t]*\r?\n/.exec(text)
  const closing = opening ? /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m.exec(text.slice(opening[0].length)) : null
  if (!opening || !closing) return matter
  const inner = text.slice(opening[0].length, opening[0].length + closing.index)
  const end = opening[0].length + closing.index + closing[0].length
  matter.body = text.slice(end)
  matter.linesBefore = text.slice(0, end).split('\n').length - 1
  if (inner.length > LONGEST) {
    matter.problems.push({
      code: 'files.too_large',
      severity: 'error',
      message: 'The front matter is longer than 100,000 characters',
      fix: 'Keep a few fields in it and move the text below.',
      line: 1,
      column: 1,
    })
    return matter
  }
  const { documents } = readYaml(inner, limits)
  const [document] = documents
  if (!document) return matter
  matter.problems = document.problems.map((problem) => ({ ...problem, ...(problem.line ? { line: problem.line + 1 } : {}) }))
  if (document.value === undefined) return matter
  if (typeof document.value !== 'object' || document.value === null || Array.isArray(document.value)) {
    matter.problems.push({
      code: 'files.not_a_map',
      severity: 'warning',
      message: 'The front matter is no list of fields and was passed over',
      fix: 'Write one field a line, for example status: accepted.',
      line: 2,
      column: 1,
    })
    return matter
  }
  for (const [key, value] of Object.entries(document.value)) {
    const name = fieldNamed(key.replaceAll(/[_.]/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2'))
    if (name && !matter.fields.has(name)) {
      const { line, column } = placeOf(document.chunk, key)
      matter.fields.set(name, { value, line: line + 1, column })
    }
    if (key === 'links') matter.links = value
  }
  return matter
}
