import { useQueries, useQuery } from '@tanstack/react-query'
import { ask } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'

export interface Offer {
  value: string
  label: string
}

/** Most entities of one kind that are offered. */
const LISTED = 1_000

/** Entities of some kinds, to offer while a reference is typed. Nothing is offered while they load. */
export function useEntityOffers(...kinds: string[]): readonly Offer[] {
  const { standpoint } = useAddress()
  const namespace = standpoint.scope ?? 'default'
  // A kind at a time: a thousand components leave room for the teams that own them.
  const found = useQueries({ queries: kinds.map((kind) => ask('entity.list', { kind, namespace, limit: LISTED })) })
  return found.flatMap(({ data }) => (data?.entities ?? []).map(({ ref, title }) => ({ value: ref, label: title })))
}

/** Measures that can be read, to offer where one is named. */
export function useMeasureOffers(): readonly Offer[] {
  const { standpoint } = useAddress()
  const found = useQuery(ask('measure.list', standpoint.scope ? { namespace: standpoint.scope } : {}))
  return (found.data?.measures ?? []).map((measure) => ({ value: measure.id, label: measure.title }))
}
