import { addDecimals, type Decimal, formatDecimal, parseDecimal, type Problem, Refusal, ZERO_DECIMAL } from '../../../ground/core/index.ts'
import type { EvidenceOf } from '../../../ground/ledger/index.ts'
import { Applier } from '../mapping/apply.ts'
import type { Mapping, Rule } from '../mapping/mapping.ts'
import { keptTags, readTags } from '../mapping/tags.ts'
import { readAmount } from '../mapping/units.ts'
import { type Columns, type Item, type Row, textOf } from '../read/table.ts'

/** What something costs by the bill being read. */
export type CostRecord = EvidenceOf<'cost'>

interface Sum {
  record: CostRecord
  billed: Decimal
  effective: Decimal
  lines: number
}

/** Costs of a bill told apart at most: each is a record. */
const MOST_SUMS = 500_000
/** Rows remembered by how they are written: rows of one cost mostly are written alike. */
const MOST_WRITINGS = 200_000

/**
 * Adds up the lines of a bill while they stream by, exactly: memory grows with the different costs in it, not with its lines.
 * A row is read with care once for every way it is written; those that differ only in their amounts are added.
 */
export class BillSums {
  readonly #mapping: Mapping
  readonly #columns: Columns
  readonly #applier: Applier
  readonly #sums = new Map<string, Sum>()
  readonly #written = new Map<string, Sum>()
  readonly #tags = new Map<string, string>()
  #places: Places | null = null
  lines = 0

  constructor(mapping: Mapping, columns: Columns) {
    this.#mapping = mapping
    this.#columns = columns
    this.#applier = new Applier(mapping, columns)
  }

  /** Adds a line; what is wrong with it where it cannot be read. */
  add(item: Item): Problem | null {
    this.lines += 1
    if ('problem' in item) return item.problem
    const places = (this.#places = placesOf(this.#places, this.#mapping, this.#columns))
    const billed = amountIn(item, places.billed)
    const isTwice = billed && places.effective && item.cells[places.effective.place] === item.cells[places.billed!.place]
    const effective = isTwice && places.effective?.isPlain ? billed : amountIn(item, places.effective)
    if (billed === undefined || effective === undefined) return this.#problemOf(item)
    const key = `${billed === null ? '' : 'b'}${effective === null ? '' : 'e'}${this.#keyOf(item, places)}`
    let sum = this.#written.get(key)
    if (!sum) {
      const { parsed } = this.#applier.apply(item)
      if ('reject' in parsed) return parsed.reject.problem
      sum = this.#sumOf(parsed.record as CostRecord)
      if (this.#written.size >= MOST_WRITINGS) this.#written.clear()
      this.#written.set(key, sum)
    }
    if (billed) sum.billed = addDecimals(sum.billed, billed)
    if (effective) sum.effective = addDecimals(sum.effective, effective)
    sum.lines += 1
    return null
  }

  /** One record a cost, with what its lines come to. */
  *records(): Generator<CostRecord> {
    for (const { record, billed, effective, lines } of this.#sums.values())
      yield {
        ...record,
        ...(record.billed === undefined ? {} : { billed: formatDecimal(billed) }),
        ...(record.effective === undefined ? {} : { effective: formatDecimal(effective) }),
        lines,
      }
  }

  #sumOf(record: CostRecord): Sum {
    const name = `${record.subject} ${record.id}`
    let sum = this.#sums.get(name)
    if (!sum) {
      if (this.#sums.size >= MOST_SUMS)
        throw new Refusal('bill.too_many_costs', `The bill tells more than ${MOST_SUMS.toLocaleString('en-GB')} costs apart.`, {
          fix: 'Keep fewer tags or no resources: every different value is a cost of its own. Or import it a month at a time.',
        })
      this.#sums.set(name, (sum = { record, billed: ZERO_DECIMAL, effective: ZERO_DECIMAL, lines: 0 }))
    }
    return sum
  }

  /** All that is said of the cost, as it is written: of moments the day, of tags those that are kept. */
  #keyOf(row: Row, { texts, tags, keep, from, until }: Places): string {
    const start = from === undefined ? '' : textOf(row.cells[from])
    const day = isUtc(start) ? start.slice(0, 10) : start
    const end = until === undefined ? '' : textOf(row.cells[until])
    let key = `${day}\n${isUtc(end) && end.startsWith(day) && day !== start && end > start ? '' : end}`
    for (const place of texts) key += `\n${textOf(row.cells[place])}`
    for (const { place, only } of keep) {
      const text = textOf(row.cells[place])
      key += `\n${only.has(text.trim().toLowerCase()) ? text : ''}`
    }
    for (const { place, names } of tags) key += `\n${this.#keptIn(textOf(row.cells[place]), names)}`
    return key
  }

  #keptIn(text: string, names: ReadonlySet<string>): string {
    let kept = this.#tags.get(text)
    if (kept === undefined) {
      const read = readTags(text.trim(), names)
      kept = read === null ? text : JSON.stringify(read) // what is no tags is refused when the row is read
      if (this.#tags.size >= MOST_WRITINGS) this.#tags.clear()
      this.#tags.set(text, kept)
    }
    return kept
  }

  #problemOf(row: Row): Problem {
    const { parsed } = this.#applier.apply(row)
    if ('reject' in parsed) return parsed.reject.problem
    return { code: 'table.not_an_amount', severity: 'error', message: 'An amount of the row cannot be read', line: row.line }
  }
}

interface Amount {
  place: number
  rule: Rule
  isPlain: boolean
  empty: ReadonlySet<string>
}

/** Where in a row stands what. */
interface Places {
  width: number
  billed: Amount | null
  effective: Amount | null
  from: number | undefined
  until: number | undefined
  texts: number[]
  keep: { place: number; only: ReadonlySet<string> }[]
  tags: { place: number; names: ReadonlySet<string> }[]
}

/** A JSON table finds its columns as it goes. */
function placesOf(known: Places | null, { fields, empty = [] }: Mapping, columns: Columns): Places {
  if (known?.width === columns.names.length) return known
  const words = new Set(empty.map((word) => word.trim().toLowerCase()))
  const placeOf = (rule: Rule | undefined) => (rule?.column === undefined ? undefined : columns.indexOf(rule.column))
  const amount = (rule: Rule | undefined): Amount | null => {
    const place = placeOf(rule)
    return rule && place !== undefined ? { place, rule, isPlain: !rule.decimal && !rule.thousands && !rule.values, empty: words } : null
  }
  const places: Places = {
    width: columns.names.length,
    billed: amount(fields.billed),
    effective: amount(fields.effective),
    from: placeOf(fields.from),
    until: placeOf(fields.until),
    texts: [],
    keep: [],
    tags: [],
  }
  for (const [field, rule] of Object.entries(fields)) {
    const place = placeOf(rule)
    if (place === undefined || ['billed', 'effective', 'from', 'until'].includes(field)) continue
    if (field === 'tags') places.tags.push({ place, names: keptTags(rule) })
    else if (rule.keep) places.keep.push({ place, only: new Set(rule.keep.map((one) => one.toLowerCase())) })
    else places.texts.push(place)
  }
  return places
}

/** The amount in a cell; null where it is empty, undefined where it cannot be read. */
function amountIn(row: Row, amount: Amount | null): Decimal | null | undefined {
  if (!amount) return null
  const text = textOf(row.cells[amount.place]).trim()
  if (text === '' || (amount.empty.size > 0 && amount.empty.has(text.toLowerCase()))) return null
  if (amount.isPlain) {
    const read = parseDecimal(text)
    if (read) return read
  }
  const meant = Object.entries(amount.rule.values ?? {}).find(([word]) => word.toLowerCase() === text.toLowerCase())?.[1]
  const plain = readAmount(meant === undefined ? text : String(meant), amount.rule)
  return plain === null ? undefined : parseDecimal(plain)!
}

function isUtc(text: string): boolean {
  return text.length >= 20 && text.endsWith('Z') && text[10] === 'T'
}
