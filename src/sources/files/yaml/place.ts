import { isAlias, isCollection, isMap, isScalar, isSeq, type Document, type Node } from 'yaml'
import { parseChunk, type ParsedChunk } from './parse.ts'
import type { Chunk } from './split.ts'

export interface Place {
  line: number
  column: number
}

/** Where a path of one document stands; it may be an item of a list of documents. */
export function placeIn({ chunk, within }: { chunk: Chunk; within?: string }, path: string): Place {
  return placeOf(chunk, within === undefined ? path : `${within}.${path}`)
}

/**
 * Where in the file a path such as `spec.target.by` or `spec.options.0.title` stands: the value, or the key when the value
 * is a list or map. A path that leads nowhere is answered with the last step that exists.
 * Parses the document again, for few have problems and keeping every tree would cost more than it saves; the last one is
 * kept, because one document often has several.
 */
export function placeOf(chunk: Chunk, path: string): Place {
  if (last?.chunk !== chunk) last = { chunk, parsed: parseChunk(chunk) }
  const { document, place } = last.parsed
  const steps = path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((step) => step !== '')
  let node: Node | null = document.contents
  let offset = node?.range?.[0] ?? 0
  for (let from = 0; from < steps.length && node;) {
    const next = step(document, node, steps, from)
    if (!next) break
    offset = isCollection(next.value) || !next.value?.range ? next.offset : next.value.range[0]
    node = next.value
    from = next.to
  }
  return place(offset)
}

let last: { chunk: Chunk; parsed: ParsedChunk } | null = null

interface Step {
  value: Node | null
  /** Of the key, or of the list's item. */
  offset: number
  to: number
}

/** One step down. Keys may hold dots themselves (`github.com/project-slug`), so the longest key that fits is taken. */
function step(document: Document, node: Node, steps: readonly string[], from: number): Step | null {
  const here = isAlias(node) ? node.resolve(document) : node
  if (isSeq(here)) {
    const item = here.items[Number(steps[from])] as Node | undefined
    return item?.range ? { value: item, offset: item.range[0], to: from + 1 } : null
  }
  if (!isMap(here)) return null
  for (let to = steps.length; to > from; to -= 1) {
    const name = steps.slice(from, to).join('.')
    const pair = here.items.find((item) => isScalar(item.key) && String(item.key.value) === name)
    if (pair) return { value: (pair.value as Node | null) ?? null, offset: (pair.key as Node).range?.[0] ?? 0, to }
  }
  return null
}
