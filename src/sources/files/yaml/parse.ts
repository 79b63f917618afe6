import { type Document, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import type { Problem } from '../../../ground/core/index.ts'
import { inPlainWords } from './grammar-errors.ts'
import type { Chunk } from './split.ts'

/** A parsed document that still knows where each of its nodes stands in the file. */
export interface ParsedChunk {
  document: Document<ParsedNode>
  /** Line and column, from 1, of a place in the chunk's text. */
  place(offset: number): { line: number; column: number }
  problems: Problem[]
}

const SHOWN = 5

/**
 * Reads one document by YAML 1.2 with its core schema and merge keys (`<<`). So dates stay text, `yes`, `no`, `on` and
 * `off` stay text, and only `true`/`false`, `null`/`~` and plain numbers are more than text: nothing of YAML 1.1.
 * Double keys are looked for by `inspect`, which knows both places and takes linear time.
 */
export function parseChunk(chunk: Chunk): ParsedChunk {
  const lines = new LineCounter()
  const place = (offset: number) => {
    const found = lines.linePos(offset)
    return { line: Math.max(1, found.line) + chunk.linesBefore, column: Math.max(1, found.col) }
  }
  const document = parseDocument(chunk.text, {
    version: '1.2',
    schema: 'core',
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    lineCounter: lines,
    logLevel: 'silent',
  })
  const problems: Problem[] = document.errors
    .slice(0, SHOWN)
    .map((error) => ({ ...inPlainWords(error.code, error.message), severity: 'error', ...place(error.pos[0]) }))
  if (document.errors.length > SHOWN) {
    problems.push({
      code: 'files.grammar',
      severity: 'error',
      message: `${document.errors.length - SHOWN} more mistakes follow in this document`,
      fix: 'Correct the first ones; the rest often follow from them.',
      ...place(document.errors[SHOWN]!.pos[0]),
    })
  }
  for (const warning of document.warnings.slice(0, SHOWN))
    problems.push({ ...inPlainWords(warning.code, warning.message), severity: 'warning', ...place(warning.pos[0]) })
  return { document, place, problems }
}
