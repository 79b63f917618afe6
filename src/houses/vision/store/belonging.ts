import { type Entity, ownerOf as namedOwner } from '../../../ground/catalog/index.ts'
import { type Ref, refNamespace, toRef } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Moment } from './moment.ts'

/** Where components belong: who owns them, and every name an exception or decision may cover them by. */
export interface Belonging {
  ownerOf(subject: string): Ref | undefined
  /** Owner, system, domain and namespace of a subject. */
  namesOf(subject: string): string[]
}

/** Reads components and systems of a namespace once. */
export async function belongingOf(moment: Moment, { catalog }: Pick<Ground, 'catalog'>): Promise<Belonging> {
  const things = new Map<string, Entity>()
  for (const kind of ['component', 'system', 'repository']) {
    for (const entity of await catalog.list({ kind, namespace: moment.scope, limit: 100_000 }, moment.asOf)) things.set(entity.ref, entity)
  }
  const stated = (subject: string, field: string, kind: string): Ref | undefined => {
    const entity = things.get(subject)
    const text = entity?.spec[field]
    if (!entity || typeof text !== 'string') return undefined
    const read = toRef(text, { kind, namespace: refNamespace(entity.ref) })
    return read.ok ? read.value : undefined
  }
  const ownerOf = (subject: string): Ref | undefined => {
    const entity = things.get(subject)
    return entity ? (namedOwner(entity) ?? undefined) : undefined
  }
  return {
    ownerOf,
    namesOf(subject) {
      const system = stated(subject, 'system', 'system')
      const domain = system ? stated(system, 'domain', 'domain') : undefined
      return [ownerOf(subject), system, domain, system ? ownerOf(system) : undefined, `namespace:${moment.scope}`].filter(
        (name) => name !== undefined,
      )
    },
  }
}
