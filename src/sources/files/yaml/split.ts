/** One document of a file as text, with the number of lines before it. */
export interface Chunk {
  text: string
  linesBefore: number
}

const START = /^---(?=\s|$)/
const END = /^\.\.\.(?=\s|$)/
/** Blank in YAML are spaces and tabs alone (1.2.2, 6.1): a no-break space is a text. */
const PROLOGUE = /^(?:[ \t\r]*$|[ \t]*#|%)/

/**
 * Cuts a YAML file at its document marks before anything is parsed, so that broken grammar in one document cannot swallow
 * the next. Safe because a mark at the start of a line is forbidden inside every scalar (yaml.org/spec/1.2.2, 9.1.2).
 */
export function splitDocuments(text: string): Chunk[] {
  const chunks: Chunk[] = []
  let start = 0
  let startLine = 0
  let onlyPrologue = true
  let line = 0
  for (let at = 0; at <= text.length; line += 1) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    const head = text.slice(at, Math.min(end, at + 200)).replace(/^\uFEFF/, '')
    if (START.test(head) && !onlyPrologue) {
      chunks.push({ text: text.slice(start, at), linesBefore: startLine })
      start = at
      startLine = line
    }
    if (START.test(head)) onlyPrologue = false
    else if (END.test(head)) {
      chunks.push({ text: text.slice(start, at), linesBefore: startLine })
      start = Math.min(end + 1, text.length)
      startLine = line + 1
      onlyPrologue = true
    } else if (!PROLOGUE.test(head)) onlyPrologue = false
    if (newline < 0) break
    at = newline + 1
  }
  chunks.push({ text: text.slice(start), linesBefore: startLine })
  return chunks.map((chunk) => ({ ...chunk, text: chunk.text.replace(/^\uFEFF/, '') })).filter((chunk) => !empty(chunk.text))
}

/** Nothing but marks, comments, directives and blank lines. */
function empty(text: string): boolean {
  return (
    !/[^ \t\r\n]/.test(text) ||
    (text.length < 100_000 && text.split('\n').every((line) => PROLOGUE.test(line) || /^---[ \t\r]*(?:#.*)?$/.test(line)))
  )
}
