import { createHash } from 'node:crypto'
import { type Ref, type Result, toRef } from '../core/index.ts'
import type { EntityDraft, EntityMetadata } from './catalog.ts'

/** The four parts of an entity that are kept, compared and exported; place and history are not among them. */
export interface EntityDoc {
  apiVersion: string
  kind: string
  metadata: EntityMetadata
  spec: Record<string, unknown>
}

export function docOf(draft: EntityDraft): EntityDoc {
  return { apiVersion: draft.apiVersion, kind: draft.kind, metadata: draft.metadata, spec: draft.spec }
}

/** The name of what a draft describes. */
export function draftRef(draft: EntityDraft): Result<Ref> {
  return toRef(String(draft.metadata.name), { kind: draft.kind, namespace: draftNamespace(draft) })
}

/** The namespace a draft states. Metadata of OpenSLO has no place for one, so there an annotation may. */
export function draftNamespace({ apiVersion, metadata }: Pick<EntityDraft, 'apiVersion' | 'metadata'>): string | undefined {
  if (metadata.namespace) return metadata.namespace
  const stated: unknown = String(apiVersion).startsWith('openslo/') ? metadata.annotations?.['throughline.dev/namespace'] : undefined
  return typeof stated === 'string' && stated !== '' ? stated : undefined
}

/** SHA-256 of the document with sorted keys: the order of keys is not content. */
export function contentHash(doc: EntityDoc): string {
  return createHash('sha256').update(canonical(doc)).digest('base64url')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const parts = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
  return `{${parts.join(',')}}`
}

const MAX_DEPTH = 100
const MAX_VALUES = 200_000

/**
 * The first place in a document that cannot be kept and given back unchanged: dates and other values JSON does not
 * know, numbers that are not finite, text with a zero character or half a character, or too much of it all.
 */
export function unstorable(doc: EntityDoc): { path: string; why: string } | null {
  let values = 0
  const visit = (value: unknown, path: string, depth: number): { path: string; why: string } | null => {
    values += 1
    if (depth > MAX_DEPTH) return { path, why: `is nested deeper than ${MAX_DEPTH} levels` }
    if (values > MAX_VALUES) return { path, why: `is the ${MAX_VALUES + 1}st value of the document` }
    if (value === null || value === undefined || typeof value === 'boolean') return null
    if (typeof value === 'string') return storableText(value) ? null : { path, why: 'holds a zero character or half a character' }
    if (typeof value === 'number') return Number.isFinite(value) ? null : { path, why: 'is not a finite number' }
    if (typeof value !== 'object') return { path, why: `is a ${typeof value}` }
    if (!Array.isArray(value) && !isPlain(value)) return { path, why: 'is neither text, number, list nor map' }
    for (const [key, inner] of Object.entries(value)) {
      const place = path ? `${path}.${key}` : key
      const found = storableText(key)
        ? visit(inner, place, depth + 1)
        : { path: place, why: 'is named with a zero character or half a character' }
      if (found) return found
    }
    return null
  }
  return visit(doc, '', 0)
}

function storableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
