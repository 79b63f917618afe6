import type { SourceDefinition } from '../../ground/intake/index.ts'
import { findings, pageOf } from './page.ts'
import { readRow } from './rows.ts'
import { SqlSettings } from './settings.ts'

/** A PostgreSQL of one's own, asked with one statement that reads. */
export const sql: SourceDefinition = {
  kind: 'sql',
  title: 'PostgreSQL',
  brings: 'Numbers you already keep in a database (orders, revenue, sign-ups) as values of a measure; read with one SELECT of yours.',
  steps: [
    "In the database make a user that can only read: CREATE ROLE throughline LOGIN PASSWORD '…'; then GRANT SELECT ON <the tables> TO throughline;",
    'Give its address as connection string: postgres://throughline:password@host:5432/database, with ?sslmode=require where the server encrypts.',
    "Write one SELECT that returns at and value, for example: SELECT date_trunc('day', created_at) AS at, count(*) AS value FROM orders WHERE created_at >= $since GROUP BY 1",
    'A database on a private address is asked only if ALLOW_PRIVATE_ADDRESSES names that address where Throughline is started.',
    'The past year is read at once, then what is new at the interval you chose.',
  ],
  settings: SqlSettings,
  naming: ['measure', 'subject'],
  secrets: [{ name: 'connection', label: 'connection string (postgres://user:password@host:5432/database)', made: 'there' }],
  pull: {
    contents: ['statement'],
    streams: (settings) => [SqlSettings.parse(settings).measure],
    everySeconds(settings) {
      const { pollMinutes } = SqlSettings.parse(settings)
      return pollMinutes === 0 ? null : pollMinutes * 60
    },
    page: pageOf,
    read: ({ body }, settings) => readRow(body, SqlSettings.parse(settings)),
    test: findings,
  },
}
