import { eventMarks, Happened } from '../../../parts/happened.tsx'
import { StackedSeries, TimeSeries } from '../../../ui/chart/index.ts'
import { lengthWords } from '../../../ui/figure/index.ts'
import { Section } from '../../../ui/page/index.ts'
import type { SloPage } from './asks.ts'

/** The budget going down over the window, and the events behind it. */
export function OverTime({ page }: { page: SloPage }) {
  const { steps, happened, status } = page
  const known = steps.filter(({ remaining }) => remaining !== null)
  if (known.length === 0) return null
  if (known.length === 1)
    return (
      <Section title="How it went">
        <p className="quiet">One step of the window is known: a way down needs two.</p>
      </Section>
    )
  const points = known.map(({ from, to, remaining, total }) => ({ from, to, value: remaining, n: Math.round(total) }))
  const told = happened.filter(({ kind }) => kind === 'deployment' || kind === 'incident')
  return (
    <>
      <Section
        title="How it went"
        note={`share of the budget left over ${lengthWords(status.window.text)}; below 0 more was spent than allowed; marks are deployments and incidents`}
      >
        <TimeSeries
          title="Error budget left"
          untitled
          unit="ratio"
          points={points}
          target={{ value: 0, label: 'all spent' }}
          events={eventMarks(told, points)}
        />
        <Happened annotations={happened} />
      </Section>
      <Section title="Events" note="by the same steps of the window">
        <StackedSeries
          title="Events"
          untitled
          counts="events"
          parts={[
            { key: 'good', label: 'good' },
            { key: 'bad', label: 'bad' },
          ]}
          spans={steps.map(({ from, to, good, total }) => ({ from, to, values: [good, Math.max(0, total - good)] }))}
        />
      </Section>
    </>
  )
}
