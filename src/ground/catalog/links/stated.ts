import { nearestWord, type Problem, type Ref, refNamespace, toRef } from '../../core/index.ts'
import type { EntityDraft, EntityKind, StatedLink } from '../catalog.ts'
import { backstageLinks } from '../kinds/backstage.ts'
import { isRecordId, type NodeId } from './node-id.ts'
import { canonicalLink, knownLinkType, LINK_TYPES } from './types.ts'

/** A link a document states, with full names, in the direction it is kept in. */
export interface ResolvedLink {
  from: NodeId
  type: string
  to: NodeId
  /** The end that is not the document itself. */
  target: NodeId
  /** Where in the document it is stated. */
  path: string
  mayDangle?: true
}

/** All links a valid document states: what its kind knows about, and `spec.links`. */
export function statedLinks(ref: Ref, draft: EntityDraft, kind: EntityKind | null): { links: ResolvedLink[]; problems: Problem[] } {
  const problems: Problem[] = []
  const links = new Map<string, ResolvedLink>()
  for (const stated of [...byKind(draft, kind), ...furtherLinks(draft.spec, problems)]) {
    const target = resolve(stated, ref, draft.apiVersion, problems)
    if (!target) continue
    const { type, path, mayDangle } = stated
    const link = canonicalLink({ from: ref, type, to: target, target, path, ...(mayDangle ? { mayDangle } : {}) })
    const key = JSON.stringify([link.from, link.type, link.to])
    if (!links.has(key)) links.set(key, link)
  }
  return { links: [...links.values()], problems }
}

function byKind(draft: EntityDraft, kind: EntityKind | null): StatedLink[] {
  if (kind) return kind.links?.(draft.spec) ?? []
  return draft.apiVersion.includes('backstage.io/') ? backstageLinks(draft.spec) : []
}

/** `spec.links: [{type, to}]`, of any kind; something else under that name in a foreign kind is left alone. */
function furtherLinks(spec: Record<string, unknown>, problems: Problem[]): StatedLink[] {
  if (!Array.isArray(spec.links)) return []
  return spec.links.flatMap((link: unknown, index) => {
    if (
      typeof link !== 'object' ||
      link === null ||
      !('type' in link) ||
      !('to' in link) ||
      typeof link.type !== 'string' ||
      typeof link.to !== 'string'
    )
      return []
    const path = `spec.links.${index}`
    const type = knownLinkType(link.type)
    if (!type) {
      const near = nearestWord(
        link.type,
        LINK_TYPES.flatMap((known) => [known.type, known.inverse]),
      )
      problems.push({
        code: 'catalog.unknown_link_type',
        severity: 'warning',
        message: `"${link.type}" is not a type of link known here; it is kept, and not followed`,
        fix: near ? `Did you mean ${near}?` : `Known are ${LINK_TYPES.map((known) => known.type).join(', ')} and their inverses.`,
        path: `${path}.type`,
      })
    }
    return [{ type: type ?? link.type, to: link.to, path: `${path}.to` }]
  })
}

function resolve(stated: StatedLink, ref: Ref, apiVersion: string, problems: Problem[]): NodeId | null {
  const text = stated.to.trim()
  if (isRecordId(text)) return text
  const read = toRef(text, { kind: stated.kind, namespace: refNamespace(ref) })
  if (read.ok) return read.value
  const found = read.problems[0]!
  // Backstage takes any name in a reference; one that nothing can be called is only never found.
  const lenient = !apiVersion.startsWith('throughline.dev/') && found.code.startsWith('ref.bad_')
  problems.push({ ...found, severity: lenient ? 'warning' : 'error', path: stated.path })
  return null
}
