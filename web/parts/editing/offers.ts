import { useQuery } from '@tanstack/react-query'
import { ask } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'

export interface Offer {
  value: string
  label: string
}

const LISTED = 1_000

/** Entities of some kinds, to offer while a reference is typed. Nothing is offered while they load. */
export function useEntityOffers(...kinds: string[]): readonly Offer[] {
  const { standpoint } = useAddress()
  const found = useQuery(ask('entity.list', { namespace: standpoint.scope ?? 'default', limit: LISTED }))
  return (found.data?.entities ?? [])
    .filter((entity) => kinds.includes(entity.kind.toLowerCase()))
    .map((entity) => ({ value: entity.ref, label: entity.title }))
}

/** Measures that can be read, to offer where one is named. */
export function useMeasureOffers(): readonly Offer[] {
  const found = useQuery(ask('measure.list', {}))
  return (found.data?.measures ?? []).map((measure) => ({ value: measure.id, label: measure.title }))
}
