import type { Problem } from '../../../ground/core/index.ts'
import type { Limits } from '../limits.ts'
import { hopeless } from './hopeless.ts'
import { inspect } from './inspect.ts'
import { parseChunk } from './parse.ts'
import type { Place } from './place.ts'
import { type Chunk, splitDocuments } from './split.ts'

/** One document of a file: plain data, or the errors that stand in its way. */
export interface YamlDocument {
  chunk: Chunk
  /** Path of the item it is, where its document is a list of entities. */
  within?: string
  /** Where its first key stands. */
  start: Place
  /** Undefined when there are errors. */
  value: unknown
  problems: Problem[]
}

/** Reads all documents of a YAML text. A broken one does not take the others with it; empty ones are passed over. */
export function readYaml(text: string, limits: Limits): { documents: YamlDocument[]; problems: Problem[] } {
  const chunks = splitDocuments(text)
  const problems: Problem[] = []
  if (chunks.length > limits.documents) {
    problems.push({
      code: 'files.too_many',
      severity: 'error',
      message: `The file holds ${chunks.length.toLocaleString('en-GB')} documents; the first ${limits.documents.toLocaleString('en-GB')} were read`,
      fix: 'Split it into several files.',
      line: chunks[limits.documents]!.linesBefore + 1,
      column: 1,
    })
  }
  const documents = chunks.slice(0, limits.documents).map((chunk) => readChunk(chunk, limits))
  return { documents: documents.filter((document) => document.value !== null), problems }
}

function readChunk(chunk: Chunk, limits: Limits): YamlDocument {
  const stop = hopeless(chunk, limits)
  if (stop) return { chunk, start: { line: chunk.linesBefore + 1, column: 1 }, value: undefined, problems: [stop] }
  const parsed = parseChunk(chunk)
  const problems = [...parsed.problems]
  const start = parsed.place(parsed.document.contents?.range?.[0] ?? 0)
  const failed = () => problems.some((problem) => problem.severity === 'error')
  if (!failed()) problems.push(...inspect(parsed, limits))
  if (failed()) return { chunk, start, value: undefined, problems }
  try {
    // Aliases were weighed by inspect, which knows the size; the library only counts them.
    return { chunk, start, value: parsed.document.toJS({ maxAliasCount: -1 }), problems }
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 120) : 'unknown reason'
    problems.push({
      code: 'files.grammar',
      severity: 'error',
      message: `This document cannot be made into data: ${message}`,
      fix: 'Write the value without aliases and merge keys.',
      ...start,
    })
    return { chunk, start, value: undefined, problems }
  }
}
