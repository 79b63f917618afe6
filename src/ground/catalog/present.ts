import type * as z from 'zod'
import { formatInstant, type Ref, Refusal, refName, refNamespace, toRef } from '../core/index.ts'
import type { Catalog, Entity, Link, TraceNode } from './catalog.ts'
import { isRecordId, type NodeId, splitNode } from './links/node-id.ts'
import type { EntityAnswer, EntitySummary, SuggestionAnswer } from './schemas.ts'

export function entityAnswer({ updatedAt, ...entity }: Entity): z.input<typeof EntityAnswer> {
  return { ...entity, updatedAt: formatInstant(updatedAt) }
}

export function summaryOf({
  ref,
  apiVersion,
  kind,
  metadata,
  spec,
  origin,
  version,
  updatedAt,
  updatedBy,
}: Entity): z.input<typeof EntitySummary> {
  const word = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return {
    ref,
    apiVersion,
    kind,
    namespace: refNamespace(ref),
    name: refName(ref),
    title: metadata.title ?? word(metadata.displayName) ?? metadata.name,
    description: metadata.description ?? word(spec.statement) ?? word(spec.description),
    tags: metadata.tags ?? [],
    type: word(spec.type),
    lifecycle: word(spec.lifecycle),
    status: word(spec.status),
    owner: word(spec.owner),
    origin,
    version,
    updatedAt: formatInstant(updatedAt),
    updatedBy,
  }
}

export function suggestionAnswer(
  { from, type, to, confidence, because, at }: Link,
  nodes: ReadonlyMap<NodeId, Omit<TraceNode, 'depth'>>,
): z.input<typeof SuggestionAnswer> {
  const record = splitNode(from)
  return {
    from: record.id,
    subject: record.subject ?? nodes.get(from)?.subject,
    fromTitle: nodes.get(from)?.title ?? record.id,
    type,
    to,
    toTitle: nodes.get(to)?.title ?? to,
    confidence,
    because,
    at: at === undefined ? undefined : formatInstant(at),
  }
}

/**
 * The end of a link that a caller names: a ref, or a record with its subject.
 * @throws Refusal 409 when a record is named without its subject and several subjects have it
 */
export async function nodeOf(catalog: Catalog, id: string, subject?: Ref): Promise<NodeId> {
  if (!isRecordId(id)) {
    const ref = toRef(id)
    if (!ref.ok) throw new Refusal(ref.problems[0]!.code, ref.problems[0]!.message, { ...ref.problems[0], status: 400 })
    return ref.value
  }
  const found = [...(await catalog.describe([id])).values()]
  const [node] = subject ? found.filter((one) => one.subject === subject || one.id === `${id}@${subject}`) : found
  if (!node && found.length === 0)
    throw new Refusal('catalog.no_such_record', `There is no record ${id}.`, { status: 404, fix: 'Check its id.' })
  if (!node || (!subject && found.length > 1))
    throw new Refusal(
      'catalog.ambiguous_record',
      `${found.length} subjects have a record ${id}: ${found.map((one) => one.subject).join(', ')}.`,
      { status: 409, fix: 'Name its subject.' },
    )
  return node.id
}
