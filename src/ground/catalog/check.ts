import type { Problem, Ref } from '../core/index.ts'
import type { CheckHow, EntityDraft } from './catalog.ts'
import { contentHash, docOf, draftRef, type EntityDoc } from './document.ts'
import { checkEnvelope } from './envelope.ts'
import type { KindRegistry } from './kinds/registry.ts'
import { type ResolvedLink, statedLinks } from './links/stated.ts'
import { schemaProblems } from './schema-problems.ts'

/** A draft that was read to its end: what to write, or why not. */
export interface CheckedDraft {
  draft: EntityDraft
  doc: EntityDoc
  /** Null when not even its name can be read. */
  ref: Ref | null
  /** Empty when the draft is refused. */
  hash: string
  links: ResolvedLink[]
  problems: Problem[]
  refused: boolean
}

/** Holds one draft against grammar, limits and the schema of its kind; asks no store. */
export function checkedDraft(draft: EntityDraft, kinds: KindRegistry, how: CheckHow = { strict: false }): CheckedDraft {
  const doc = docOf(draft)
  const kind = kinds.find(doc.apiVersion, doc.kind)
  const envelope = checkEnvelope(doc, kind)
  const place = { ...(draft.file === undefined ? {} : { file: draft.file }), ...(draft.line === undefined ? {} : { line: draft.line }) }
  const checked = (ref: Ref | null, links: ResolvedLink[], found: readonly Problem[]): CheckedDraft => {
    const problems = found.map((problem) => ({ ...place, ...problem }))
    const refused = problems.some((problem) => problem.severity === 'error')
    return { draft, doc, ref, hash: refused ? '' : contentHash(doc), links: refused ? [] : links, problems, refused }
  }

  const name = typeof doc.metadata?.name === 'string' && typeof doc.kind === 'string' ? draftRef(draft) : null
  const ref = name?.ok ? name.value : null
  if (envelope.length > 0) return checked(ref, [], envelope)
  if (!ref) return checked(null, [], name && !name.ok ? name.problems.map((problem) => ({ ...problem, path: 'metadata.name' })) : [])

  const problems: Problem[] = kind ? [] : [kinds.unknown(doc)]
  if (kind) {
    const read = kind.spec.safeParse(doc.spec, { reportInput: true })
    if (!read.success)
      return checked(
        ref,
        [],
        kind.refuse?.(read.error, draft) ?? schemaProblems(read.error, 'catalog.bad_spec', 'spec', fieldsOf(kind.spec)),
      )
    problems.push(...(kind.check?.(draft, how) ?? []))
  }
  const stated = statedLinks(ref, draft, kind)
  return checked(ref, stated.links, [...problems, ...stated.problems])
}

function fieldsOf(schema: unknown): string[] {
  return typeof schema === 'object' && schema !== null && 'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null
    ? Object.keys(schema.shape)
    : []
}
