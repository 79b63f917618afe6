import { Suspense } from 'react'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go, shortName } from '../../app/go.tsx'
import { subjectOf } from '../../app/search.ts'
import { urls } from '../../app/urls.ts'
import { DriversOf } from '../../parts/drivers-of.tsx'
import { kindsWords } from '../../parts/kinds.ts'
import { ReadingFigure } from '../../parts/reading.tsx'
import { WindowPicker } from '../../parts/window-picker.tsx'
import { binsOf, Distribution } from '../../ui/chart/index.ts'
import { formatQuantity, plural } from '../../ui/figure/index.ts'
import { Waiting } from '../../ui/feedback/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { formatDays, sentence, Term } from '../../ui/text/index.ts'
import { byComponentAsk, LISTED, measuresAsk, readingAsk } from './asks.ts'
import { Benchmarks } from './benchmarks.tsx'
import { ByComponent } from './by-component.tsx'
import classes from './measures.module.css'
import { OverTime } from './over-time.tsx'
import { Records } from './records.tsx'
import { Serves } from './serves.tsx'

export type Reading = Answer<'measure.read'>['readings'][number]
type Listed = Answer<'measure.list'>['measures'][number]

export default function MeasurePage() {
  const { search } = useAddress()
  const { measure: id = '' } = useNames()
  const listed = useLoaded(measuresAsk(search)).measures.find((one) => one.id === id)
  const { readings, rows = [] } = useLoaded(readingAsk(search, id))
  const [reading] = readings
  const subject = subjectOf(search)
  return (
    <Page
      title={listed?.title ?? id}
      asks={listed?.question ?? 'What do the records say?'}
      above={
        <>
          <Go to={urls.measures()}>Measures</Go> / {subject.startsWith('namespace:') ? 'everything here' : shortName(subject)}
        </>
      }
      answer={reading && <p>{answer(reading)}</p>}
      actions={
        <>
          <Go to={urls.effect()} search={{ measure: id, subject: search.subject }} className={buttonClass}>
            What did a change do?
          </Go>
          <WindowPicker />
        </>
      }
    >
      {reading && (
        <div className={classes.now}>
          <ReadingFigure reading={reading} size="l" />
          {reading.quantiles && <Quantiles reading={reading} />}
          <p className="quiet small">{formatDays(reading.window)}</p>
        </div>
      )}
      <Suspense fallback={<Waiting height="18rem" gap="1.5rem" />}>
        <OverTime id={id} title={listed?.title ?? id} />
      </Suspense>
      {rows.length > 0 && <Spread rows={rows} unit={reading?.unit ?? ''} />}
      <Suspense fallback={<Waiting height="12rem" gap="1.5rem" />}>
        <Components id={id} better={listed?.better} />
      </Suspense>
      <DriversOf measure={id} subject={subject} />
      <Suspense fallback={<Waiting height="6rem" gap="1.5rem" />}>
        <Benchmarks id={id} />
      </Suspense>
      <Records rows={rows} listed={LISTED} />
      <Suspense fallback={<Waiting height="4rem" gap="1.5rem" />}>
        <Serves id={id} />
      </Suspense>
      {listed && <Definition measure={listed} reading={reading} />}
    </Page>
  )
}

/** The reading as a sentence. */
function answer(reading: Reading): string {
  if (reading.value === null) return sentence(`Unknown: ${reading.unknown?.why ?? 'nothing was read'}`)
  const write = (value: number) => formatQuantity(value, reading.unit)
  if (!reading.quantiles) return `${write(reading.value)}, from ${plural(reading.n, 'record')}.`
  const { p50, p75, p90 } = reading.quantiles
  return `Half are at most ${write(p50)}, three of four at most ${write(p75)}, nine of ten at most ${write(p90)}; from ${plural(reading.n, 'record')}.`
}

function Quantiles({ reading }: { reading: Reading }) {
  return (
    <dl className={classes.quantiles}>
      {Object.entries(reading.quantiles ?? {}).map(([name, value]) => (
        <div key={name}>
          <dt>
            <Term>{name}</Term>
          </dt>
          <dd>{formatQuantity(value, reading.unit)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Spread({ rows, unit }: { rows: NonNullable<Answer<'measure.read'>['rows']>; unit: string }) {
  const values = rows.flatMap((row) => (row.excluded || row.value === null || row.unit !== unit ? [] : [row.value]))
  if (values.length < 2 || unit === 'ratio' || unit === '1/d') return null
  return (
    <Section title="How they spread" note="a median hides the long tail; this shows it">
      <Distribution
        title="Records by size"
        bins={binsOf(values, unit)}
        note={rows.length >= LISTED ? `the newest ${LISTED} records` : plural(values.length, 'record')}
      />
    </Section>
  )
}

function Components({ id, better }: { id: string; better: 'higher' | 'lower' | undefined }) {
  const { search } = useAddress()
  const { readings } = useLoaded(byComponentAsk(search, id))
  return <ByComponent readings={readings} better={better} />
}

/** What counts, what does not, where the definition comes from. */
function Definition({ measure, reading }: { measure: Listed; reading: Reading | undefined }) {
  return (
    <Section title="What is counted">
      <p className={classes.definition}>{measure.definition}</p>
      {reading && reading.excluded.length > 0 && (
        <ul className={classes.excluded}>
          {reading.excluded.map(({ code, count }) => (
            <li key={code}>
              {plural(count, 'record')} left out: <Term of={code}>{code.replaceAll('_', ' ')}</Term>
            </li>
          ))}
        </ul>
      )}
      <p className="quiet small">
        Rests on records of {measure.kinds.map(kindsWords).join(', ') || 'anything reported under its name'}. Ask it anywhere:{' '}
        <code>throughline series {measure.id}</code>
      </p>
    </Section>
  )
}
