/** The one database: embedded or a server, same statements, same promises. */
export { sql } from 'kysely'
export type { Statement, Store, StoreHealth, StoreOptions } from './store.ts'
