import type { Instant, Window } from '../../../ground/core/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { ChangeRow, DeploymentRow, Derived } from '../assess/index.ts'
import { CHANGE_COLUMNS, type Columns, DEPLOYMENT_COLUMNS, rowsOf, type Scope } from '../evidence/index.ts'
import { shelfOf } from './groups.ts'
import type { Place } from './memory.ts'
import { type First, FIRST_CHANGE, firstDeployment, isFirst, type Member, memberTable, membersOf, overlap } from './once.ts'
import type { AboutChanges, AboutDeployments, Question } from './question.ts'

/** What rows are looked for. */
interface Wish {
  span: Window
  at: Instant
  /** Of each group no more records; all where left out. */
  most?: number
}

/** Scopes whose kept rows do not hold, and the rows that were derived in memory instead. */
interface Apart {
  apart: ReadonlySet<Scope>
  derived: ReadonlyMap<Scope, Derived>
}

/** The rows of scopes in a span: kept ones, and those derived in memory. */
export async function placesOf(
  store: Store,
  question: Question,
  { scopes, ...how }: { scopes: readonly Scope[] } & Wish & Apart,
): Promise<Place[]> {
  return (await placesOfEach(store, question, [{ scopes }], how))[0]!
}

/** The same for several groups of scopes, in one statement. */
export async function placesOfEach(
  store: Store,
  question: Question,
  groups: readonly { scopes: readonly Scope[] }[],
  { apart, derived, ...wish }: Wish & Apart,
): Promise<Place[][]> {
  const members = groups.flatMap(({ scopes }, group) => membersOf(group, scopes, question, apart))
  const about = question.of === 'duration' || question.of === 'size'
  const kept = { members, ...wish }
  const changes = about ? await placed(store, CHANGE_COLUMNS, changesIn(question, kept), members) : new Map<string, ChangeRow[]>()
  const deployments = about
    ? new Map<string, DeploymentRow[]>()
    : await placed(store, DEPLOYMENT_COLUMNS, deploymentsIn(question, kept), members)
  return groups.map(({ scopes }, group) =>
    scopes.map((scope, place) => {
      const key = keyOf({ group, place })
      const rows = derived.get(scope) ?? { changes: changes.get(key) ?? [], deployments: deployments.get(key) ?? [] }
      return { place, shelf: shelfOf(scope, question), rows }
    }),
  )
}

type Placed = Pick<Member, 'group' | 'place'>

const PLACE = [
  { field: 'group', column: 'group', kind: 'integer', key: 'group' },
  { field: 'place', column: 'place', kind: 'integer', key: 'place' },
] as const

function keyOf({ group, place }: Placed): string {
  return `${group} ${place}`
}

/** Rows of one statement, by the group and place of the scope they belong to. */
async function placed<Row>(
  store: Store,
  columns: Columns<Row>,
  from: Statement,
  members: readonly Member[],
): Promise<Map<string, (Row & Placed)[]>> {
  if (members.length === 0) return new Map()
  return Map.groupBy(await rowsOf<Row & Placed>(store, [...columns, ...PLACE], from), keyOf)
}

/** Members whose kept rows are asked for, newest first and no more than are shown. */
interface Kept {
  members: readonly Member[]
  span: Window
  at: Instant
  most?: number
}

function changesIn(question: AboutChanges, kept: Kept): Statement {
  const { span, at } = kept
  const within = (column: string) => sql`${sql.ref(column)} >= ${instant(span.from)} and ${sql.ref(column)} < ${instant(span.to)}`
  if (question.of === 'size') return keptRows('change', kept, sql`r.here and ${within('r.merged_at')}`, sql`r.merged_at`, null)
  return keptRows(
    'change',
    kept,
    question.waiting
      ? sql`r.here and (${within('r.deployed_at')} or (${within('r.merged_at')} and r.deployed_at >= ${instant(at)}))`
      : sql`r.here and ${within('r.deployed_at')}`,
    sql`least(r.deployed_at, case when r.deployed_at >= ${instant(at)} then r.merged_at end)`,
    FIRST_CHANGE,
  )
}

function deploymentsIn(question: AboutDeployments, kept: Kept): Statement {
  const { span, at } = kept
  return keptRows(
    'deployment',
    kept,
    sql`r.finished_at >= ${instant(span.from)} and r.finished_at < ${instant(span.to)}`,
    sql`r.finished_at`,
    firstDeployment(question, at),
  )
}

/** The newest rows of each scope by an index, of these the newest of its group: a record that several have counts once. */
function keptRows(
  table: 'change' | 'deployment',
  { members, most }: Kept,
  which: Statement,
  order: Statement,
  first: First | null,
): Statement {
  const own = sql`
    select r.*, ${order} as newest from ${sql.table(`delivery_${table}`)} r
    where r.scope = m.scope and ${which} and ${first && overlap(members) ? isFirst(table, first) : sql`true`}`
  if (most === undefined)
    return sql`with ${memberTable(members)} select r.*, m."group", m.place from member m cross join lateral (${own}) r`
  return sql`with ${memberTable(members)}
    select * from (
      select r.*, m."group", m.place, dense_rank() over (partition by m."group" order by r.newest desc, r.id) as nth
      from member m cross join lateral (${own} order by newest desc, r.id limit ${most}) r
    ) ranked where nth <= ${most} order by "group", nth, place`
}
