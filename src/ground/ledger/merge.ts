import type { Content } from './hash.ts'

/**
 * One revision of a record. Its content either states fields, or takes something back: the whole record
 * (`$retract: true`), or all that one import said (`$import` as well). `$retract: false` gives it again.
 */
export interface Revision {
  content: Content
  /** Name of the content; decides between revisions of the same moment. */
  hash: string
  importId: number | null
}

/** What a record amounts to. */
export interface Merged {
  /** Every field known, flat; `assumed` names those that nobody stated. */
  state: Content
  retracted: boolean
}

/** The field that makes a revision a taking back; records cannot carry it themselves. */
export const RETRACT = '$retract'

/**
 * The state of a record: its revisions merged field by field in order of `at`, ties by content hash. A pure function of
 * the set of revisions, so neither the order nor the repetition of their arrival matters.
 */
export function merge(revisions: readonly Revision[]): Merged {
  const ordered = revisions.toSorted(inOrder)
  const withdrawn = withdrawals(ordered)
  const said = ordered.filter(({ content }) => !(RETRACT in content))
  const standing = said.filter(({ importId }) => importId === null || !withdrawn.imports.has(importId))
  const retracted = withdrawn.whole || standing.length === 0
  return { state: fieldsOf(standing.length ? standing : said), retracted }
}

function inOrder(a: Revision, b: Revision): number {
  return compare(String(a.content.at), String(b.content.at)) || compare(a.hash, b.hash)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function withdrawals(ordered: readonly Revision[]): { whole: boolean; imports: Set<unknown> } {
  let whole = false
  const imports = new Set<unknown>()
  for (const { content } of ordered) {
    if (!(RETRACT in content)) continue
    if (content.$import === undefined) whole = content[RETRACT] === true
    else if (content[RETRACT] === true) imports.add(content.$import)
    else imports.delete(content.$import)
  }
  return { whole, imports }
}

function fieldsOf(ordered: readonly Revision[]): Content {
  const stated = new Map<string, unknown>()
  const assumed = new Map<string, unknown>()
  for (const { content } of ordered) {
    const guesses = namesIn(content.assumed)
    for (const field of namesIn(content.none)) stated.set(String(field), undefined)
    for (const [field, value] of Object.entries(content)) {
      if (field === 'none' || field === 'assumed' || value === undefined) continue
      if (!guesses.includes(field)) stated.set(field, value)
      else if (!assumed.has(field)) assumed.set(field, value)
    }
  }
  const state: Record<string, unknown> = {}
  for (const [field, value] of stated) if (value !== undefined) state[field] = value
  const guessed = [...assumed.keys()].filter((field) => !stated.has(field)).sort()
  for (const field of guessed) state[field] = assumed.get(field)
  if (guessed.length) state.assumed = guessed
  return state
}

function namesIn(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : []
}
