import { Suspense } from 'react'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { ReadingFigure } from '../../parts/reading.tsx'
import { WindowPicker } from '../../parts/window-picker.tsx'
import { Distribution, type Part, rangeWords, Sparkline, StackedBar } from '../../ui/chart/index.ts'
import { EmptyState, Waiting } from '../../ui/feedback/index.ts'
import { formatQuantity, plural, unbroken } from '../../ui/figure/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { formatDays, Term } from '../../ui/text/index.ts'
import { overviewAsk } from './asks.ts'
import { Cohorts } from './cohorts.tsx'
import { Components } from './components.tsx'
import classes from './delivery.module.css'

type Overview = Answer<'delivery.overview'>

export default function DeliveryPage() {
  const { search, set } = useAddress()
  const overview = useLoaded(overviewAsk(search))
  const everything = overview.subject.startsWith('namespace:')
  const silent = overview.measures.every((measure) => measure.reading.n === 0)
  return (
    <Page
      title={everything ? 'Delivery' : `Delivery of ${shortName(overview.subject)}`}
      asks={`How fast and how safely do changes reach people? ${formatDays(overview.window)}${overview.environment === 'production' ? '' : `, in ${overview.environment}`}.`}
      answer={<p>{unbroken(overview.headline)}</p>}
      actions={<WindowPicker />}
    >
      {!everything && (
        <p className={classes.narrowed} data-screen-only>
          <Button onClick={() => set({ subject: undefined }, { push: true })}>Show everything</Button>
        </p>
      )}
      <ul className={classes.five}>
        {overview.measures.map((measure) => (
          <Measure key={measure.id} measure={measure} />
        ))}
      </ul>
      {silent && (
        <EmptyState
          title="No delivery in this span"
          why="Version tags in git, or deployments sent by a pipeline, become lead times and frequencies; incidents show which of them failed."
          command="throughline scan path/to/repository"
        />
      )}
      <Stages overview={overview} />
      <Spread overview={overview} />
      <Suspense fallback={<Waiting height="10rem" gap="1.5rem" />}>
        <Cohorts />
      </Suspense>
      <Components overview={overview} />
    </Page>
  )
}

/** Fewer readings make no line. */
const FEW = 3

/** One of the five: what it asks, where it stands, which way it went. */
function Measure({ measure }: { measure: Overview['measures'][number] }) {
  const { search } = useAddress()
  const values = measure.series.map((reading) => reading.value)
  return (
    <li>
      <h2>
        <Go to={urls.measure(measure.id)} search={search} title={measure.question}>
          {measure.title}
        </Go>
      </h2>
      <ReadingFigure reading={measure.reading} />
      {values.filter((value) => value !== null).length >= FEW && (
        <Sparkline values={values} label={`${measure.title} over the span, ${values.length} readings`} />
      )}
    </li>
  )
}

/** Where the way from first commit to users is spent; the longest wait is said first. */
function Stages({ overview }: { overview: Overview }) {
  const { search } = useAddress()
  const parts = overview.stages.flatMap((stage): Part[] =>
    stage.share === null
      ? []
      : [
          {
            key: stage.stage,
            label: <Term of={stage.title}>{stage.title}</Term>,
            share: stage.share,
            detail:
              stage.medianSeconds === null
                ? plural(stage.n, 'change')
                : `median ${formatQuantity(stage.medianSeconds, 's')}, n = ${stage.n}`,
          },
        ],
  )
  if (parts.length === 0) return null
  const unknown = overview.stages.filter((stage) => stage.share === null).map((stage) => stage.title.toLowerCase())
  return (
    <Section title="Where the time goes" note="shares of all the time changes took together">
      {overview.biggestWait && <p className={classes.wait}>{unbroken(overview.biggestWait.sentence)}</p>}
      <StackedBar parts={parts} label="Stages of a change on its way to users" />
      {unknown.length > 0 && (
        <p className="quiet small">
          Unknown: {unknown.join(', ')}. Reviews are not in git; <Go to={urls.evidence()}>connect a source that knows them</Go>.{' '}
          <Go to={urls.measure('delivery.change_lead_time')} search={search}>
            See the records
          </Go>
        </p>
      )}
    </Section>
  )
}

/** How lead times spread, in ranges people think in. */
function Spread({ overview: { distribution } }: { overview: Overview }) {
  const counted = distribution.reduce((sum, bin) => sum + bin.count, 0)
  if (counted === 0) return null
  const first = distribution.findIndex((bin) => bin.count > 0)
  const last = distribution.findLastIndex((bin) => bin.count > 0)
  const bins = distribution
    .slice(first, last + 1)
    .map((bin) => ({ label: rangeWords(bin.from, bin.to ?? undefined, 's'), count: bin.count }))
  return (
    <Section title="How lead times spread" note="a median hides the long tail; this shows it">
      <Distribution title="Changes by lead time" bins={bins} note={plural(counted, 'change')} />
    </Section>
  )
}
