import type { Instant, Window } from '../../../ground/core/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import type { Derived } from '../assess/index.ts'
import { CHANGE_COLUMNS, DEPLOYMENT_COLUMNS, rowsOf, type Scope } from '../evidence/index.ts'
import { shelfOf } from './groups.ts'
import type { Place } from './memory.ts'
import { type First, FIRST_CHANGE, firstDeployment, isFirst, type Member, memberTable, membersOf, overlap } from './once.ts'
import type { AboutChanges, AboutDeployments, Question } from './question.ts'

/** The rows of scopes in a span: kept ones, and those derived in memory. */
export async function placesOf(
  store: Store,
  question: Question,
  {
    scopes,
    apart,
    derived,
    ...wish
  }: {
    scopes: readonly Scope[]
    apart: ReadonlySet<Scope>
    derived: ReadonlyMap<Scope, Derived>
    span: Window
    at: Instant
    /** No more of each scope; all where left out. */
    most?: number
  },
): Promise<Place[]> {
  const members = membersOf(0, scopes, question, apart)
  const places: Place[] = []
  for (const [place, scope] of scopes.entries()) {
    const kept = { members, place, ...wish }
    const about = question.of === 'duration' || question.of === 'size'
    places.push({
      place,
      shelf: shelfOf(scope, question),
      rows: derived.get(scope) ?? {
        changes: about ? await rowsOf(store, CHANGE_COLUMNS, changesIn(question, kept)) : [],
        deployments: about ? [] : await rowsOf(store, DEPLOYMENT_COLUMNS, deploymentsIn(question, kept)),
      },
    })
  }
  return places
}

/** One member whose kept rows are asked for, newest first and no more than are shown. */
interface Kept {
  members: readonly Member[]
  place: number
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

function keptRows(
  table: 'change' | 'deployment',
  { members, place, most }: Kept,
  which: Statement,
  order: Statement,
  first: First | null,
): Statement {
  return sql`with ${memberTable(members)}
    select r.* from member m join ${sql.table(`delivery_${table}`)} r on r.scope = m.scope
    where m.place = ${place} and ${which} and ${first && overlap(members) ? isFirst(table, first) : sql`true`} order by ${order} desc, r.id ${most === undefined ? sql`` : sql`limit ${most}`}`
}
