import { refKind } from '../../core/index.ts'
import { sql, type Statement } from '../../store/index.ts'
import type { NodeId } from '../links/node-id.ts'
import { isSideways, LINK_TYPES } from '../links/types.ts'

/**
 * How far a kind stands from intent: 0 is the vision, records are at the bottom. A link leads up to the end that
 * stands higher; between two of one kind it leads up to its target (what is superseded, the parent of a work item).
 */
const ALTITUDE: Readonly<Record<string, number>> = {
  vision: 0,
  outcome: 1,
  principle: 2,
  decision: 3,
  exception: 3,
  investment: 4,
  domain: 5,
  system: 6,
  platform: 6,
  component: 7,
  resource: 7,
  api: 7,
  repository: 8,
  work_item: 9,
  change: 10,
  commit: 11,
  deployment: 12,
  incident: 13,
  risk: 14,
  measure: 15,
}
/** Kinds nobody placed: with the components. */
const ELSEWHERE = 7

export function altitude(id: NodeId): number {
  return ALTITUDE[refKind(id)] ?? ELSEWHERE
}

/** Which end of a link stands higher; null for links that hang things together without serving anything. */
export function upperEnd(link: { from: NodeId; type: string; to: NodeId }): 'from' | 'to' | null {
  if (isSideways(link.type)) return null
  return altitude(link.from) < altitude(link.to) ? 'from' : 'to'
}

/** The same rule in SQL, over the columns of `link`: true where `to_id` is the upper end. */
export const leadsUp: Statement<boolean> = sql`${altitudeOf('from_id')} >= ${altitudeOf('to_id')}`

/** True for links trace follows. */
export const followed: Statement<boolean> = sql`type not in (${sql.join(LINK_TYPES.filter((type) => type.sideways).map((type) => sql.lit(type.type)))})`

function altitudeOf(column: 'from_id' | 'to_id'): Statement {
  const cases = Object.entries(ALTITUDE).map(([kind, height]) => sql`when ${sql.lit(kind)} then ${sql.lit(height)}`)
  return sql`case split_part(${sql.ref(column)}, ':', 1) ${sql.join(cases, sql` `)} else ${sql.lit(ELSEWHERE)} end`
}
