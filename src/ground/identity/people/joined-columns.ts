import type { Instant } from '../../core/index.ts'
import { instant, sql, type Statement } from '../../store/index.ts'
import type { JoinedColumns } from './people.ts'

/**
 * Joins aliases to people and to what they were said to be, as that was known at a moment (null: now). Written in a query
 * as `… ${from} …` after the table whose column `alias` is.
 * @example const who = joinedPeople(sql`c.author`, asOf); sql`select count(distinct ${who.person}) from c ${who.from}`
 */
export function joinedPeople(alias: Statement, asOf: Instant | null): JoinedColumns {
  const known = (table: string) =>
    asOf === null
      ? sql`${sql.ref(table)}.learned_to = 'infinity'`
      : sql`${sql.ref(table)}.learned_from <= ${instant(asOf)} and ${sql.ref(table)}.learned_to > ${instant(asOf)}`
  return {
    from: sql`left join person_of who on who.alias = ${alias} and ${known('who')}
      left join lateral (
        select said.says from person_statement said where said.alias = ${alias} and said.says in ('person', 'bot', 'agent') and ${known('said')}
        order by said.id desc limit 1) what on true`,
    person: sql`coalesce(who.person, ${alias})`,
    kind: sql`what.says`,
  }
}
