import type { Link, LinkOrigin, NodeId } from '../../../ground/catalog/index.ts'
import { type Ref, refKind, refName, refNamespace } from '../../../ground/core/index.ts'
import { type Mention, mentionInLabel, mentionsIn, mentionsInBranch, mentionsInTrailer } from './mentions.ts'
import type { WorkRecord } from './record.ts'
import { decisionKey, type Vocabulary } from './vocabulary.ts'

/** An issue a record names; which one it is, is found among the records. */
export interface NamedKey {
  from: NodeId
  /** `ABC-12`, or `#12` of the same subject. */
  key: string
  /** `Fixes:` may name an incident. */
  fixes: boolean
  origin: LinkOrigin
  confidence: number
}

export interface DirectLinks {
  links: Link[]
  keys: NamedKey[]
}

interface Found {
  mention: Mention
  fixes: boolean
  origin: LinkOrigin
  confidence: number
}

/**
 * What a record itself says it serves or implements. Trailers are sure; a reference in a title, label or list of
 * references nearly so; one in running text may be told in passing.
 */
export function directLinks(record: WorkRecord, vocabulary: Vocabulary): DirectLinks {
  const namespace = refNamespace(record.subject)
  const found = [...fromTrailers(record, vocabulary, namespace), ...fromReferences(record, namespace)]
  const links = new Map<string, Link>()
  const keys = new Map<string, NamedKey>()
  for (const { mention, fixes, origin, confidence } of found) {
    if (mention.of === 'key') {
      if (!isOwnNumber(mention.key, record)) addSurer(keys, mention.key, { from: record.node, key: mention.key, fixes, origin, confidence })
      continue
    }
    const to = mention.of === 'entity' ? mention.ref : decisionNumbered(mention.number, record.subject, vocabulary)
    if (!to) continue
    const type = refKind(to) === 'outcome' ? 'serves' : 'implements'
    addSurer(links, `${type} ${to}`, { from: record.node, type, to, origin, confidence, status: 'accepted', at: record.at })
  }
  if (record.parent)
    addSurer(keys, record.parent, { from: record.node, key: record.parent, fixes: false, origin: 'declared', confidence: 1 })
  return { links: [...links.values()], keys: [...keys.values()] }
}

/** Trailers, also those a squash merge left in the middle of its message or a description carries. */
function fromTrailers({ trailers, body }: WorkRecord, { known }: Vocabulary, namespace: string): Found[] {
  const inBody = [...body.matchAll(/^[ \t]*(serves|implements|fixes):[ \t]*(\S.*?)[ \t]*$/gim)].map(
    (match) => [match[1]!.toLowerCase(), match[2]!] as const,
  )
  const valuesOf = (key: string) => [...(trailers[key] ?? []), ...inBody.flatMap(([name, value]) => (name === key ? [value] : []))]
  const read = (key: string, kind: 'outcome' | 'decision') =>
    valuesOf(key)
      .flatMap((value) => mentionsInTrailer(value, kind, namespace, (ref) => known.has(ref)))
      .map((mention): Found => ({ mention, fixes: key === 'fixes', origin: 'trailer', confidence: 1 }))
  return [...read('serves', 'outcome'), ...read('implements', 'decision'), ...read('fixes', 'decision')]
}

function fromReferences({ title, body, labels, refs, branch = '' }: WorkRecord, namespace: string): Found[] {
  const told = (mentions: readonly Mention[], confidence: number) =>
    mentions.map((mention): Found => ({ mention, fixes: false, origin: 'reference', confidence }))
  return [
    ...told(
      labels.flatMap((label) => mentionInLabel(label, namespace) ?? []),
      1,
    ),
    ...told(
      refs.flatMap((ref) => mentionsIn(ref, namespace).concat(bareKey(ref))),
      0.98,
    ),
    ...told(mentionsIn(title, namespace), 0.95),
    ...told(mentionsInBranch(branch), 0.9),
    ...told(mentionsIn(body, namespace), 0.85),
  ]
}

/** A list of references may name an issue in its tracker's own way. */
function bareKey(text: string): Mention[] {
  return /^\d{1,10}$/.test(text) ? [{ of: 'key', key: `#${text}` }] : []
}

/** Squash merges repeat the number of their change in the title. */
function isOwnNumber(key: string, { kind, number, title }: WorkRecord): boolean {
  if (!key.startsWith('#')) return false
  return key === `#${number}` || (kind === 'commit' && (title.endsWith(`(${key})`) || title.startsWith(`Merge pull request ${key} `)))
}

/** The decision of that number in the repository's own log, or in the log of its namespace. */
function decisionNumbered(number: number, subject: Ref, { decisionsByNumber }: Vocabulary): Ref | null {
  return (
    decisionsByNumber.get(decisionKey(refName(subject), number)) ??
    decisionsByNumber.get(decisionKey(refNamespace(subject), number)) ??
    null
  )
}

function addSurer<T extends { confidence: number }>(found: Map<string, T>, key: string, one: T): void {
  const other = found.get(key)
  if (!other || one.confidence > other.confidence) found.set(key, one)
}
