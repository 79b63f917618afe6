import { type Ref, refNamespace, toRef } from '../core/index.ts'
import type { Entity } from './entity.ts'

/** Owners that stand for nobody. */
const NOBODY = new Set(['', 'unknown', 'unowned', 'none', 'nobody', 'tbd', 'todo', 'n/a'])

/** The owner of a component in full; null when nobody is named, or only a stand-in such as `unknown`. */
export function ownerOf(entity: Entity): Ref | null {
  const text = entity.spec.owner
  if (typeof text !== 'string') return null
  const read = toRef(text, { kind: 'group', namespace: refNamespace(entity.ref) })
  if (!read.ok) return null
  const name = read.value.slice(read.value.indexOf('/') + 1)
  return NOBODY.has(name) ? null : read.value
}
