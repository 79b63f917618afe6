/** Numbers from a PostgreSQL of one's own. */
export { sql } from './source.ts'
