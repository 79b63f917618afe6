import { entityAt } from '../../../../ground/catalog/index.ts'
import { type Instant, parseQuantity, type Ref } from '../../../../ground/core/index.ts'
import { sql, type Store } from '../../../../ground/store/index.ts'

/**
 * The share of work planned for each outcome of a namespace that states one (`spec.plan.share`), as known at a moment.
 * @decision 0025
 */
export async function plansOf(store: Store, namespace: string, asOf: Instant | undefined): Promise<Map<Ref, number>> {
  const rows = await store.query<{ ref: Ref; share: number | string }>(sql`
    select ref, doc #> '{spec,plan,share}' as share from ${entityAt(asOf)}
    where kind = 'outcome' and namespace = ${namespace} and doc #> '{spec,plan,share}' is not null order by ref`)
  return new Map(
    rows.flatMap(({ ref, share }): [Ref, number][] => {
      const read = parseQuantity(share, 'ratio')
      return read.ok ? [[ref, read.value]] : []
    }),
  )
}
