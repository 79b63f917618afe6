import type { Catalog } from '../catalog/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Store } from '../store/index.ts'
import { aliasesIn } from './names.ts'

/** Who says what the catalogue says. */
const CATALOGUE = 'user:default/catalogue'

interface On {
  store: Store
  catalog: Catalog
  identity: Identity
}

/** The state of the catalogue that its users were last read in, by this process. */
const readLast = new WeakMap<Store, string>()

/** Whether the catalogue changed since its users were read. */
export async function areUsersBehind({ store, catalog }: On): Promise<boolean> {
  return (await catalog.revision()) !== readLast.get(store)
}

/** Joins the names that user entities say are one person's. */
export async function joinUsers({ store, catalog, identity }: On): Promise<void> {
  const revision = await catalog.revision()
  const groups = (await catalog.list({ kind: 'user' })).map(aliasesIn).filter((aliases) => aliases.length > 1)
  await identity.people.declared(groups, CATALOGUE)
  readLast.set(store, revision)
}
