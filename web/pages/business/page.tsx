import { type ReactNode, Suspense } from 'react'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { ReadingFigure } from '../../parts/reading.tsx'
import { WindowPicker } from '../../parts/window-picker.tsx'
import { Sparkline } from '../../ui/chart/index.ts'
import { Waiting } from '../../ui/feedback/index.ts'
import { unbroken } from '../../ui/figure/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { formatDays, Term } from '../../ui/text/index.ts'
import { businessAsk } from './asks.ts'
import classes from './business.module.css'
import { CohortCharts } from './cohorts.tsx'
import { NothingAsked } from './empty.tsx'
import { FunnelChart } from './funnel.tsx'

type Measure = Answer<'business.overview'>['measures'][number]

export default function BusinessPage() {
  const { search } = useAddress()
  const told = useLoaded(businessAsk(search))
  const of = (...kinds: Measure['about'][]) => told.measures.filter(({ about }) => kinds.includes(about))
  const asked = of('activation', 'retention', 'funnel', 'revenue_per_user')
  const friction = of('friction')
  const whole = told.subject.startsWith('namespace:')
  return (
    <Page
      title={whole ? 'Business' : `Business of ${shortName(told.subject)}`}
      asks={`Do people get what they came for, and do they come back? ${formatDays(told.window)}; at least half a year, because people take their time.`}
      answer={<p>{unbroken(told.headline)}</p>}
      actions={<WindowPicker />}
    >
      {asked.length > 0 ? <Cards measures={asked} /> : <NothingAsked events={told.events} />}
      <Chosen
        measures={of('retention')}
        part="retention"
        title={
          <>
            Who comes back: <Term of="user retention">retention</Term>
          </>
        }
      >
        {(id) => <CohortCharts measure={id} />}
      </Chosen>
      <Chosen
        measures={of('funnel')}
        part="funnel"
        title={
          <>
            Where people leave: <Term>funnel</Term>
          </>
        }
      >
        {(id) => <FunnelChart measure={id} />}
      </Chosen>
      {friction.length > 0 && (
        <Section
          title={
            <>
              What gets in their way: <Term>friction</Term>
            </>
          }
          note="measures tagged friction"
        >
          <Cards measures={friction} />
        </Section>
      )}
      {asked.length > 0 && friction.length === 0 && (
        <Section
          title={
            <>
              What gets in their way: <Term>friction</Term>
            </>
          }
        >
          <p className="quiet">
            Unknown: no measure is tagged <code>friction</code>. Give the tag to a Measure for support contacts, satisfaction or waiting
            times.
          </p>
        </Section>
      )}
    </Page>
  )
}

/** Fewer readings make no line. */
const FEW = 3

function Cards({ measures }: { measures: readonly Measure[] }) {
  const { search } = useAddress()
  return (
    <ul className={classes.cards}>
      {measures.map((measure) => {
        const values = measure.series.map((reading) => reading.value)
        return (
          <li key={measure.id}>
            <h3>
              <Go to={urls.measure(measure.id)} search={sameWindow(search, measure)} title={measure.question}>
                {measure.title}
              </Go>
            </h3>
            <ReadingFigure reading={measure.reading} />
            {measure.outcomes.map(({ ref, title }) => (
              <p key={ref} className="small">
                For <GoTo id={ref}>{title}</GoTo>
              </p>
            ))}
            {values.filter((value) => value !== null).length >= FEW && (
              <Sparkline values={values} label={`${measure.title} over the span, ${values.length} readings`} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** The measure's own page for the very window that is told here, so that its number is the same. */
function sameWindow(search: Record<string, string | undefined>, { reading }: Measure): Record<string, string | undefined> {
  const { retention: _retention, funnel: _funnel, days: _days, ...rest } = search
  return { ...rest, from: reading.window.from.slice(0, 10), to: lastDay(reading.window.to) }
}

function lastDay(to: string): string {
  return new Date(Date.parse(to) - 1).toISOString().slice(0, 10)
}

/** One of several measures of a kind, chosen in the address. */
function Chosen({
  measures,
  part,
  title,
  children,
}: {
  measures: readonly Measure[]
  part: 'retention' | 'funnel'
  title: ReactNode
  children: (id: string) => ReactNode
}) {
  const { search } = useAddress()
  const chosen = measures.find(({ id }) => id === search[part]) ?? measures[0]
  if (!chosen) return null
  return (
    <Section title={title} note={chosen.question}>
      {measures.length > 1 && (
        <nav className={classes.choices} aria-label={`Measures of ${part}`} data-screen-only>
          {measures.map(({ id, title: name }) => (
            <Go
              key={id}
              to={urls.business()}
              search={{ ...search, [part]: id }}
              resetScroll={false}
              aria-current={id === chosen.id ? 'true' : undefined}
            >
              {name}
            </Go>
          ))}
        </nav>
      )}
      <Suspense fallback={<Waiting height="20rem" gap="1rem" />}>{children(chosen.id)}</Suspense>
    </Section>
  )
}
