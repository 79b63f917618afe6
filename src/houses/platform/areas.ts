import type { Ground } from '../../ground/index.ts'
import type { CollectAsk } from '../../ground/measures/index.ts'
import { sql } from '../../ground/store/index.ts'
import { type AreaCount, busiestArea } from './assess/index.ts'
import { commitsOfPieces } from './measures/commits.ts'
import { BY_PEOPLE } from './measures/work.ts'

/**
 * The folder most commits by people touch, of one piece of a question; null when no commit touches a folder. Its figure is read
 * as `work.area_share` with the dimension `area`.
 */
export async function busiestAreaOf(ask: CollectAsk, { store }: Pick<Ground, 'store'>): Promise<AreaCount | null> {
  const rows = await store.query<{ depth: number; area: string; commits: number }>(sql`
    with c as (${commitsOfPieces(ask, ['files'])}), touched as (
      select distinct c.sha, depth, array_to_string((string_to_array(file ->> 0, '/'))[1:depth], '/') as area
      from c, jsonb_array_elements(coalesce(c.files, '[]'::jsonb)) file, (values (1), (2)) as cut(depth)
      where ${BY_PEOPLE} and array_length(string_to_array(file ->> 0, '/'), 1) > depth)
    select depth, area, count(*)::int as commits from touched group by depth, area order by commits desc, area limit 200`)
  const [all] = await store.query<{ total: number }>(
    sql`with c as (${commitsOfPieces(ask)}) select count(*)::int as total from c where ${BY_PEOPLE}`,
  )
  const at = (depth: number) => rows.filter((row) => row.depth === depth).map(({ area, commits }) => ({ area, commits }))
  return busiestArea(at(1), at(2), all?.total ?? 0)
}
