import { refKind } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { GapFinder } from '../catalog.ts'
import { entityAt, linkAt } from '../known.ts'
import { inScope } from './scope.ts'

/** Links that lead to something nobody declares. Measures may be built in, and records need no declaration. */
export function danglingReferences(store: Store): GapFinder {
  return {
    code: 'dangling_reference',
    async find(scope) {
      const rows = await store.query<{ ref: string; targets: string[] }>(sql`
        select entity.ref, array_agg(distinct target order by target) as targets
        from ${entityAt(scope.asOf)} join ${linkAt(scope.asOf)} on link.owner = entity.ref
          cross join lateral (select case when link.from_id = entity.ref then link.to_id else link.from_id end as target) as other
        where ${inScope(scope)}
          and split_part(target, ':', 1) not in ('measure', 'commit', 'change', 'deployment', 'incident', 'work_item', 'sli', 'measurement', 'cost', 'product_event', 'event')
          and not exists (select 1 from ${entityAt(scope.asOf, 'there')} where there.ref = target)
        group by entity.ref order by entity.ref`)
      return rows.map(({ ref, targets }) => ({
        code: 'dangling_reference',
        ref,
        message: `${ref} names ${listed(targets)}, which nobody declares`,
        fix: `Declare ${targets.length === 1 ? `the ${refKind(targets[0]!)}` : 'them'}, or correct the name.`,
      }))
    },
  }
}

/** A chain of decisions that one of the two does not know of. */
export function oneSidedSuperseding(store: Store): GapFinder {
  return {
    code: 'superseding_one_sided',
    async find(scope) {
      const rows = await store.query<{ ref: string; by: string | null; status: string | null }>(sql`
        select distinct entity.ref, newer.from_id as by, entity.doc #>> '{spec,status}' as status
        from ${entityAt(scope.asOf)} left join ${linkAt(scope.asOf, 'newer')} on newer.to_id = entity.ref and newer.type = 'supersedes' and newer.status = 'accepted'
        where entity.kind = 'decision' and ${inScope(scope)}
          and (newer.from_id is null) = (coalesce(entity.doc #>> '{spec,status}', '') = 'superseded')
        order by entity.ref, newer.from_id`)
      return rows.map(({ ref, by, status }) =>
        by === null
          ? {
              code: 'superseding_one_sided',
              ref,
              message: `${ref} says it is superseded, but no decision says that it supersedes it`,
              fix: 'Name it in the decision that took its place (spec.supersedes).',
            }
          : {
              code: 'superseding_one_sided',
              ref,
              message: `${by} supersedes ${ref}, whose own status is ${status ?? 'not stated'}`,
              fix: `Set the status of ${ref} to superseded.`,
            },
      )
    },
  }
}

function listed(words: readonly string[]): string {
  if (words.length > 5) return `${words.slice(0, 4).join(', ')} and ${words.length - 4} more`
  return words.length < 2 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
