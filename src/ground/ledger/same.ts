import { sql } from '../store/index.ts'

/**
 * A row `c` of the record that `r` names. Write it inside `lateral (… offset 0)`: that makes PostgreSQL look every record
 * up by its index. Left to choose, it reads the whole table for each batch as long as the table has no statistics
 * (measured: 80 ms instead of 7 ms for 500 of 40,000 records).
 */
export const SAME = sql`c.subject = r.subject and c.source = r.source and c.id = r.id`
