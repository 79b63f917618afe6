import {
  type Decimal,
  DecimalSum,
  formatDecimal,
  parseDecimal,
  parseSmallDecimal,
  type Problem,
  Refusal,
  type SmallDecimal,
} from '../../../ground/core/index.ts'
import type { EvidenceOf } from '../../../ground/ledger/index.ts'
import { Applier } from '../mapping/apply.ts'
import type { Mapping, Rule } from '../mapping/mapping.ts'
import { readAmount } from '../mapping/units.ts'
import { type Columns, type Item, type Row, textOf } from '../read/table.ts'
import { Writing } from './writing.ts'

/** What something costs by the bill being read. */
export type CostRecord = EvidenceOf<'cost'>

interface Sum {
  record: CostRecord
  billed: DecimalSum
  effective: DecimalSum
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
    const places = this.#placesNow()
    const billed = amountIn(item, places.billed)
    const isTwice = billed && places.effective && item.cells[places.effective.place] === item.cells[places.billed!.place]
    const effective = isTwice && places.billed?.isPlain && places.effective?.isPlain ? billed : amountIn(item, places.effective)
    if (billed === undefined || effective === undefined) return this.#problemOf(item)
    const key = places.writing.keyOf(item, (billed === null ? 0 : 1) + (effective === null ? 0 : 2))
    let sum = this.#written.get(key)
    if (!sum) {
      const { parsed } = this.#applier.apply(item)
      if ('reject' in parsed) return parsed.reject.problem
      sum = this.#sumOf(parsed.record as CostRecord)
      this.#written.set(key, sum)
    }
    if (billed) sum.billed.add(billed)
    if (effective) sum.effective.add(effective)
    sum.lines += 1
    return null
  }

  /** One record a cost, with what its lines come to. */
  *records(): Generator<CostRecord> {
    for (const { record, billed, effective, lines } of this.#sums.values())
      yield {
        ...record,
        ...(record.billed === undefined ? {} : { billed: formatDecimal(billed.total) }),
        ...(record.effective === undefined ? {} : { effective: formatDecimal(effective.total) }),
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
      this.#sums.set(name, (sum = { record, billed: new DecimalSum(), effective: new DecimalSum(), lines: 0 }))
    }
    return sum
  }

  /** A JSON table finds its columns as it goes; what was too much to remember is begun anew. */
  #placesNow(): Places {
    const known = this.#places
    const isFull = this.#written.size >= MOST_WRITINGS || known?.writing.isFull
    if (known?.width === this.#columns.names.length && !isFull) return known
    this.#written.clear()
    return (this.#places = placesOf(this.#mapping, this.#columns))
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
  /** Some of the words that say nothing would read as amounts. */
  isNumberEmpty: boolean
}

/** Where in a row stands what. */
interface Places {
  width: number
  billed: Amount | null
  effective: Amount | null
  writing: Writing
}

function placesOf(mapping: Mapping, columns: Columns): Places {
  const { fields, empty = [] } = mapping
  const words = new Set(empty.map((word) => word.trim().toLowerCase()))
  const isNumberEmpty = [...words].some((word) => parseDecimal(word) !== null)
  const amount = (rule: Rule | undefined): Amount | null => {
    const place = rule?.column === undefined ? undefined : columns.indexOf(rule.column)
    const isPlain = !rule?.decimal && !rule?.thousands && !rule?.values
    return rule && place !== undefined ? { place, rule, isPlain, empty: words, isNumberEmpty } : null
  }
  return {
    width: columns.names.length,
    billed: amount(fields.billed),
    effective: amount(fields.effective),
    writing: new Writing(mapping, columns),
  }
}

/** The amount in a cell; null where it is empty, undefined where it cannot be read. */
function amountIn(row: Row, amount: Amount | null): Decimal | SmallDecimal | null | undefined {
  if (!amount) return null
  const text = textOf(row.cells[amount.place]).trim()
  if (amount.isNumberEmpty && amount.empty.has(text.toLowerCase())) return null
  if (amount.isPlain) {
    const read = parseSmallDecimal(text) ?? parseDecimal(text)
    if (read) return read
  }
  if (text === '' || amount.empty.has(text.toLowerCase())) return null
  const meant = Object.entries(amount.rule.values ?? {}).find(([word]) => word.toLowerCase() === text.toLowerCase())?.[1]
  const plain = readAmount(meant === undefined ? text : String(meant), amount.rule)
  return plain === null ? undefined : parseDecimal(plain)!
}
