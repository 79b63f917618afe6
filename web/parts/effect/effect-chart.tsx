import { useMeanwhile } from '../meanwhile.tsx'
import { TimeSeries } from '../../ui/chart/index.ts'
import type { Told } from './told.ts'

const EXPECTED = {
  controls: 'untouched',
  year_before: 'a year before',
  own_trend: 'its own trend',
  other_arm: '',
}

const FROM = {
  controls: 'untouched ones',
  year_before: 'the year before',
  own_trend: 'its own trend',
  other_arm: 'the other arm',
}

/** The subject week by week beside what was expected of it without the change; the day marked. */
export function EffectChart({ told }: { told: Told }) {
  const { points, scale, against, unit, changedAt, title, subject } = told
  const { events, meanwhile } = useMeanwhile(points, subject)
  const known = points.filter(({ value }) => value !== null).length
  if (points.length === 0 || told.design === 'experiment') return null
  if (known < 2) return <p className="quiet">{known === 0 ? 'No week has a value yet.' : 'One week has a value: a way needs two.'}</p>
  const indexed = scale === 'log' || scale === 'share'
  const compared = against !== null && scale !== null
  return (
    <>
      <TimeSeries
        title={compared && indexed ? `${title}, the level before is 100` : title}
        note={
          compared
            ? `grey: what would be expected without the change, from ${FROM[against]}; band: where the change puts it (${Math.round((told.interval?.level ?? told.difference?.level ?? 0.95) * 100)} %)`
            : undefined
        }
        unit={compared && indexed ? 'count' : unit}
        points={points.map((point) => ({
          from: point.from,
          to: point.to,
          value: compared ? point.treated : point.value,
          low: point.low ?? undefined,
          high: point.high ?? undefined,
          n: point.n,
        }))}
        beside={compared ? [{ label: EXPECTED[against], values: points.map(({ expected }) => expected) }] : []}
        outlook={{ changes: [{ at: changedAt, label: 'the day', note: 'the day of the change' }], forecast: [] }}
        events={events}
      />
      {meanwhile}
    </>
  )
}
