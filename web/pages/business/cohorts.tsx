import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { FixLink } from '../../parts/reading.tsx'
import { Curve, type HeatCell, HeatTable } from '../../ui/chart/index.ts'
import { formatCount, formatInterval, formatQuantity, plural } from '../../ui/figure/index.ts'
import { sentence } from '../../ui/text/index.ts'
import { cohortsAsk } from './asks.ts'
import classes from './business.module.css'

type Cohorts = Answer<'cohorts.read'>
type Cell = Cohorts['cohorts'][number]['cells'][number]

/** Who came back: the table of cohorts and the curve over all of them. */
export function CohortCharts({ measure }: { measure: string }) {
  const { search } = useAddress()
  const told = useLoaded(cohortsAsk(search, measure))
  if (told.unknown) {
    return (
      <p className="quiet">
        Unknown: {sentence(told.unknown.why)} <FixLink fix={told.unknown.fix} />
      </p>
    )
  }
  const known = Math.max(1, told.curve.filter(({ n }) => n > 0).length)
  const curve = told.curve.slice(0, known)
  const began = (at: string) => beginning(told, at)
  return (
    <div className={classes.charts}>
      <Curve
        title="Share that comes back"
        note={`Of those who began, in whole ${told.interval}s; each point rests on the cohorts that are old enough, the band is the 95\u00a0% interval.`}
        stepHead={`${told.interval}s after`}
        points={curve.map(({ period, share, interval, n, cohorts }) => ({
          step: period,
          share,
          low: interval?.low,
          high: interval?.high,
          n,
          note: plural(cohorts, 'cohort'),
        }))}
      />
      <HeatTable
        title="Cohorts by when they began"
        note={`${leftOut(told)} Time zone ${told.zone}.`}
        rowHead="Began"
        sizeHead="People"
        columns={curve.map(({ period }) => `+${period}`)}
        rows={told.cohorts.map(({ from, size, cells }) => ({
          key: from,
          label: began(from),
          size: size === null ? '< 5' : formatCount(size),
          cells: cells.slice(0, known).map(cellOf),
        }))}
        twin={{
          heads: ['began', 'people', `${told.interval}s after`, 'came back', 'share', 'low', 'high', 'why not known'],
          rows: told.cohorts.flatMap(({ from, size, cells }) =>
            cells
              .slice(0, known)
              .map((cell) => [
                began(from),
                size,
                cell.period,
                cell.returned,
                written(cell.share),
                written(cell.interval?.low),
                written(cell.interval?.high),
                cell.why?.replaceAll('_', ' ') ?? '',
              ]),
          ),
        }}
      />
    </div>
  )
}

function cellOf({ share, returned, interval, why }: Cell): HeatCell {
  if (share === null) {
    const hint = why === 'small_group' ? 'fewer than five people, not shown' : why === 'incomplete' ? 'not over yet' : 'nobody began'
    return { share, text: why === 'small_group' ? '< 5' : '', hint }
  }
  const between = interval ? `, between ${formatInterval(interval.low, interval.high, 'ratio')}` : ''
  return { share, text: `${Math.round(share * 100)}\u00a0%`, hint: `${plural(returned ?? 0, 'person', 'people')} came back${between}` }
}

function written(share: number | null | undefined): string | null {
  return share === null || share === undefined ? null : formatQuantity(share, 'ratio')
}

/** What is not in the table, in words. */
function leftOut({ excluded, interval }: Cohorts): string {
  const count = (code: string) => excluded.find((one) => one.code === code)?.count ?? 0
  const parts = [
    count('incomplete_cohort')
      ? `${plural(count('incomplete_cohort'), 'person', 'people')} began too recently: their first ${interval} after is not over`
      : '',
    count('small_cohort') ? `${plural(count('small_cohort'), 'person', 'people')} in cohorts of fewer than five are not shown` : '',
    count('repeated_start') ? `${plural(count('repeated_start'), 'record')} of people who had begun before` : '',
    count('erased_person') ? `${plural(count('erased_person'), 'record')} gone with people who were erased` : '',
  ].filter(Boolean)
  return parts.length ? `${parts.join('; ')}.` : 'Hatched cells are not over yet.'
}

/** The day or month a cohort began, where the measure counts it. */
function beginning({ interval, zone }: Cohorts, at: string): string {
  const how: Intl.DateTimeFormatOptions =
    interval === 'month' ? { month: 'short', year: 'numeric' } : { day: 'numeric', month: 'short', year: 'numeric' }
  return new Intl.DateTimeFormat('en-GB', { ...how, timeZone: zone }).format(new Date(at))
}
