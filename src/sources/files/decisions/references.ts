import { linksIn } from './inline.ts'

/** How a record names another one of its log. */
export interface RecordReference {
  /** File name without its ending, as a link gives it. */
  file?: string
  number?: number
  /** `decision:namespace/name` written out. */
  ref?: string
}

const NUMBERED = /\b(?:m?adr|rfc|decision|record)s?[-_ #]{0,3}0*(\d{1,6})\b/gi
const FULL = /\bdecision:[a-z0-9-]+\/[a-z0-9][\w.-]*\b/gi
const FILE = /(?<![\w/.-])([\w.-]{1,200})\.md\b/gi
const LEADING = /^\s*#?0*(\d{1,6})\b(?!\s*[%/-]\d)/

/** The records a text names: by link, by full reference, as `ADR-12`, by file name, or by a number it begins with. */
export function referencesIn(text: string): RecordReference[] {
  const short = text.slice(0, 20_000)
  const linked = linksIn(short).flatMap(({ text: label, target }) => {
    const file = fileOf(target)
    const number = numberIn(label) ?? (file ? numberIn(file) : null)
    return file || number !== null ? [{ ...(file ? { file } : {}), ...(number === null ? {} : { number }) }] : []
  })
  const rest = short.replaceAll(/!?\[[^[\]]{0,500}\]\([^()]{0,700}\)|\[\[[^[\]]{0,500}\]\]/g, ' , ')
  const full = [...rest.matchAll(FULL)].map((match) => ({ ref: match[0].toLowerCase() }))
  const numbered = [...rest.replaceAll(FULL, ' ').matchAll(NUMBERED)].map((match) => ({ number: Number(match[1]) }))
  const files = [...rest.matchAll(FILE)].map((match) => ({ file: match[1]! }))
  const found = [...linked, ...full, ...numbered, ...files]
  if (found.length > 0) return found
  const leading = LEADING.exec(rest)
  return leading ? [{ number: Number(leading[1]) }] : []
}

/** The file a link leads to, when it leads to a Markdown file: its name without folders and ending. */
function fileOf(target: string): string | null {
  const path = target.split(/[?#]/)[0]!
  const name = path.split('/').at(-1)!
  if (/\.(?:md|markdown|mdx|html?)$/i.test(name)) return decoded(name.replace(/\.\w+$/, ''))
  return /^[\w.-]+$/.test(target) && /\d/.test(target) ? decoded(target) : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function numberIn(label: string): number | null {
  const match = /^\W*(?:m?adr|rfc)?[-_ #]{0,3}0*(\d{1,6})(?!\d)/i.exec(label)
  return match ? Number(match[1]) : null
}
