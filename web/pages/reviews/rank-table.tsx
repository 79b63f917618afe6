import type { Answer } from '../../api/index.ts'
import { GoTo } from '../../app/go.tsx'
import { ChartFrame } from '../../ui/chart/index.ts'
import { Term } from '../../ui/text/index.ts'
import classes from './reviews.module.css'

type Review = Answer<'review.read'>

/** How each side ranked, side by side, beside the order before and the one agreed. */
export function RankTable({ review, linked = true }: { review: Review; linked?: boolean }) {
  const ranked = review.sides.flatMap(({ side, ranking }) => (ranking ? [{ side, ranking }] : []))
  const columns = [
    ...ranked.map(({ side, ranking }) => ({ head: side, order: ranking, quiet: false })),
    { head: 'before', order: review.before, quiet: true },
    ...(review.agreed ? [{ head: 'agreed', order: review.agreed, quiet: false }] : []),
  ]
  const sum = (ref: string) => ranked.reduce((total, { ranking }) => total + ranking.indexOf(ref), 0)
  const order = review.agreed ?? review.outcomes.map(({ ref }) => ref).toSorted((a, b) => sum(a) - sum(b))
  const titles = new Map(review.outcomes.map(({ ref, title }) => [ref, title]))
  const placeOf = (list: readonly string[], ref: string) => (list.includes(ref) ? list.indexOf(ref) + 1 : null)
  const apart = (ref: string) => {
    const places = ranked.flatMap(({ ranking }) => placeOf(ranking, ref) ?? [])
    return places.length > 1 ? Math.max(...places) - Math.min(...places) : 0
  }
  const twin = {
    heads: ['outcome', ...columns.map(({ head }) => head), 'places apart'],
    rows: order.map((ref) => [titles.get(ref) ?? ref, ...columns.map((column) => placeOf(column.order, ref)), apart(ref)]),
  }
  return (
    <ChartFrame title="Ranks by side" untitled twin={twin}>
      <div className={classes.ranks} role="region" aria-label="Ranks by side" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Outcome</th>
              {columns.map(({ head, quiet }) => (
                <th key={head} scope="col" data-quiet={quiet || undefined}>
                  {head}
                </th>
              ))}
              <th scope="col">{linked ? <Term of="places apart">apart</Term> : 'apart'}</th>
            </tr>
          </thead>
          <tbody>
            {order.map((ref) => (
              <tr key={ref}>
                <th scope="row">{linked ? <GoTo id={ref}>{titles.get(ref) ?? ref}</GoTo> : (titles.get(ref) ?? ref)}</th>
                {columns.map((column) => (
                  <td key={column.head} data-quiet={column.quiet || undefined}>
                    {placeOf(column.order, ref) ?? '–'}
                  </td>
                ))}
                <td>{apart(ref)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </ChartFrame>
  )
}
