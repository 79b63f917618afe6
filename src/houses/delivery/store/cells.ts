import type { Instant } from '../../../ground/core/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { Duration } from '../assess/index.ts'
import type { Scope } from '../evidence/index.ts'
import type { Group } from './groups.ts'
import { type First, FIRST_CHANGE, firstDeployment, isFirst, memberTable, membersOf, overlap } from './once.ts'
import type { Question } from './question.ts'

/** Rows of one group between two neighbouring borders, as far as they share the reason they do not count. */
export interface Cell {
  group: number
  /** Place among the spans between borders. */
  span: number
  excluded: string | null
  /** How many records. */
  count: number
  hits: number
  /** What they contribute; a negative number is a duration that had not ended. */
  values: readonly number[]
  /** Places of the group's scopes that had any. */
  scopes: readonly number[]
}

/**
 * Adds up derived rows in the store: one statement for all groups and all spans of time, so that numbers and not rows
 * cross over from it.
 * @param apart scopes whose kept rows do not hold at this moment
 */
export async function cellsOf(
  store: Store,
  question: Question,
  ask: { groups: readonly Group[]; borders: readonly Instant[]; at: Instant },
  apart: ReadonlySet<Scope>,
): Promise<Cell[]> {
  const members = ask.groups.flatMap(({ scopes }, group) => membersOf(group, scopes, question, apart))
  if (members.length === 0 || ask.borders.length < 2) return []
  const parts = counted(question, ask, overlap(members))
  const spans = sql`${ask.borders.map((border) => border / 1000)}::double precision[]`
  return store.query<Cell>(sql`
    with ${memberTable(members)},
    counted as (${sql.join(parts, sql` union all `)})
    select "group", width_bucket(extract(epoch from time)::double precision, ${spans}) - 1 as span, excluded, sum(weight)::int as count, (count(*) filter (where hit))::int as hits,
      coalesce(array_agg(value) filter (where value is not null), '{}') as values, array_agg(distinct place) as scopes
    from counted group by 1, 2, 3`)
}

/** Rows as counted, the same rules as `assess/tally`: group, place, time, value, hit, excluded, weight. */
function counted(question: Question, { borders, at }: { borders: readonly Instant[]; at: Instant }, overlaps: boolean): Statement[] {
  const within = (column: Statement) => sql`${column} >= ${instant(borders[0]!)} and ${column} < ${instant(Math.min(borders.at(-1)!, at))}`
  switch (question.of) {
    case 'duration': {
      const value = sql.ref(`r.${DURATIONS[question.duration]}`)
      const deployed = rows(
        'change',
        sql`r.deployed_at as time, case when r.excluded is null then ${value} end as value, false as hit, coalesce(r.excluded, case when ${value} is null then 'part_not_known' end) as excluded, 1 as weight`,
        within(sql`r.deployed_at`),
        overlaps && FIRST_CHANGE,
      )
      if (!question.waiting) return [deployed]
      return [
        deployed,
        rows(
          'change',
          sql`r.merged_at as time, null::double precision as value, false as hit, 'not_deployed_yet' as excluded, 1 as weight`,
          sql`${within(sql`r.merged_at`)} and r.deployed_at >= ${instant(at)}`,
          overlaps && FIRST_CHANGE,
        ),
      ]
    }
    case 'size':
      return [
        overlaps
          ? summedSizes(within(sql`r.merged_at`))
          : rows(
              'change',
              sql`r.merged_at as time, r.lines::double precision as value, false as hit, case when r.lines is null then 'lines_not_known' end as excluded, 1 as weight`,
              within(sql`r.merged_at`),
              false,
            ),
      ]
    case 'deployments': {
      const hit =
        question.side === 'failed'
          ? sql`coalesce(r.failed_at < ${instant(at)}, false)`
          : question.side === 'rework'
            ? sql`r.rework`
            : sql`false`
      const finished = within(sql`r.finished_at`)
      return [
        rows(
          'deployment',
          sql`r.finished_at as time, null::double precision as value, r.kind = 'first' and ${hit} as hit, nullif(r.kind, 'first') as excluded, 1 as weight`,
          finished,
          overlaps && firstDeployment(question, at),
        ),
        rows(
          'deployment',
          sql`r.finished_at as time, null::double precision as value, false as hit, 'another_region' as excluded, r.repeats as weight`,
          sql`${finished} and r.repeats > 0`,
          overlaps && firstDeployment({ ...question, side: 'all' }, at),
        ),
      ]
    }
    case 'recovery': {
      const impossible = sql`r.recovered_at is null and 'ended_before_deployed' = any(r.flags)`
      const value = sql`case when ${impossible} then null when r.recovered_at < ${instant(at)} then extract(epoch from r.recovered_at - r.finished_at) else -extract(epoch from ${instant(at)} - r.finished_at) end`
      return [
        rows(
          'deployment',
          sql`r.finished_at as time, (${value})::double precision as value, false as hit, case when ${impossible} then 'ended_before_deployed' end as excluded, 1 as weight`,
          sql`${within(sql`r.finished_at`)} and r.kind = 'first' and r.failed_at < ${instant(at)}`,
          overlaps && firstDeployment(question, at),
        ),
      ]
    }
  }
}

const DURATIONS: Record<Duration, string> = {
  leadSeconds: 'lead_seconds',
  codingSeconds: 'coding_seconds',
  reviewWaitSeconds: 'review_wait_seconds',
  reviewSeconds: 'review_seconds',
  deployWaitSeconds: 'deploy_wait_seconds',
}

/** @param first where parts of one repository overlap: which of the rows of one record counts */
function rows(table: 'change' | 'deployment', fields: Statement, which: Statement, first: First | false): Statement {
  const where = table === 'change' ? sql`r.here and ${which}` : which
  const from = sql`member m join ${sql.table(`delivery_${table}`)} r on r.scope = m.scope`
  return sql`select m."group", m.place, ${fields} from ${from} where ${where} and ${first === false ? sql`true` : isFirst(table, first)}`
}

/** A change that touches several parts is as large as what it does to all of them. */
function summedSizes(where: Statement): Statement {
  return sql`select m."group", min(m.place) as place, min(r.merged_at) as time, sum(r.lines)::double precision as value, false as hit, case when sum(r.lines) is null then 'lines_not_known' end as excluded, 1 as weight
    from member m join delivery_change r on r.scope = m.scope where r.here and ${where} group by m."group", m.shelf, r.id`
}
