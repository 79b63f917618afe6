import { type Document, filled, quantity, slug } from '../../../parts/editing/document.ts'
import type { Lint } from '../../../parts/editing/lint.ts'

/** What somebody answers who has no vision yet. */
export interface Answers {
  title: string
  statement: string
  horizon: string
  outcomes: { statement: string; measure: string; target: string; by: string }[]
  principles: { statement: string; forbids: string }[]
  /** Empty: never. */
  reviewEvery: string
}

/** How many of each a vision names; fewer are kept, but not named by it. */
export const NAMED = { outcomes: { least: 3, most: 5 }, principles: { least: 3, most: 7 } } as const

/** The documents the answers make: the vision first, then its outcomes and principles. */
export function documentsOf(answers: Answers, namespace: string): Document[] {
  const taken = new Set<string>()
  const outcomes = answers.outcomes
    .filter(({ statement }) => statement.trim())
    .map(({ statement, measure, target, by }) =>
      written('Outcome', statement, namespace, taken, {
        measure: measure.trim(),
        target: target.trim() || by ? { value: quantity(target), by } : undefined,
      }),
    )
  const principles = answers.principles
    .filter(({ statement }) => statement.trim())
    .map(({ statement, forbids }) => written('Principle', statement, namespace, taken, { forbids: forbids.trim() ? [forbids.trim()] : [] }))
  const vision: Document = {
    apiVersion: 'throughline.dev/v1',
    kind: 'Vision',
    metadata: { name: 'vision', namespace, title: answers.title.trim() },
    spec: filled(
      {},
      {
        statement: answers.statement.trim(),
        horizon: answers.horizon,
        outcomes: namedOf('outcome', outcomes, NAMED.outcomes.least),
        principles: namedOf('principle', principles, NAMED.principles.least),
        review: answers.reviewEvery ? { every: answers.reviewEvery, with: ['product', 'business', 'engineering'] } : undefined,
      },
    ),
  }
  return [vision, ...outcomes, ...principles]
}

function namedOf(kind: string, documents: readonly Document[], least: number): string[] | undefined {
  if (documents.length < least) return undefined
  return documents.map(({ metadata }) => `${kind}:${metadata.namespace}/${metadata.name}`)
}

function written(kind: string, statement: string, namespace: string, taken: Set<string>, spec: Record<string, unknown>): Document {
  const title = titleOf(statement)
  const base = slug(title) || kind.toLowerCase()
  let name = base
  for (let number = 2; taken.has(`${kind}/${name}`); number++) name = `${base.slice(0, 60)}-${number}`
  taken.add(`${kind}/${name}`)
  return {
    apiVersion: 'throughline.dev/v1',
    kind,
    metadata: { name, namespace, title },
    spec: filled({}, { statement: statement.trim(), ...spec }),
  }
}

/** A statement as a title: without its full stop, cut at a word near 60 letters. */
function titleOf(statement: string): string {
  const line = statement.trim().replaceAll(/\s+/g, ' ').replace(/\.$/, '')
  if (line.length <= 60) return line
  return `${line.slice(0, 60).replace(/\s\S*$/, '')}…`
}

/** What is said of the document an answer became; empty answers became none. */
export function lintFinder(documents: readonly Document[], lints: readonly Lint[]) {
  return (kind: string, items: readonly { statement: string }[], index: number): Lint | undefined => {
    if (!items[index]?.statement.trim()) return undefined
    const before = items.slice(0, index).filter(({ statement }) => statement.trim()).length
    return lints[documents.findIndex((document) => document.kind === kind) + before]
  }
}

/**
 * What stands in the way of saving, over all documents.
 * @param surplus words beyond those a page may have
 */
export function together(lints: readonly Lint[], surplus: number): Lint {
  const errors = new Map<string, string>(
    lints.flatMap((lint, index) => [...lint.errors].map(([path, message]) => [`${index} ${path}`, message] as const)),
  )
  if (surplus > 0) errors.set('words', `${surplus} words too many`)
  return { errors, advice: new Map(), settled: lints.every(({ settled }) => settled) }
}

export function freshOutcome(): Answers['outcomes'][number] {
  return { statement: '', measure: '', target: '', by: '' }
}

export function freshPrinciple(): Answers['principles'][number] {
  return { statement: '', forbids: '' }
}
