import type { Instant } from '../../core/index.ts'
import { instant, sql, type Statement } from '../../store/index.ts'
import type { JoinedColumns } from './people.ts'

/**
 * Joins aliases to people and to what they were said to be, as that was known at a moment (null: now). Written in a query
 * as `… ${from} …` after the table whose column `alias` is.
 * @example const who = joinedPeople(sql`c.author`, asOf); sql`select count(distinct ${who.person}) from c ${who.from}`
 */
export function joinedPeople(alias: Statement, asOf: Instant | null): JoinedColumns {
  const { from, person } = personBehind(alias, asOf)
  return {
    from: sql`${from}
      left join lateral (
        select said.says from person_statement said where said.alias = ${alias} and said.says in ('person', 'bot', 'agent') and ${known('said', asOf)}
        order by said.id desc limit 1) what on true`,
    person,
    kind: sql`what.says`,
  }
}

/** The same without what they were said to be, for tables of millions. */
export function personBehind(alias: Statement, asOf: Instant | null): Omit<JoinedColumns, 'kind'> {
  return {
    from: sql`left join person_of who on who.alias = ${alias} and ${known('who', asOf)}`,
    person: sql`coalesce(who.person, ${alias})`,
  }
}

function known(table: string, asOf: Instant | null): Statement<boolean> {
  return asOf === null
    ? sql`${sql.ref(table)}.learned_to = 'infinity'`
    : sql`${sql.ref(table)}.learned_from <= ${instant(asOf)} and ${sql.ref(table)}.learned_to > ${instant(asOf)}`
}
