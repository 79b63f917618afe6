import { type Ref, refKind } from '../../core/index.ts'

/**
 * Things links join: an entity by its ref, or a record by its id `<kind>:<source>/<id>`. A commit is told by its sha
 * wherever it is; other records share ids between subjects (every repository has a change 42), so as ends of links
 * they carry their subject: `change:git/42@repository:default/shop`.
 */
export type NodeId = string

/** Kinds of record that can be an end of a link. */
const RECORD_KINDS = new Set([
  'commit',
  'change',
  'deployment',
  'incident',
  'work_item',
  'sli',
  'measurement',
  'cost',
  'product_event',
  'event',
])
const QUALIFIED = /^(.+)@([a-z][a-z0-9_-]*:[a-z0-9-]+\/[a-z0-9._-]+)$/i

export function isRecordId(id: NodeId): boolean {
  return RECORD_KINDS.has(refKind(id))
}

/** The end of a link that stands for a record. */
export function recordNode(kind: string, source: string, id: string, subject: Ref): NodeId {
  const record = `${kind}:${source}/${id}`
  return kind === 'commit' ? record : `${record}@${subject}`
}

/** The id of the record and the subject it belongs to; an entity, or a record given without subject, has none. */
export function splitNode(node: NodeId): { id: string; subject: Ref | null } {
  const match = isRecordId(node) ? QUALIFIED.exec(node) : null
  return match ? { id: match[1]!, subject: match[2]!.toLowerCase() } : { id: node, subject: null }
}

/** Kind, source and id of a record. */
export function recordParts(node: NodeId): { kind: string; source: string; id: string; subject: Ref | null } {
  const { id, subject } = splitNode(node)
  const colon = id.indexOf(':')
  const slash = id.indexOf('/')
  return { kind: id.slice(0, colon), source: id.slice(colon + 1, slash), id: id.slice(slash + 1), subject }
}
