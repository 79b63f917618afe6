import { createHash } from 'node:crypto'
import type { Ref } from '../../../../ground/core/index.ts'
import type { LogRecord } from '../../../../ground/intake/index.ts'
import { CUT, withoutValues } from './cut.ts'

/** Patterns of a service that are kept each for itself; the rest is counted together. */
export const MOST_PATTERNS = 200
/** Share of words that two lines of one pattern have in common, as in Drain (He et al., ICWS 2017, "similarity threshold"). */
const ALIKE = 0.6
const MOST_WORDS = 40
const OTHER = { id: 'other', template: '(other)' }

export type Severity = 'warning' | 'error' | 'fatal'

/** A pattern of log lines. */
export interface Pattern {
  /** Stays the same while the template becomes more general. */
  id: string
  template: string
}

/** Lines of one pattern of a service in an hour. */
export interface PatternLines extends Pattern {
  service: Ref
  severity: Severity
  hour: number
  lines: number
  firstAt: number
  lastAt: number
  trace: string | null
}

/** Word for a severity number (opentelemetry-proto, SeverityNumber); null below WARN, which are no complaints. */
export function severityOf(number: number): Severity | null {
  if (number < 13) return null
  return number < 17 ? 'warning' : number < 21 ? 'error' : 'fatal'
}

/** The text of a record without its values, led by the type of its exception. */
export function maskedText({ text, values, attributes }: Pick<LogRecord, 'text' | 'values' | 'attributes'>): string {
  const type = attributes.get('exception.type')
  const masked = withoutValues((text ?? '').slice(0, 2_000), values)
    .split(' ')
    .slice(0, MOST_WORDS)
    .join(' ')
  return [type && withoutValues(type), masked].filter(Boolean).join(': ') || '(no text)'
}

/**
 * Finds the pattern of a line among those of its service: same number of words, same first word, and enough words alike;
 * words that differ are values. After Drain's tree of fixed depth.
 */
export class Patterns {
  readonly #byShape = new Map<string, { id: string; words: string[] }[]>()
  readonly #count = new Map<Ref, number>()

  readonly #without: (text: string) => string

  /** @param without takes out of a line who was erased */
  constructor(known: readonly { service: Ref; id: string; template: string }[], without: (text: string) => string) {
    this.#without = without
    for (const { service, id, template } of known) if (id !== OTHER.id) this.#keep(service, id, template.split(' '))
  }

  of(service: Ref, masked: string): Pattern {
    const text = this.#without(masked)
    const words = text.split(' ')
    const alike = this.#shape(service, words).find((pattern) => likeness(pattern.words, words) >= ALIKE)
    if (alike) {
      alike.words = alike.words.map((word, n) => (word === words[n] ? word : CUT))
      return { id: alike.id, template: alike.words.join(' ') }
    }
    if ((this.#count.get(service) ?? 0) >= MOST_PATTERNS) return OTHER
    const id = createHash('sha256').update(text).digest('base64url').slice(0, 12)
    this.#keep(service, id, words)
    return { id, template: text }
  }

  #keep(service: Ref, id: string, words: string[]): void {
    this.#shape(service, words).push({ id, words })
    this.#count.set(service, (this.#count.get(service) ?? 0) + 1)
  }

  #shape(service: Ref, words: readonly string[]): { id: string; words: string[] }[] {
    const key = `${service}\n${words.length}\n${words[0]}`
    let shape = this.#byShape.get(key)
    if (!shape) this.#byShape.set(key, (shape = []))
    return shape
  }
}

function likeness(one: readonly string[], other: readonly string[]): number {
  return one.filter((word, n) => word === other[n] || word === CUT).length / one.length
}
