import type { Ref } from '../../../ground/core/index.ts'

/** What of the catalogue work can be linked to, prepared for the matcher. */
export interface Vocabulary {
  outcomes: readonly OutcomeWords[]
  /** Everything a record can name by reference. */
  known: ReadonlySet<Ref>
  /** Decisions by namespace and number; two of one number name neither. */
  decisionsByNumber: ReadonlyMap<string, Ref>
}

/** An outcome as text, for the search for work that may serve it. */
export interface OutcomeWords {
  ref: Ref
  namespace: string
  title: string
  statement: string
  tags: readonly string[]
  /** What it is measured on: names of the system and its components, and where in which repository they live. */
  places: readonly Place[]
}

export interface Place {
  ref: Ref
  name: string
  repository: Ref | null
  path: string | null
}

export function decisionKey(namespace: string, number: number): string {
  return `${namespace}#${number}`
}

/** Decisions by their number: the one they state, or the digits their name begins with. */
export function numberedDecisions(
  decisions: readonly { ref: Ref; namespace: string; name: string; number: number | null }[],
): Map<string, Ref> {
  const found = new Map<string, Ref | null>()
  for (const { ref, namespace, name, number } of decisions) {
    const stated = number ?? /^(?:adr-?)?(\d{1,6})(?:\D|$)/i.exec(name)?.[1]
    if (stated === undefined || stated === null) continue
    const key = decisionKey(namespace, Number(stated))
    found.set(key, found.has(key) ? null : ref)
  }
  return new Map([...found].flatMap(([key, ref]) => (ref ? [[key, ref] as const] : [])))
}
