import { describe, type Fields, isMap } from '../fields.ts'
import type { PathProblem } from '../placeholders.ts'

type Path = readonly (string | number)[]

/**
 * A document as another tool's users wrote it. A reader asks for what our model has a place for and ticks off what it
 * carried over letter by letter; `rest` is everything else, so that nothing is lost. A value of the wrong type is a
 * warning with its place, and stays in the rest.
 */
export class Stated {
  readonly problems: PathProblem[] = []
  readonly #carried = new Set<string>()

  readonly value: Fields

  constructor(value: Fields) {
    this.value = value
  }

  at(...path: Path): unknown {
    let value: unknown = this.value
    for (const step of path) {
      if (typeof step === 'number' ? !Array.isArray(value) : !isMap(value) || !Object.hasOwn(value, step)) return undefined
      value = (value as Record<string | number, unknown>)[step]
    }
    return value
  }

  /** A text; a number or truth value is read as one. Undefined when there is none. */
  text(...path: Path): string | undefined {
    const value = this.at(...path)
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value === 'string') return value.trim() === '' ? undefined : value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    this.#remark(path, value, 'text', 'Write one text there, in quotes if it has marks in it.')
    return undefined
  }

  /** The text that names what the document describes; without it there is nothing to keep. */
  name(...path: Path): string | undefined {
    const [value, known] = [this.at(...path), this.problems.length]
    const text = this.text(...path)
    if (text !== undefined) return text
    this.problems.splice(known)
    const field = path.join('.')
    this.problems.push({
      code: 'files.no_name',
      severity: 'error',
      message: value === undefined ? `${field} is missing` : `${field} is ${value === '' ? 'empty' : describe(value)} and names nothing`,
      fix: `Write ${field} with the name as text.`,
      path: field,
    })
    return undefined
  }

  /** The entries of a list, each with the path to it; none when there is none. */
  list(...path: Path): { value: unknown; path: Path }[] {
    const value = this.at(...path)
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }))
    this.#remark(path, value, 'a list', 'Write one entry a line with a leading dash.')
    return []
  }

  /** The texts of a list, each with the path to it; entries that are none are remarked on. */
  texts(...path: Path): { text: string; path: Path }[] {
    return this.list(...path).flatMap((item) => {
      const text = this.text(...item.path)
      return text === undefined ? [] : [{ text, path: item.path }]
    })
  }

  /** The names a list holds, as `- x` or as the field of `- field: x`; `whole` when an entry says no more than its name. */
  names(list: Path, field: string): { text: string; path: Path; place: Path; whole: boolean }[] {
    return this.list(...list).flatMap(({ value, path }) => {
      const place = isMap(value) ? [...path, field] : path
      const text = this.text(...place)
      if (text === undefined) return []
      const whole = !isMap(value) || Object.entries(value).every(([key, other]) => key === field || other === null)
      return [{ text, path, place, whole }]
    })
  }

  /** The maps of a list, each with the path to it; entries that are none are remarked on. */
  maps(...path: Path): { value: Fields; path: Path }[] {
    return this.list(...path).flatMap(({ value, path: place }) => {
      if (isMap(value)) return [{ value, path: place }]
      if (value !== null) this.#remark(place, value, 'a map', 'Write the fields below it as key: value.')
      return []
    })
  }

  /** A map, when it is one. */
  map(...path: Path): Fields | undefined {
    const value = this.at(...path)
    if (value === undefined || value === null) return undefined
    if (isMap(value)) return value
    this.#remark(path, value, 'a map', 'Write the fields below it as key: value.')
    return undefined
  }

  /** Ticks off what stands in the entity exactly as it stands here. */
  carried(...path: Path): void {
    this.#carried.add(JSON.stringify(path))
  }

  /** Ticks off a text that was carried over, when that was done letter by letter. */
  carriedAs(written: string | undefined, ...path: Path): void {
    if (written !== undefined && written === this.text(...path)) this.carried(...path)
  }

  /** Ticks off a map of a list when these are all the fields it states; otherwise it stays whole, so that it can be understood. */
  carriedItem(fields: readonly string[], ...path: Path): void {
    const item = this.at(...path)
    if (isMap(item) && Object.entries(item).every(([key, value]) => value === null || fields.includes(key))) this.carried(...path)
  }

  /** All that was not ticked off, as it was written. */
  rest(): Fields {
    return (this.#left(this.value, []) as Fields | undefined) ?? {}
  }

  #left(value: unknown, path: Path): unknown {
    if (this.#carried.size === 0) return value
    if (path.length > 0 && this.#carried.has(JSON.stringify(path))) return undefined
    if (Array.isArray(value)) {
      const left = value.map((item: unknown, index) => this.#left(item, [...path, index])).filter((item) => item !== undefined)
      return left.length === 0 && value.length > 0 ? undefined : left
    }
    if (!isMap(value)) return value
    const left = Object.entries(value).flatMap(([key, inner]) => {
      const kept = this.#left(inner, [...path, key])
      return kept === undefined ? [] : [[key, kept] as const]
    })
    return left.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(left)
  }

  #remark(path: Path, value: unknown, wanted: string, fix: string): void {
    const name = String(path.findLast((step) => typeof step === 'string') ?? 'document').slice(0, 60)
    this.problems.push({
      code: 'files.wrong_type',
      severity: 'warning',
      message: `"${name}" is ${describe(value)} where ${wanted} is read; it is kept as it is and not understood`,
      fix,
      path: path.join('.'),
    })
  }
}
