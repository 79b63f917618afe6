/** A time as it was read: as if it were UTC, and the offset it states itself, in milliseconds. */
export interface ReadTime {
  wall: number
  offset: number | null
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_WORDS = `(${MONTHS.join('|')})[a-z]*\\.?`
const OFFSET = '(z|utc|gmt|[-+]\\d{2}(?::?\\d{2})?)'

/** Letters of a pattern (Unicode TR35, date field symbols), with what they match; only those that exports use. */
const LETTERS: Record<string, [matches: string, part: Part | null]> = {
  yyyy: ['(\\d{4})', 'year'],
  yy: ['(\\d{2})', 'year'],
  MMMM: [MONTH_WORDS, 'month'],
  MMM: [MONTH_WORDS, 'month'],
  MM: ['(\\d{2})', 'month'],
  M: ['(\\d{1,2})', 'month'],
  dd: ['(\\d{2})', 'day'],
  d: ['(\\d{1,2})', 'day'],
  HH: ['(\\d{2})', 'hour'],
  H: ['(\\d{1,2})', 'hour'],
  hh: ['(\\d{2})', 'hour'],
  h: ['(\\d{1,2})', 'hour'],
  mm: ['(\\d{2})', 'minute'],
  m: ['(\\d{1,2})', 'minute'],
  ss: ['(\\d{2})', 'second'],
  s: ['(\\d{1,2})', 'second'],
  S: ['(\\d{1,9})', 'fraction'],
  SSS: ['(\\d{1,9})', 'fraction'],
  a: ['([ap])\\.?m\\.?', 'half'],
  XXX: [OFFSET, 'offset'],
  EEE: ['[a-z]{2,10}\\.?', null],
}
type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'fraction' | 'half' | 'offset'

interface Compiled {
  regex: RegExp
  parts: Part[]
}
const compiled = new Map<string, Compiled | null>()

const NUMBERS = new Set(['unix', 'unix-ms', 'excel'])

/** What is wrong with the name of a time format; null when nothing is. */
export function patternProblem(pattern: string): string | null {
  if (pattern === 'iso' || NUMBERS.has(pattern)) return null
  const parts = compile(pattern)?.parts
  return parts?.includes('year') && parts.includes('month') && parts.includes('day') ? null : 'a pattern has a year, a month and a day'
}

/** A time in a format; null when the text is not in it, or no such day or hour exists. */
export function readTime(text: string, format: string): ReadTime | null {
  if (format === 'iso') return readIso(text)
  if (NUMBERS.has(format)) return readNumber(text, format)
  const pattern = compile(format)
  const match = pattern?.regex.exec(text.trim())
  return match ? assemble(pattern!.parts, match) : null
}

function readIso(text: string): ReadTime | null {
  const match =
    /^(\d{4})-(\d{2})-(\d{2})(?:(?:T|\s+)(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(z|utc|gmt|[-+]\d{2}(?::?\d{2})?)?)?$/i.exec(
      text.trim(),
    )
  return match ? assemble(['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'offset'], match) : null
}

const DAY_MS = 86_400_000
/** Day 0 of a spreadsheet: 1899-12-30, which makes up for its leap day in 1900 (ECMA-376, 18.17.4.1). */
const EXCEL_ZERO = Date.UTC(1899, 11, 30)

function readNumber(text: string, format: string): ReadTime | null {
  if (!/^-?\d{1,15}(?:\.\d+)?$/.test(text.trim())) return null
  const value = Number(text)
  if (format === 'excel') return { wall: EXCEL_ZERO + Math.round((value * DAY_MS) / 1_000) * 1_000, offset: null }
  return { wall: Math.round(format === 'unix' ? value * 1_000 : value), offset: 0 }
}

/** Letters as above, `[…]` for what may be left out, quotes around letters that stand for themselves. */
function compile(pattern: string): Compiled | null {
  const known = compiled.get(pattern)
  if (known !== undefined) return known
  if (compiled.size > 1_000) compiled.clear()
  const made = make(pattern)
  compiled.set(pattern, made)
  return made
}

function make(pattern: string): Compiled | null {
  const parts: Part[] = []
  let source = ''
  let open = 0
  for (const [piece] of pattern.matchAll(/'[^']*'|([a-zA-Z])\1*|\s+|[^]/g)) {
    if (piece === '[') {
      source += '(?:'
      open += 1
    } else if (piece === ']') {
      source += ')?'
      open -= 1
      if (open < 0) return null
    } else if (/^[a-zA-Z]/.test(piece)) {
      const letter = LETTERS[piece]
      if (!letter || (letter[1] && parts.includes(letter[1]))) return null
      source += letter[0]
      if (letter[1]) parts.push(letter[1])
    } else if (/^\s/.test(piece)) source += '\\s+'
    else source += piece.replace(/^'|'$/g, '').replace(/[.*+?^${}()|\\[\]/-]/g, '\\$&')
  }
  return open === 0 ? { regex: new RegExp(`^${source}$`, 'i'), parts } : null
}

function assemble(parts: readonly Part[], match: readonly (string | undefined)[]): ReadTime | null {
  const found: Partial<Record<Part, string>> = {}
  for (const [index, part] of parts.entries()) if (match[index + 1] !== undefined) found[part] = match[index + 1]!.toLowerCase()
  const year = found.year!.length === 2 ? 2000 + Number(found.year) : Number(found.year)
  const word = MONTHS.indexOf(found.month!.slice(0, 3))
  const month = word === -1 ? Number(found.month) : word + 1
  const day = Number(found.day)
  let hour = Number(found.hour ?? 0)
  if (found.half) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (found.half === 'p' ? 12 : 0)
  }
  const [minute, second] = [Number(found.minute ?? 0), Number(found.second ?? 0)]
  if (hour > 23 || minute > 59 || second > 59) return null
  const milliseconds = found.fraction ? Number(found.fraction.padEnd(3, '0').slice(0, 3)) : 0
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null // no such day
  return {
    wall: midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds,
    offset: found.offset === undefined ? null : offsetOf(found.offset),
  }
}

function offsetOf(text: string): number {
  const match = /^([-+])(\d{2}):?(\d{2})?$/.exec(text)
  if (!match) return 0 // z, utc, gmt
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000
}
