import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { BarList } from '../../ui/chart/index.ts'
import { Section } from '../../ui/page/index.ts'
import { benchmarkAsk } from './asks.ts'
import classes from './measures.module.css'

type Benchmark = Answer<'benchmark.read'>['benchmarks'][number]

/** What others answered to the same question: where the value lies, from whom and when; no grade. */
export function Benchmarks({ id }: { id: string }) {
  const { search } = useAddress()
  const { benchmarks } = useLoaded(benchmarkAsk(search, id))
  if (benchmarks.length === 0) return null
  return (
    <Section title="What others answer" note="a distribution, no grade">
      {benchmarks.map((benchmark) => (
        <One key={benchmark.id} benchmark={benchmark} />
      ))}
    </Section>
  )
}

function One({ benchmark }: { benchmark: Benchmark }) {
  const { title, publisher, published, ageYears, url, asked, caveats, bands, place } = benchmark
  return (
    <>
      {place && <p className={classes.definition}>{place}</p>}
      {bands.length > 0 && (
        <BarList
          title={title}
          bars={bands.map((band) => ({
            key: band.range,
            label: band.own ? <b>{band.range}</b> : band.range,
            value: band.share,
            words: `${Math.round(band.share * 100)}\u00a0%`,
            detail: band.own ? 'here, too' : undefined,
          }))}
          twin={{ heads: ['range', 'share', 'here'], rows: bands.map((band) => [band.range, band.share, band.own ? 'yes' : '']) }}
        />
      )}
      <p className="quiet small">
        <a href={url} rel="noreferrer" target="_blank">
          {title}
        </a>
        , {publisher} {published}
        {ageYears > 0 && `, ${ageYears === 1 ? 'a year' : `${ageYears} years`} old`}. {asked} {caveats.join(' ')}
      </p>
    </>
  )
}
