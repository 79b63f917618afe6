import * as z from 'zod'
import { ok, refuse, type Result } from './result.ts'

/**
 * The name of a thing, `kind:namespace/name`, lower case. The grammar is Backstage's
 * (backstage.io/docs/features/software-catalog/references), compared without regard to case.
 */
export type Ref = string

export interface RefParts {
  kind: string
  namespace: string
  name: string
}

export const DEFAULT_NAMESPACE = 'default'

const KIND = /^[a-z][a-z0-9_-]{0,62}$/i
const NAME = /^[a-z0-9](?:[a-z0-9\-_.]{0,61}[a-z0-9])?$/i
const NAMESPACE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i

/**
 * Reads `[kind:][namespace/]name`.
 * @param fallback supplies the kind and namespace a short form leaves out
 */
export function parseRef(text: string, fallback: { kind?: string; namespace?: string } = {}): Result<RefParts> {
  const match = /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/.exec(text.trim())
  if (!match)
    return refuse('ref.malformed', `"${clip(text)}" is not a reference`, {
      fix: 'Write kind:namespace/name, for example component:default/checkout.',
    })
  const kind = match[1] ?? fallback.kind
  const namespace = match[2] ?? fallback.namespace ?? DEFAULT_NAMESPACE
  const name = match[3]!
  if (!kind)
    return refuse('ref.no_kind', `"${clip(text)}" does not say what kind of thing it names`, {
      fix: `Write kind:${namespace}/${name}, for example component:${namespace}/${name}.`,
    })
  if (!KIND.test(kind))
    return refuse('ref.bad_kind', `"${clip(kind)}" cannot be a kind`, {
      fix: 'A kind starts with a letter and has at most 63 letters, digits, - or _.',
    })
  if (!NAMESPACE.test(namespace))
    return refuse('ref.bad_namespace', `"${clip(namespace)}" cannot be a namespace`, {
      fix: 'A namespace has 1 to 63 letters, digits and inner dashes.',
    })
  if (!NAME.test(name))
    return refuse('ref.bad_name', `"${clip(name)}" cannot be a name`, { fix: 'A name has 1 to 63 letters, digits, and inner -, _ or .' })
  return ok({ kind: kind.toLowerCase(), namespace: namespace.toLowerCase(), name: name.toLowerCase() })
}

/** Writes a reference in its one full, lower-case form. */
export function formatRef(parts: RefParts): Ref {
  return `${parts.kind}:${parts.namespace}/${parts.name}`.toLowerCase()
}

/** The full form of a reference, or a refusal. */
export function toRef(text: string, fallback: { kind?: string; namespace?: string } = {}): Result<Ref> {
  const parts = parseRef(text, fallback)
  return parts.ok ? ok(formatRef(parts.value)) : parts
}

export function refKind(ref: Ref): string {
  return ref.slice(0, ref.indexOf(':'))
}

export function refNamespace(ref: Ref): string {
  return ref.slice(ref.indexOf(':') + 1, ref.indexOf('/'))
}

export function refName(ref: Ref): string {
  return ref.slice(ref.indexOf('/') + 1)
}

/** A full reference at the boundary; a missing namespace means `default`. */
export const RefSchema = refSchema({})

/** A component by its name or reference. */
export const ComponentRefSchema = refSchema({ kind: 'component' })

function refSchema(fallback: { kind?: string }) {
  return z
    .string()
    .trim()
    .max(200)
    .transform((text, context) => {
      const read = toRef(text, fallback)
      if (read.ok) return read.value
      const problem = read.problems[0]!
      context.addIssue({ code: 'custom', message: problem.fix ? `${problem.message}. ${problem.fix}` : problem.message, input: text })
      return z.NEVER
    })
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
