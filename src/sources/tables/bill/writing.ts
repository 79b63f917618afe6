import { DAY } from '../../../ground/core/index.ts'
import type { Mapping, Rule } from '../mapping/mapping.ts'
import { keptAsWritten, keptTags, readTags } from '../mapping/tags.ts'
import { type Columns, type Row, textOf } from '../read/table.ts'

/** Texts told apart at most, of each thing a row says. */
const MOST_TEXTS = 200_000
/** Bits of a number that fit one letter of a key. */
const BITS = 15

/**
 * How rows of a bill are written, as a short key: rows of one key differ in nothing but their amounts, in the hour of their day
 * and in what is not kept. Each text is given a number once; a key is those numbers, several times as short as what they stand for.
 */
export class Writing {
  readonly #said: Said[] = []
  readonly #letters: number[] = []

  constructor({ fields }: Mapping, columns: Columns) {
    const placeOf = (rule: Rule | undefined) => (rule?.column === undefined ? undefined : columns.indexOf(rule.column))
    this.#said.push(new SaidPeriod(placeOf(fields.from), placeOf(fields.until)))
    for (const [field, rule] of Object.entries(fields)) {
      const place = placeOf(rule)
      if (place === undefined || ['billed', 'effective', 'from', 'until'].includes(field)) continue
      this.#said.push(new SaidText(place, keptOf(field, rule)))
    }
  }

  /** More is not remembered: begin with another. */
  get isFull(): boolean {
    return this.#said.some(({ size }) => size >= MOST_TEXTS)
  }

  /** @param stated which amounts the row states, as a number */
  keyOf(row: Row, stated: number): string {
    const letters = this.#letters
    letters[0] = stated
    for (let place = 0; place < this.#said.length; place++) {
      const number = this.#said[place]!.numberIn(row)
      letters[2 * place + 1] = number & ((1 << BITS) - 1)
      letters[2 * place + 2] = number >>> BITS
    }
    return String.fromCharCode.apply(null, letters)
  }
}

/** Something a row says, as a number: one for all that comes to the same. */
interface Said {
  readonly size: number
  numberIn(row: Row): number
}

/** What is kept of a text. */
type Kept = (text: string) => string

function keptOf(field: string, rule: Rule): Kept {
  if (field === 'tags') return keptTagsOf(keptTags(rule))
  if (!rule.keep) return (text) => text
  const only = new Set(rule.keep.map((one) => one.toLowerCase()))
  return only.size === 0 ? () => '' : (text) => (only.has(text.trim().toLowerCase()) ? text : '')
}

function keptTagsOf(names: ReadonlySet<string>): Kept {
  const known = new Map<string, string>()
  return (text) => {
    let kept = keptAsWritten(text, names) ?? known.get(text)
    if (kept === undefined) {
      const read = readTags(text.trim(), names)
      kept = read === null ? text : JSON.stringify(read) // what is no tags is refused when the row is read
      if (known.size >= MOST_TEXTS) known.clear()
      known.set(text, kept)
    }
    return kept
  }
}

class SaidText implements Said {
  readonly #place: number
  readonly #kept: Kept
  readonly #numbers = new Map<string, number>()
  /** Neighbouring rows mostly say the same. */
  #last = ''
  #number = -1

  constructor(place: number, kept: Kept) {
    this.#place = place
    this.#kept = kept
  }

  get size(): number {
    return this.#numbers.size
  }

  numberIn(row: Row): number {
    const text = textOf(row.cells[this.#place])
    if (text === this.#last && this.#number !== -1) return this.#number
    this.#last = text
    return (this.#number = numberOf(this.#numbers, this.#kept(text)))
  }
}

/** Charges within one day are told by the day. */
class SaidPeriod implements Said {
  readonly #from: number | undefined
  readonly #until: number | undefined
  readonly #numbers = new Map<string, number>()
  #start = ''
  #end = ''
  #number = -1

  constructor(from: number | undefined, until: number | undefined) {
    this.#from = from
    this.#until = until
  }

  get size(): number {
    return this.#numbers.size
  }

  numberIn({ cells }: Row): number {
    const start = this.#from === undefined ? '' : textOf(cells[this.#from])
    const end = this.#until === undefined ? '' : textOf(cells[this.#until])
    if (start === this.#start && end === this.#end && this.#number !== -1) return this.#number
    const said = isWithinDay(start, end) ? start.slice(0, 10) : `${start}\n${end}`
    this.#start = start
    this.#end = end
    return (this.#number = numberOf(this.#numbers, said))
  }
}

function numberOf(numbers: Map<string, number>, text: string): number {
  let number = numbers.get(text)
  if (number === undefined) numbers.set(text, (number = numbers.size))
  return number
}

/** A charge that begins and ends on one day; its last hour ends as the day does. */
function isWithinDay(start: string, end: string): boolean {
  if (!isUtc(start)) return false
  if (end === '') return true
  const day = start.slice(0, 10)
  return isUtc(end) && end > start && (end.startsWith(day) || isMidnightAfter(day, end))
}

function isMidnightAfter(day: string, end: string): boolean {
  return /T00:00:00(?:\.0+)?Z$/.test(end) && Date.parse(end) === Date.parse(`${day}T00:00:00Z`) + DAY
}

function isUtc(text: string): boolean {
  return text.length >= 20 && text.endsWith('Z') && text[10] === 'T'
}
