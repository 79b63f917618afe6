import { DAY, type Instant } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import type { CollectAsk, MeasureDefinition } from './measures.ts'

/** Only records of these kinds are deleted with the person they tell of; others stay without the name. */
const DELETED = ['product_event']

/**
 * For each piece, how many records of its days were deleted because they told of nothing but somebody who was erased. They
 * are gone from every moment, so that it does not matter as of when somebody asks.
 */
export async function erasedBehind(
  store: Store,
  { kinds }: Pick<MeasureDefinition, 'kinds'>,
  { pieces, at }: Pick<CollectAsk, 'pieces' | 'at'>,
): Promise<number[]> {
  const deleted = kinds.filter((kind) => DELETED.includes(kind))
  if (deleted.length === 0 || pieces.length === 0) return pieces.map(() => 0)
  const subjectsOf = (shares: CollectAsk['pieces'][number]['shares']) =>
    new Set(shares.flatMap(({ subjects, repository }) => (repository ? [...subjects, repository] : subjects)))
  const all = new Set(pieces.flatMap(({ shares }) => [...subjectsOf(shares)]))
  const from = Math.min(...pieces.map(({ window }) => window.from))
  const to = Math.min(at, Math.max(...pieces.map(({ window }) => window.to)))
  const days = await store.query<{ subject: string; day: Instant; records: number }>(sql`
    select subject, day::timestamp at time zone 'UTC' as day, sum(records)::int as records from erased_record
    where subject = any(${[...all]}::text[]) and kind = any(${deleted}::text[])
      and day >= (${instant(from)} at time zone 'UTC')::date and day <= (${instant(to)} at time zone 'UTC')::date
    group by subject, day`)
  if (days.length === 0) return pieces.map(() => 0)
  return pieces.map(({ shares, window }) => {
    const own = subjectsOf(shares)
    const end = Math.min(window.to, at)
    return days.reduce(
      (sum, { subject, day, records }) => (own.has(subject) && day + DAY > window.from && day < end ? sum + records : sum),
      0,
    )
  })
}
