import type { Catalog } from '../catalog/index.ts'
import type { Store } from '../store/index.ts'
import { ownersGone } from './leavers.ts'

/** Registers what is known of people: owners who are gone are gaps. */
export function installPeople({ catalog, store }: { catalog: Catalog; store: Store }): void {
  catalog.registerGaps(ownersGone(store))
}
