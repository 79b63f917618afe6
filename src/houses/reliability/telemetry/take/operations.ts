import type { Ref } from '../../../../ground/core/index.ts'
import type { Span } from '../../../../ground/intake/index.ts'
import { MOST_OPERATIONS, operationOf, OTHER } from '../assess/operation.ts'

/** Spellings of spans that are remembered for a service. */
const MOST_REMEMBERED = 2_000

/** Which operations of each service are counted by name: the first so many of a kind, and together all that come later. */
export class Operations {
  readonly #names = new Map<string, Set<string>>()
  readonly #remembered = new Map<Ref, Map<string, string>>()

  readonly #without: (text: string) => string

  /** @param without takes out of a name who was erased */
  constructor(known: readonly { service: Ref; kind: string; operation: string }[], without: (text: string) => string) {
    this.#without = without
    for (const { service, kind, operation } of known) this.#of(service, kind).add(operation)
  }

  of(service: Ref, span: Span): string {
    let remembered = this.#remembered.get(service)
    if (!remembered || remembered.size > MOST_REMEMBERED) this.#remembered.set(service, (remembered = new Map()))
    const { attributes, kind, name } = span
    const spelling = `${kind}\n${name}\n${attributes.get('http.route') ?? ''}\n${attributes.get('rpc.method') ?? ''}`
    let operation = remembered.get(spelling)
    if (operation === undefined) remembered.set(spelling, (operation = this.#capped(service, kind, this.#without(operationOf(span)))))
    return operation
  }

  #capped(service: Ref, kind: string, operation: string): string {
    const names = this.#of(service, kind)
    if (!names.has(operation) && names.size >= MOST_OPERATIONS) return OTHER
    names.add(operation)
    return operation
  }

  #of(service: Ref, kind: string): Set<string> {
    const key = `${service}\n${kind}`
    let names = this.#names.get(key)
    if (!names) this.#names.set(key, (names = new Set()))
    return names
  }
}
