import * as z from 'zod'
import { DAY, formatInstant, HOUR } from '../../ground/core/index.ts'
import type { Finding, Page, PageAsk } from '../../ground/intake/index.ts'
import { SqlSettings } from './settings.ts'

const ROWS = 1_000
/** Characters of one row as JSON. */
const LONGEST_ROW = 64 * 1024
const Cursor = z.object({ at: z.string().max(60), skip: z.number().int().min(0) })

/**
 * Rows from a moment on, oldest first. The moment is read as PostgreSQL reads it, in UTC where it names no zone; a row is cut
 * before it is sent, so that a page stays small whatever stands in it.
 */
function paged(statement: string): string {
  return `
    select at::text as at, told as row from (
      select (asked.at)::timestamptz as at, left(to_jsonb(asked)::text, ${LONGEST_ROW + 1}) as told from (
${statement.replace(/\$since\b/g, '$1::timestamptz')}
      ) as asked
    ) as dated
    where at >= $1::timestamptz and at >= $2::timestamptz
    order by dated.at, dated.told offset $3::bigint limit $4::bigint`
}

/** The next rows, and the moment and number of rows of that moment after which to go on. */
export async function pageOf({ cursor, since, settings, secrets, remote }: PageAsk): Promise<Page> {
  const { statement, lookBackHours } = SqlSettings.parse(settings)
  const from = formatInstant(since - lookBackHours * HOUR)
  const { at, skip } = cursor === null ? { at: from, skip: 0 } : Cursor.parse(cursor)
  const { readingOnly } = await import('./database.ts')
  const rows = await readingOnly(secrets.connection ?? '', remote, (query) => query(paged(statement), [from, at, skip, ROWS]))
  const told = rows.map(toldBy)
  const last = told.at(-1)
  const more = told.length === ROWS && last !== undefined
  const ofLast = told.filter((row) => row.at === last?.at).length
  return {
    payloads: told.map((body) => ({ event: 'row', body })),
    // Where all were of one moment, those before belong to it as well.
    next: more ? { at: last.at, skip: ofLast === told.length && isSame(last.at, at) ? skip + ofLast : ofLast } : null,
  }
}

function isSame(one: string, other: string): boolean {
  return one === other || Date.parse(momentOf(one)) === Date.parse(momentOf(other))
}

function toldBy({ at, row }: Record<string, unknown>): { at: string; row: unknown } {
  const text = String(row)
  return { at: String(at), row: text.length > LONGEST_ROW ? `more than ${LONGEST_ROW / 1024} KB` : (JSON.parse(text) as unknown) }
}

/** `2026-05-01 10:00:00.25+00`, as PostgreSQL writes a moment, as everybody reads one. */
export function momentOf(at: string): string {
  return at.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')
}

/** What the oldest row of a year says, or why there is none. */
export async function findings({ settings, secrets, remote }: Pick<PageAsk, 'settings' | 'secrets' | 'remote'>): Promise<Finding[]> {
  const { statement } = SqlSettings.parse(settings)
  const { readingOnly } = await import('./database.ts')
  return readingOnly(secrets.connection ?? '', remote, async (query) => {
    const from = formatInstant(Date.now() - 365 * DAY)
    const rows = await query(paged(statement), [from, from, 0, 1])
    const [may] = await query(
      `select count(distinct (table_schema, table_name))::text as tables from information_schema.table_privileges
        where grantee = current_user and table_schema not in ('pg_catalog', 'information_schema') and privilege_type in ('INSERT', 'UPDATE', 'DELETE')`,
      [],
    )
    const first = rows.map(toldBy)[0]
    const found: Finding[] = [
      first
        ? {
            ok: true,
            what: `The statement runs; its first row of the past year is of ${first.at}: ${JSON.stringify(first.row).slice(0, 300)}`,
          }
        : { ok: true, what: 'The statement runs; it returns no row of the past year.' },
    ]
    if (may?.tables !== '0')
      found.push({
        ok: true,
        what: `This user may also write, to ${String(may?.tables)} of its tables. We never do; a user that can only read is safer.`,
      })
    return found
  })
}
