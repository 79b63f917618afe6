import { dayWords, formatDay, type Ref } from '../../core/index.ts'
import { sql, type Statement, type Store } from '../../store/index.ts'
import type { Gap, GapFinder, GapScope } from '../catalog.ts'
import { entityAt, linkAt } from '../known.ts'
import { inScope } from './scope.ts'

/** Outcomes that no work item, change or commit leads up to, directly or through principles, decisions and investments. */
export function outcomesWithoutWork(store: Store): GapFinder {
  return {
    code: 'outcome_without_work',
    async find(scope) {
      const rows = await store.query<{ ref: Ref; title: string }>(sql`
        with recursive below(outcome, id, depth) as (
          select ref, ref, 0 from ${entityAt(scope.asOf)} where kind = 'outcome' and ${inScope(scope)}
          union
          select below.outcome, link.from_id, depth + 1
          from below join ${linkAt(scope.asOf)} on link.to_id = below.id
          where depth < 6 and link.status = 'accepted' and link.type in ('serves', 'supports', 'implements')
            and split_part(below.id, ':', 1) not in ('work_item', 'change', 'commit')
        )
        select ref, coalesce(title, name) as title from ${entityAt(scope.asOf)}
        where kind = 'outcome' and ${inScope(scope)}
          and ref not in (select outcome from below where split_part(id, ':', 1) in ('work_item', 'change', 'commit'))
        order by ref`)
      return rows.map(({ ref, title }) => ({
        code: 'outcome_without_work',
        ref,
        message: `No work leads up to "${title}"`,
        fix: `Link a work item or change to it with the trailer "Serves: ${ref}", or accept a suggestion.`,
      }))
    },
  }
}

export function principlesUncited(store: Store): GapFinder {
  return missing(store, {
    code: 'principle_uncited',
    where: ({ asOf }) =>
      sql`entity.kind = 'principle' and not exists (select 1 from ${linkAt(asOf)} where to_id = entity.ref and type in ('supports', 'against') and status = 'accepted' and from_id like 'decision:%')`,
    message: (title) => `No decision cites the principle "${title}"`,
    fix: () =>
      'Say in the decisions it guided that they argue for it or go against it (spec.supports, spec.against); if there are none, ask whether it guides anything.',
  })
}

export function outcomesWithoutMeasure(store: Store): GapFinder {
  return missing(store, {
    code: 'outcome_without_measure',
    where: () => sql`entity.kind = 'outcome' and entity.doc #>> '{spec,measure}' is null`,
    message: (title) => `Nobody can check "${title}": it names no measure`,
    fix: () => 'Name the measure that shows it (spec.measure), for example delivery.change_lead_time.',
  })
}

export function ownerless(store: Store): GapFinder {
  // A word that stands for nobody is no owner, whether it stands in spec.owner or became a link.
  const unowned = ({ asOf }: GapScope) =>
    sql`not exists (select 1 from ${linkAt(asOf)} where from_id = entity.ref and type = 'ownedBy' and status = 'accepted' and split_part(to_id, '/', 2) not in ('', 'unknown', 'tbd', 'todo', 'none', 'nobody', 'erased'))`
  const of = (kind: string) =>
    missing(store, {
      code: `${kind}_without_owner`,
      where: (scope) => sql`entity.kind = ${kind} and ${unowned(scope)}`,
      message: (title) => `Nobody owns the ${kind} "${title}"`,
      fix: () => 'Name the group that answers for it (spec.owner).',
    })
  return { code: 'without_owner', find: async (scope) => [...(await of('outcome').find(scope)), ...(await of('component').find(scope))] }
}

export function exceptionsExpired(store: Store): GapFinder {
  return {
    code: 'exception_expired',
    async find(scope) {
      const rows = await store.query<{ ref: Ref; title: string; until: string }>(sql`
        select ref, coalesce(title, name) as title, doc #>> '{spec,until}' as until from ${entityAt(scope.asOf)}
        where kind = 'exception' and ${inScope(scope)} and doc #>> '{spec,until}' < ${formatDay(scope.at)} order by ref`)
      return rows.map(({ ref, title, until }) => ({
        code: 'exception_expired',
        ref,
        message: `The exception "${title}" ended on ${dayWords(Date.parse(until))}`,
        fix: 'Remove it, or decide again with a new date.',
      }))
    },
  }
}

interface Missing {
  code: string
  where(scope: GapScope): Statement
  message(title: string): string
  fix(ref: Ref): string
}

function missing(store: Store, { code, where, message, fix }: Missing): GapFinder {
  return {
    code,
    async find(scope) {
      const rows = await store.query<{ ref: Ref; title: string }>(sql`
        select entity.ref, coalesce(entity.title, entity.name) as title from ${entityAt(scope.asOf)} where ${inScope(scope)} and ${where(scope)} order by entity.ref`)
      return rows.map(({ ref, title }): Gap => ({ code, ref, message: message(title), fix: fix(ref) }))
    },
  }
}
