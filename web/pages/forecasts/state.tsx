import type { Answer } from '../../api/index.ts'
import { State } from '../../ui/state/index.ts'

type Forecast = Pick<Answer<'forecasts'>['forecasts'][number], 'state' | 'notScored' | 'reading'>

const STATES = {
  open: { state: 'on_course', words: 'Open' },
  came_true: { state: 'met', words: 'Came true' },
  did_not: { state: 'missed', words: 'Did not' },
  unknown: { state: 'unknown', words: 'Unknown' },
} as const

const NOT_SCORED = {
  not_taken: 'not scored: the decision was never taken',
  superseded_first: 'not scored: replaced before its day',
  written_afterwards: 'not scored: written after its day',
} as const

/** What became of a forecast, as word and shape; with the reason where nothing can be said. */
export function CameTrue({ forecast }: { forecast: Forecast }) {
  if (forecast.notScored) return <span className="quiet">{NOT_SCORED[forecast.notScored]}</span>
  const { unknown } = forecast.reading ?? {}
  return (
    <>
      <State {...STATES[forecast.state]} />
      {forecast.state === 'unknown' && unknown && <div className="quiet small">{unknown.fix}</div>}
    </>
  )
}
